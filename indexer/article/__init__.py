"""A stream of lines becomes an Article: every line finds its place or is dropped with a reason."""
