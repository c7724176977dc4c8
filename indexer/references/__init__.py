"""Printed references become values: entries of a list, then the fields of each."""
