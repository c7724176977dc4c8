"""Administration in the browser: articles are looked at before they are saved, and the index follows them.

Off unless a token is set. What parses and what writes the index runs in processes of its own.
"""
