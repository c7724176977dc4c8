"""Article files are found, decoded and parsed in processes of their own."""
