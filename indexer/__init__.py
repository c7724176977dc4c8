"""Files of symptom articles become values, values become a Whoosh index."""
