"""A question about symptoms goes down to the index, its answer comes up as a page."""
