"""Words, sentences, names and dates: what everything that reads prose needs."""
