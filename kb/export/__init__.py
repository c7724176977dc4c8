"""Works as BibTeX, RIS, CSL-JSON and formatted references."""
