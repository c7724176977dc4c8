"""The names this site answers to: no link is built from a name that a stranger put into the request."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from kb.config import Config

REFUSED = "kb.host_refused"  # key of the request's environment
OWN_NAMES = frozenset({"localhost"})
HOST_LIMIT = 255


class HostNames:
    """Which names are ours, by the settings."""

    def __init__(self, config: Config) -> None:
        self._public = urlsplit(config.public_address) if config.public_address else None
        named = {config.host.lower(), *config.hosts}
        if self._public is not None and self._public.hostname:
            named.add(self._public.hostname)
        self._known = OWN_NAMES | named

    @property
    def is_https(self) -> bool:
        """Say whether readers come over HTTPS."""
        return self._public is not None and self._public.scheme == "https"

    def settle(self, environ: dict[str, Any]) -> None:
        """Put a name of ours in place of the request's; a request under a foreign name is marked as refused."""
        if not self.is_known(environ.get("HTTP_HOST", "")):
            environ[REFUSED] = True
            environ["HTTP_HOST"] = "localhost"
        if self._public is not None:
            environ["HTTP_HOST"] = self._public.netloc
            environ["wsgi.url_scheme"] = self._public.scheme

    def is_known(self, host: str) -> bool:
        """Tell whether a Host header names this site: a known name or a bare IP address, which no stranger can own."""
        if not host or len(host) > HOST_LIMIT:
            return not host  # HTTP/1.0 names none
        try:
            parts = urlsplit(f"//{host}")
            name, _ = parts.hostname or "", parts.port
        except ValueError:
            return False
        if parts.netloc != host or "@" in host or not name:
            return False
        if name in self._known or name.rstrip(".") in self._known:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True
