"""HTML, Markdown and plain text become one stream of lines."""
