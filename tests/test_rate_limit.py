"""How often one address may search, and what it is told beyond that."""

from threading import Event, Thread

import pytest

from kb.app import create_app
from kb.config import Config
from kb.serving.rate_limit import COSTS, TokenBuckets, name_bucket

STRANGER = {"REMOTE_ADDR": "198.51.100.7"}


class Clock:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_free_and_then_each_search_waits_for_its_token():
    clock = Clock()
    buckets = TokenBuckets(rate=2, burst=60, clock=clock)
    assert [buckets.take("a") for _ in range(60)] == [0.0] * 60
    assert buckets.take("a") == pytest.approx(0.5)
    clock.now += 0.5
    assert buckets.take("a") == 0.0
    assert buckets.take("a") > 0
    clock.now += 1_000
    assert [buckets.take("a") for _ in range(60)] == [0.0] * 60


def test_one_address_takes_nothing_from_another():
    buckets = TokenBuckets(rate=1, burst=2, clock=Clock())
    assert [buckets.take("a") for _ in range(3)][-1] > 0
    assert buckets.take("b") == 0.0


def test_the_number_of_buckets_is_bounded():
    buckets = TokenBuckets(rate=1, burst=2, clock=Clock(), most=100)
    for number in range(1_000):
        buckets.take(str(number))
    assert len(buckets) == 100


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9%eth0", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", None),
        ("127.9.9.9", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("", None),
        ("unknown", "unknown"),
        ("x" * 500, "x" * 64),
    ],
)
def test_an_address_has_one_bucket_and_an_ipv6_household_too(address, key):
    assert name_bucket(address) == key


@pytest.fixture
def client(index):
    return create_app(index, config=Config(index, (), search_rate=1, log="off")).test_client()


def test_who_searches_too_often_gets_a_page_that_says_when_to_go_on(client):
    statuses = [client.get("/?q=back", environ_base=STRANGER).status_code for _ in range(60)]
    assert set(statuses) == {200}
    answer = client.get("/?q=back", environ_base=STRANGER)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert b"<h1" in answer.data
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_program_that_searches_too_often_gets_a_problem(client):
    for _ in range(60):
        client.get("/api/search", environ_base=STRANGER)
    answer = client.get("/api/search", environ_base=STRANGER)
    assert answer.status_code == 429
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 429
    assert int(answer.headers["Retry-After"]) >= 1


def test_health_and_static_files_are_never_limited(client):
    for _ in range(62):
        client.get("/?q=back", environ_base=STRANGER)
    assert client.get("/healthz", environ_base=STRANGER).status_code == 200
    assert client.get("/static/site.css", environ_base=STRANGER, buffered=True).status_code == 200


def test_this_machine_is_not_limited_unless_it_is_set(index):
    free = create_app(index).test_client()
    assert {free.get("/api/suggest?q=ba").status_code for _ in range(400)} == {200}
    config = Config(index, (), limit_loopback=True, search_rate=1, log="off")
    limited = create_app(index, config=config).test_client()
    assert {limited.get("/api/areas").status_code for _ in range(70)} == {200, 429}


def test_no_limit_is_set_with_zero(index):
    client = create_app(index, config=Config(index, (), search_rate=0, log="off")).test_client()
    assert {client.get("/api/areas", environ_base=STRANGER).status_code for _ in range(70)} == {200}


def test_the_address_that_a_proxy_names_counts_and_only_where_a_proxy_is_set(index):
    names = {"X-Forwarded-For": "203.0.113.5"}
    believed = create_app(index, config=Config(index, (), proxies=1, search_rate=1, log="off")).test_client()
    for _ in range(60):
        believed.get("/api/areas", headers=names)
    assert believed.get("/api/areas", headers=names).status_code == 429
    assert believed.get("/api/areas", headers={"X-Forwarded-For": "203.0.113.6"}).status_code == 200
    alone = create_app(index, config=Config(index, (), search_rate=1, log="off")).test_client()
    answers = {
        alone.get("/api/areas", headers={"X-Forwarded-For": f"203.0.113.{n}"}, environ_base=STRANGER).status_code
        for n in range(70)
    }
    assert 429 in answers


def test_a_forged_address_before_the_proxys_own_is_not_believed(index):
    client = create_app(index, config=Config(index, (), proxies=1, search_rate=1, log="off")).test_client()
    answers = [
        client.get("/api/areas", headers={"X-Forwarded-For": f"10.0.0.{n}, 203.0.113.5"}).status_code for n in range(70)
    ]
    assert answers[-1] == 429


def test_every_endpoint_with_a_price_exists(client):
    assert set(COSTS) <= {rule.endpoint for rule in client.application.url_map.iter_rules()}


def test_long_lists_leave_threads_for_short_answers(index, monkeypatch):
    started, may_end = Event(), Event()

    def wait(*_arguments: object) -> list[object]:
        started.set()
        may_end.wait(20)
        return []

    monkeypatch.setattr("kb.api.exports.find_works", wait)
    app = create_app(index, config=Config(index, (), threads=2, log="off"))
    thread = Thread(target=lambda: app.test_client().get("/works.bib"))
    thread.start()
    assert started.wait(20)
    busy = app.test_client().get("/works.bib")
    short = app.test_client().get("/api/areas")
    may_end.set()
    thread.join()
    assert busy.status_code == 429
    assert busy.headers["Retry-After"]
    assert short.status_code == 200
    assert app.test_client().get("/works.bib").status_code == 200
