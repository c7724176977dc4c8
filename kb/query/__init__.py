"""The words a user types become a tree of queries."""
