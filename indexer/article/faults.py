"""Why a file is no article: the one exception of the parser."""


class NotAnArticleError(ValueError):
    """Nothing of an article can be read from a file; carries its `path` and says what is wrong in one sentence."""

    def __init__(self, path: str, reason: str) -> None:
        """Keep the path and the reason."""
        super().__init__(f"This is no article: {reason}.")
        self.path = path
        self.reason = reason
