"""The index in a folder: Whoosh's files with posting lists as arrays, one commit one generation."""
