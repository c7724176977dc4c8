"""Who wrote an article, who reviewed it, and when: printed or stated for machines."""
