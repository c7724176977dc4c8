"""Who is signed in: a signed cookie and a file on the server; signing out ends a session whoever has its cookie.

Forms carry a second signature, of the same cookie: a form that another site, or another session, made up has none.
"""

import hashlib
import hmac
import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from itsdangerous import BadData, TimestampSigner

IDLE_SECONDS = 30 * 60  # without a request
LONGEST_SECONDS = 8 * 3600  # from signing in
FORM_SECONDS = 2 * 3600  # a form that lay open for longer is opened again
MOST_SESSIONS = 20  # the longest unused ends first
ID_BYTES = 24


@dataclass(frozen=True, slots=True)
class Visit:
    """The name by which a browser is known from request to request, and whether it has signed in."""

    id: str
    is_signed_in: bool


class Sessions:
    """The sessions of one index, shared by all server processes through its folder."""

    def __init__(self, folder: Path, key: bytes, token: str) -> None:
        """Take the folder of sessions, the server's key and the token; another token ends every session."""
        secret = hashlib.blake2b(token.encode(), key=key).digest()
        self._folder = folder
        self._cookies = TimestampSigner(secret, salt="kb.admin.cookie", digest_method=hashlib.sha256)
        self._forms = TimestampSigner(secret, salt="kb.admin.form", digest_method=hashlib.sha256)

    def visit(self, cookie: str) -> Visit | None:
        """Give whose cookie this is; None for one that is not ours or too old."""
        try:
            name = self._cookies.unsign(cookie, max_age=LONGEST_SECONDS).decode()
        except BadData:
            return None
        return Visit(name, self._touch(self._file(name)))

    def new_visit(self) -> Visit:
        """Give a visit that nobody had before; nothing is kept of it until it signs in."""
        return Visit(secrets.token_urlsafe(ID_BYTES), False)

    def sign_in(self) -> Visit:
        """Begin a session, under a name that no earlier cookie had."""
        self._clean()
        visit = Visit(secrets.token_urlsafe(ID_BYTES), True)
        self._file(visit.id).touch(mode=0o600)
        return visit

    def sign_out(self, visit: Visit) -> None:
        """End a session."""
        self._file(visit.id).unlink(missing_ok=True)

    def cookie(self, visit: Visit) -> str:
        """Give the cookie of a visit."""
        return self._cookies.sign(visit.id).decode()

    def form_token(self, visit: Visit) -> str:
        """Give what a form of this visit has to carry."""
        return self._forms.sign(_digest(visit.id)).decode()

    def is_own_form(self, visit: Visit, form_token: str) -> bool:
        """Tell whether a form was made for this visit, and not too long ago."""
        try:
            given = self._forms.unsign(form_token, max_age=FORM_SECONDS)
        except BadData:
            return False
        return hmac.compare_digest(given, _digest(visit.id).encode())

    def _file(self, name: str) -> Path:
        return self._folder / _digest(name)

    def _touch(self, path: Path) -> bool:
        try:
            if time.time() - path.stat().st_mtime > IDLE_SECONDS:
                path.unlink()
                return False
            os.utime(path)  # makes no file: a session that has just been signed out stays so
        except FileNotFoundError:
            return False
        return True

    def _clean(self) -> None:
        """Remove what has ended, and the longest unused session when there are too many."""
        now = time.time()
        files = sorted(self._folder.iterdir(), key=_last_used, reverse=True)
        for number, path in enumerate(files):
            if number >= MOST_SESSIONS - 1 or now - _last_used(path) > IDLE_SECONDS:
                with suppress(OSError):
                    path.unlink()


def is_token(given: str, token: str) -> bool:
    """Tell whether what was typed is the token, in a time that depends on neither."""
    digests = [hashlib.sha256(text.encode(errors="surrogatepass")).digest() for text in (given, token)]
    return hmac.compare_digest(*digests)


def _digest(name: str) -> str:
    return hashlib.blake2b(name.encode(), digest_size=16).hexdigest()


def _last_used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
