"""The embedded engine: questions answered from an index folder."""
