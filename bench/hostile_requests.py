"""Requests made to break a server: odd paths, filters, headers, encodings and bytes, thousands of them."""

import random
import re
import socket
import time
from dataclasses import dataclass, field
from urllib.parse import quote, quote_from_bytes

CANARY = "kbxss7"  # what is sent as markup; an answer that has it as a tag reflects it
EVIL_HOST = "evil.example"
TIMEOUT = 20.0  # seconds; an answer later than that is a hang
SECRETS = ("Traceback (most recent", "root:x:0:0", "site-packages")
WORDS = ("pain", "back", "heart", "a", "the", "migräne", "頭痛", "\U0001f9e0", "é" * 50, "x" * 399)
PAYLOADS = (
    f"<{CANARY}>", f'"><{CANARY} onload=x>', f"'><{CANARY}>", f"</script><{CANARY}>", f"javascript:{CANARY}",
    "{{7*7}}", "${7*7}", "%s%s%n", "../../../../etc/passwd", "..\\..\\windows", "/etc/passwd", "file:///etc/passwd",
    "//evil.example/", "https://evil.example", "\r\nX-Injected: yes", "\nSet-Cookie: x=y", "\0", "\x1b[31m", "\u202e",
    "\ufeff", "\ud800", "' OR 1=1 --", "$(id)", "`id`", "|id", "a*", "*", "~", "~a", "~" * 50, "-", "-a", "- -", '"',
    '"""', '"a', "(", ")", "((((", "title:", "title:*", ":", "::", "field:x", "OR", "OR OR", "AND NOT", "a OR",
    "a* b* c* d*", "~pain ~heart ~night ~back", "a* " * 130, "~ab " * 130, "OR " * 130, '" ' * 199, "-x " * 130,
    "back " * 79, "+", "\\", "\\" * 100, "^2", "[a TO z]", "{", "<mark>", "&lt;", "&amp;", "1e400", "-1", "0", "NaN",
    "٣", "99999999999999999999", "²", "true", "null", "[]", "{}", " ", "\t", "\u3000", "İ", "ß", "ﬁ",
)  # fmt: skip
NAMES = (
    "q", "kind", "area", "symptom", "section", "author", "source", "year", "cited", "cites", "work_year", "unsourced",
    "container", "host", "id_type", "article", "sort", "page", "per_page", "since", "format", "limit", "q[]",
    "area[0]", "__proto__", "", "q\0", "Q", "_method",
)  # fmt: skip
PATHS = (
    "/", "/articles/back-pain", "/articles/{}", "/works/{}", "/works/doi/{}", "/works/pmid/{}", "/works/pmcid/{}",
    "/works/{}.bib", "/areas", "/areas/{}", "/symptoms", "/symptoms/{}", "/evidence", "/works.bib", "/works.ris",
    "/works.json", "/api", "/api/search", "/api/suggest", "/api/articles/{}", "/api/works/{}", "/api/areas",
    "/api/symptoms", "/api/evidence", "/api/openapi.json", "/healthz", "/opensearch.xml", "/robots.txt",
    "/static/site.css", "/static/{}", "/{}", "//{}", "/admin", "/admin/{}", "/.git/config", "/.env",
    "/static/../app.py", "/static/..%2f..%2fapp.py", "/..;/", "/%2e%2e/%2e%2e/etc/passwd", "/static//etc/passwd",
    "/%00", "/%", "/%zz", "/%ff", "/a/../b", "/./", "/\\", "/?", "/#", "*", "http://evil.example/", "/articles/",
    "/index.php", "/" + "a/" * 900, "/" + "a" * 9_000,
)  # fmt: skip
METHODS = ("GET",) * 30 + (
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "get",
    "G\x01T",
    "X" * 300,
)
HOSTS = ("localhost",) * 80 + (
    EVIL_HOST, f"localhost@{EVIL_HOST}", f"{EVIL_HOST}#localhost", "localhost:99999", "localhost:x", "[::1]", "[::1",
    "", "a b", "127.0.0.1", "x" * 300, f"localhost, {EVIL_HOST}", "localhost/../x", "<script>",
)  # fmt: skip
HEADERS = (
    "Accept-Encoding", "Accept", "Accept-Language", "If-None-Match", "If-Modified-Since", "If-Match", "If-Range",
    "Range", "Cookie", "Referer", "Origin", "User-Agent", "Content-Type", "Authorization", "X-Forwarded-For",
    "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "Forwarded",
    "Expect", "Upgrade", "Connection", "TE", "Cache-Control", "Content-Encoding", "Content-Length",
    "Transfer-Encoding", "Date", "Via",
)  # fmt: skip
VALUES = (
    "*", "gzip;q=x", "gzip;q=nan, *;q=inf", "gzip,gzip,gzip", ",,,,", ";;;", '"', 'W/"', 'W/"1-', "bytes=0-",
    "bytes=-1", "bytes=9-1", "bytes=0-1,2-3,4-5" + ",6-7" * 300, "bytes=a-b", "Thu, 99 Foo 9999 99:99:99 GMT", "0",
    "-1", "99999999999999999999", "chunked", "chunked, identity", "100-continue", "h2c", "websocket", EVIL_HOST,
    f"for={EVIL_HOST};proto=https;host={EVIL_HOST}", "127.0.0.1", "::1", "session=x; session=y; =; ;",
    "a=" + "b" * 5_000, "text/html;q=-1", "multipart/form-data", "multipart/form-data; boundary=",
    "application/json; charset=x", "Basic !!!!", "Bearer \xff\xfe", "null", f"<{CANARY}>", "é", "\x7f", "DELETE",
)  # fmt: skip
BODIES = (b"", b"x" * 50, b"5\r\nhello\r\n0\r\n\r\n", b"zz\r\n", b"-5\r\n", b"0\r\n\r\nGET /x HTTP/1.1\r\n\r\n")
TAG = re.compile(
    rb"<%(canary)b\b|\b(?:href|src|action|formaction)\s*=\s*['\"]?\s*javascript:%(canary)b"
    % {b"canary": CANARY.encode()},
    re.IGNORECASE,
)


@dataclass(slots=True)
class Outcome:
    """What came of the requests: answers by status, and every broken promise with the bytes that broke it."""

    statuses: dict[str, int] = field(default_factory=dict)
    slowest: float = 0.0
    slowest_request: bytes = b""
    broken: list[tuple[str, bytes]] = field(default_factory=list)


def build_request(chance: random.Random) -> bytes:
    """Give the bytes of one request, most of them well-formed enough to reach the application."""
    if chance.random() < 0.03:
        return chance.randbytes(chance.randint(1, 400)) + b"\r\n\r\n"
    method, host = chance.choice(METHODS), chance.choice(HOSTS)
    path = chance.choice(PATHS).replace("{}", _quote(_value(chance), chance))
    if chance.random() < 0.8:
        many = chance.choice((1, 1, 2, 3, 5, 60)) if chance.random() < 0.97 else 2_000
        pairs = [
            f"{quote(chance.choice(NAMES), errors='replace')}={_quote(_value(chance), chance)}" for _ in range(many)
        ]
        path += "?" + "&".join(pairs)
    lines = [f"{method} {path} HTTP/{chance.choice(('1.1',) * 9 + ('1.0', '2.0', '9'))}", f"Host: {host}"]
    body = b""
    for _ in range(chance.choice((0, 0, 1, 2, 5))):
        name, value = chance.choice(HEADERS), chance.choice(VALUES)
        if name in ("Content-Length", "Transfer-Encoding") and chance.random() < 0.5:
            body = chance.choice(
                (
                    b"",
                    b"x" * 50,
                    b"5\r\nhello\r\n0\r\n\r\n",
                    b"zz\r\n",
                    b"-5\r\n",
                    b"0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n",
                )
            )
        lines.append(f"{name}{chance.choice((':',) * 20 + (' :', ''))} {value}")
    end = chance.choice(("\r\n",) * 30 + ("\n",))
    return (end.join(lines) + end * 2).encode("utf-8", "surrogatepass") + body


def _value(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.55:
        return chance.choice(PAYLOADS)
    if kind < 0.8:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 4)))
    return "".join(
        chr(chance.choice((chance.randrange(128), chance.randrange(0xD7FF)))) for _ in range(chance.randint(1, 60))
    )


def _quote(value: str, chance: random.Random) -> str:
    data = value.encode("utf-8", "surrogatepass")
    if chance.random() < 0.04:
        return quote(quote_from_bytes(data))
    if chance.random() < 0.04:
        return chance.choice(("%", "%f", "%ff%fe", "%u0041", "%c0%ae%c0%ae/", "%e2%82", "+" * 100))
    return quote_from_bytes(data, safe=chance.choice(("", "/", "/:@!$'()*,;=")))


def send(port: int, request: bytes, outcome: Outcome) -> None:
    """Send one request on a connection of its own and judge the answer."""
    began = time.perf_counter()
    answer = b""
    try:
        with socket.create_connection(("127.0.0.1", port), TIMEOUT) as connection:
            connection.settimeout(TIMEOUT)
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while block := connection.recv(65_536):
                answer += block
    except TimeoutError:
        outcome.broken.append(("hang", request))
    except OSError:
        pass  # closed at once: an answer too
    seconds = time.perf_counter() - began
    if seconds > outcome.slowest:
        outcome.slowest, outcome.slowest_request = seconds, request
    judge(request, answer, outcome)


def judge(request: bytes, answer: bytes, outcome: Outcome) -> None:
    """Note the status of an answer and every promise that it breaks."""
    answer = answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    status = head[9:12].decode("latin-1") if head.startswith(b"HTTP/") else "none"
    outcome.statuses[status] = outcome.statuses.get(status, 0) + 1
    lines = head.lower().split(b"\r\n")
    checks = {
        "server error": status.startswith("5"),
        "not nosniff": status != "none" and b"x-content-type-options: nosniff" not in lines,
        "header injected": any(line.startswith((b"x-injected", b"set-cookie")) for line in lines),
        "leads elsewhere": any(line.startswith(b"location:") and EVIL_HOST.encode() in line for line in lines),
        "foreign host in links": f'href="http://{EVIL_HOST}'.encode() in body,
        "markup reflected": b"text/html" in head.lower() and TAG.search(body) is not None,
        "secrets": any(secret.encode() in body for secret in SECRETS),
    }  # fmt: skip
    outcome.broken.extend((name, request) for name, is_so in checks.items() if is_so)
