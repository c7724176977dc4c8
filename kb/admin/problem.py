"""What the administration cannot do."""


class AdminProblem(Exception):
    """Something cannot be done; the message is the whole sentence for the page, `status` its HTTP status."""

    def __init__(self, message: str, status: int = 400) -> None:
        """Take the sentence and the status."""
        super().__init__(message)
        self.status = status
