"""How often one address may search: a bucket of tokens each, refilled steadily, in bounded memory."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import BoundedSemaphore, Lock

from flask import Flask, g, request
from werkzeug.exceptions import TooManyRequests

from kb.config import Config

MOST_ADDRESSES = 20_000  # buckets kept, about 200 bytes each; the longest unused go first
IPV6_NETWORK = 64  # bits: one household or machine usually has a whole /64
COSTS: Mapping[str, float] = {  # tokens an endpoint takes; others take one
    "static": 0,
    "health.healthz": 0,
    "machines.robots": 0,
    "machines.opensearch": 0,
    "api.page": 0,
    "api.openapi": 0,
    "articles.article": 0.1,
    "works.work": 0.1,
    "api.article": 0.1,
    "api.work": 0.1,
    "exports.one": 0.1,
    "api.suggestions": 0.2,  # several a second while somebody types
    "exports.many": 10,  # up to ten thousand works
}
LONG = frozenset({"exports.many"})  # endpoints that may take seconds
LONG_SECONDS = 2  # after which to try again


class TokenBuckets:
    """Buckets of `burst` tokens by key, refilled with `rate` tokens a second; safe for threads."""

    def __init__(
        self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic, most: int = MOST_ADDRESSES
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Give how many buckets are kept."""
        return len(self._buckets)

    def take(self, key: str, cost: float = 1.0) -> float:
        """Take tokens and give 0.0, or give the seconds after which there are enough and take none."""
        with self._lock:
            now = self._clock()
            tokens, since = self._buckets.pop(key, (self._burst, now))
            tokens = min(self._burst, tokens + (now - since) * self._rate)
            wait = max(0.0, (cost - tokens) / self._rate)
            self._buckets[key] = (tokens if wait else tokens - cost), now
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            return wait


def name_bucket(address: str) -> str | None:
    """Give the key of an address: itself, its /64 for IPv6; None for this machine's own (or a socket file's)."""
    if not address:
        return None
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]  # what a proxy says may be anything
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is None:
            return None if parsed.is_loopback else str(ipaddress.ip_network((int(parsed), IPV6_NETWORK), strict=False))
        parsed = parsed.ipv4_mapped
    return None if parsed.is_loopback else str(parsed)


def register_long_limit(app: Flask, config: Config) -> None:
    """Let at most half of the threads write long lists at a time, so that short answers never wait for them."""
    free = BoundedSemaphore(max(1, config.threads // 2))

    def start() -> None:
        if request.endpoint in LONG:
            if not free.acquire(blocking=False):
                raise TooManyRequests("Others are fetching long lists just now.", retry_after=LONG_SECONDS)
            g.is_long = True

    def end(_error: BaseException | None) -> None:
        if g.pop("is_long", False):
            free.release()

    app.before_request(start)
    app.teardown_request(end)


def register_rate_limit(app: Flask, config: Config) -> None:
    """Let the application answer 429 to an address that searches more than it may."""
    if not config.search_rate:
        return
    buckets = TokenBuckets(config.search_rate / 60, config.search_burst)

    def limit() -> None:
        cost = COSTS.get(request.endpoint or "", 1.0)
        address = request.remote_addr or ""
        key = name_bucket(address) or (address if config.limit_loopback else None)
        if not cost or key is None:
            return
        wait = buckets.take(key, cost)
        if wait:
            raise TooManyRequests(
                "Too many searches from this address in a short time.", retry_after=max(1, math.ceil(wait))
            )

    app.before_request(limit)
