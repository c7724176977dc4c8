"""The pages of the site: arguments, one call, a template."""
