"""The embedded engine: posting lists as arrays, read in place and scored a whole list at a time."""
