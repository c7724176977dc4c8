"""The measurements of this project: parsing, references, relevance, speed."""
