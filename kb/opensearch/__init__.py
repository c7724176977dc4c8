"""Questions answered by an OpenSearch cluster."""
