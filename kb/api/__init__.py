"""What the pages show as JSON, described by an OpenAPI document."""
