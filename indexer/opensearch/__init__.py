"""The index on an OpenSearch cluster, written by any number of machines."""
