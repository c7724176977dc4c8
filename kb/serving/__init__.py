"""What stands between the site and strangers: limits, headers, logs, the server."""
