"""The door of the administration: closed without a token, opened by it alone, and every form its own."""

import json
import re

import pytest

from kb.admin.guard import COOKIE
from kb.app import create_app
from kb.config import Config
from tests.administration import FORM_TOKEN, ORIGIN, TOKEN, Administrator, build_site
from tests.test_security import has_inline

PAGES = ["/admin", "/admin/index", "/admin/uploads/" + "0" * 32, "/admin/delete?file=x.md"]
POSTS = ["/admin/index", "/admin/uploads", "/admin/uploads/" + "0" * 32, "/admin/delete", "/admin/sign-out"]
SECRETS = re.compile(rf"{TOKEN}|kb_admin")


@pytest.fixture
def site(tmp_path, articles):
    return build_site(tmp_path, articles)


@pytest.fixture
def admin(site):
    administrator = Administrator(site)
    administrator.sign_in()
    return administrator


@pytest.fixture
def stranger(site):
    return Administrator(site)


def test_without_a_token_there_is_no_administration(tmp_path, articles):
    site = create_app(tmp_path / "index", config=Config(tmp_path / "index", (articles,), log="off"))
    assert not [rule for rule in site.url_map.iter_rules() if "admin" in rule.rule]
    client = site.test_client()
    ordinary = client.get("/no-such-page")
    for path in [*PAGES, *POSTS, "/admin/sign-in", "/admin/"]:
        for answer in (client.get(path), client.post(path, headers=ORIGIN)):
            assert answer.status_code == 404
            assert answer.text == ordinary.text
            assert "Set-Cookie" not in answer.headers
    assert not (tmp_path / "index" / "admin").exists()


@pytest.mark.parametrize("path", PAGES)
def test_who_has_not_signed_in_sees_the_form_for_it_alone(stranger, path):
    answer = stranger.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/sign-in")


@pytest.mark.parametrize("path", POSTS)
def test_who_has_not_signed_in_changes_nothing_even_with_a_form_of_the_site(stranger, articles, tmp_path, path):
    stranger.get("/admin/sign-in")
    before = sorted(articles.iterdir())
    answer = stranger.post(path, file="tight-headache.html", do="index")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/sign-in")
    assert sorted(articles.iterdir()) == before
    assert not (tmp_path / "index" / "admin" / "job.json").exists()


def test_the_token_opens_and_leads_nowhere_else(stranger):
    for query in ("", "?next=https://evil.example", "?next=//evil.example", "?url=/\\evil.example"):
        stranger.get(f"/admin/sign-in{query}")
        answer = stranger.client.post(
            f"/admin/sign-in{query}",
            data={"form_token": stranger.form_token, "token": TOKEN, "next": "https://evil.example"},
            headers=ORIGIN,
        )
        assert (answer.status_code, answer.headers["Location"]) == (303, "/admin")
        stranger.get("/admin")
        assert stranger.post("/admin/sign-out").headers["Location"] == "/admin/sign-in"


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], f"{TOKEN} ", TOKEN.upper(), "\ud83d", "' OR 1=1 --"])
def test_what_is_not_the_token_gets_the_same_few_words(stranger, token):
    answer = stranger.sign_in(token.encode(errors="ignore").decode())
    assert answer.status_code == 403
    assert "That is not the token." in answer.text
    assert TOKEN not in answer.text
    assert stranger.get("/admin").status_code == 303


def test_guessing_is_slowed_down_for_its_address_and_for_no_other(stranger, site):
    answers = [stranger.sign_in("a guess").status_code for _ in range(8)]
    assert answers == [403] * 5 + [429] * 3
    limited = stranger.sign_in()
    assert limited.status_code == 429, "even the token, or the limit would tell which guess was right"
    assert 0 < int(limited.headers["Retry-After"]) <= 30
    assert "Too many tries" in limited.text
    other = Administrator(site)
    other.client.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    assert other.sign_in().status_code == 303


def test_guessing_from_many_addresses_is_slowed_down_too(site):
    desk = Administrator(site).desk
    refused = [number for number in range(300) if desk.take_try(f"203.0.{number // 250}.{number % 250}")]
    assert len(refused) >= 150
    assert refused[0] >= 60


def test_the_cookie_is_out_of_reach(stranger):
    cookies = [stranger.get("/admin/sign-in").headers["Set-Cookie"], stranger.sign_in().headers["Set-Cookie"]]
    for cookie in cookies:
        assert cookie.startswith(f"{COOKIE}=")
        flags = {part.strip().partition("=")[0]: part.strip() for part in cookie.split(";")[1:]}
        assert {"HttpOnly", "SameSite", "Path", "Max-Age"} <= set(flags)
        assert "Domain" not in flags
        assert flags["SameSite"] == "SameSite=Strict"
        assert flags["Path"] == "Path=/admin"
        assert TOKEN not in cookie


@pytest.mark.parametrize(
    ("settings", "headers", "is_secure"),
    [
        ({"public_address": "https://kb.example.org"}, {}, True),
        ({"proxies": 1}, {"X-Forwarded-Proto": "https"}, True),
        ({"proxies": 1}, {"X-Forwarded-Proto": "http"}, False),
        ({}, {"X-Forwarded-Proto": "https"}, False),
    ],
)
def test_the_cookie_is_kept_to_https_where_the_site_is(tmp_path, articles, settings, headers, is_secure):
    client = build_site(tmp_path, articles, **settings).test_client()
    answer = client.get("/admin/sign-in", headers=headers)
    assert ("Secure" in answer.headers["Set-Cookie"]) is is_secure


def test_public_pages_set_no_cookie_and_take_no_notice_of_it(admin):
    for path in ("/", "/areas", "/no-such-page", "/healthz"):
        answer = admin.client.get(path)
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_signing_in_changes_the_cookie_so_that_none_can_be_planted(site):
    attacker = Administrator(site)
    planted = attacker.get("/admin/sign-in").headers["Set-Cookie"].partition(";")[0].partition("=")[2]
    victim = Administrator(site)
    victim.client.set_cookie(COOKIE, planted, path="/admin")
    assert victim.sign_in().status_code == 303
    assert victim.client.get_cookie(COOKIE, path="/admin").value != planted
    assert attacker.get("/admin").status_code == 303


def test_signing_out_ends_the_session_for_whoever_has_the_cookie(admin, site):
    thief = Administrator(site)
    thief.client.set_cookie(COOKIE, admin.client.get_cookie(COOKIE, path="/admin").value, path="/admin")
    assert thief.get("/admin").status_code == 200
    assert admin.post("/admin/sign-out").status_code == 303
    assert admin.client.get_cookie(COOKIE, path="/admin") is None
    assert thief.get("/admin").status_code == 303


def test_who_is_signed_in_is_not_asked_again_and_a_second_process_knows_it(admin, tmp_path, articles):
    assert admin.get("/admin/sign-in").headers["Location"] == "/admin"
    second = Administrator(build_site(tmp_path, articles))
    second.client.set_cookie(COOKIE, admin.client.get_cookie(COOKIE, path="/admin").value, path="/admin")
    assert second.get("/admin").status_code == 200


FOREIGN = [
    {},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:8080"},
    {"Origin": "https://localhost"},
    {"Origin": "http://localhost.evil.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "none", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": ""},
    {"Referer": "http://localhost/admin"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_sent_from_elsewhere_does_nothing_even_with_the_right_token(admin, articles, headers):
    before = sorted(articles.iterdir())
    for path in POSTS:
        answer = admin.client.post(
            path, data={"form_token": admin.form_token, "file": "tight-headache.html"}, headers=headers
        )
        assert answer.status_code == 403, path
        assert "did not come from a page of this site" in answer.text
    assert sorted(articles.iterdir()) == before
    assert admin.get("/admin").status_code == 200


@pytest.mark.parametrize("headers", [ORIGIN, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "HTTP://LOCALHOST"}])
def test_a_form_sent_from_a_page_of_the_site_works(admin, articles, headers):
    data = {"form_token": admin.form_token, "file": "heavy-arms.md"}
    assert admin.client.post("/admin/delete", data=data, headers=headers).status_code == 303
    assert not (articles / "heavy-arms.md").exists()


def test_behind_a_proxy_the_origin_is_the_public_address(tmp_path, articles):
    admin = Administrator(build_site(tmp_path, articles, public_address="https://kb.example.org"))
    for origin, status in (("http://localhost", 403), ("https://kb.example.org", 303)):
        admin.get("/admin/sign-in", base_url="https://kb.example.org")
        answer = admin.client.post(
            "/admin/sign-in",
            data={"form_token": admin.form_token, "token": TOKEN},
            headers={"Origin": origin},
            base_url="https://kb.example.org",
        )
        assert answer.status_code == status


def test_a_form_without_its_token_or_with_another_ones_does_nothing(admin, stranger, site, articles):
    stranger.get("/admin/sign-in")
    other = Administrator(site)
    other.sign_in()
    for token in ("", "x", stranger.form_token, other.form_token, admin.form_token[:-1], admin.form_token + "x"):
        for path in POSTS:
            answer = admin.client.post(
                path, data={"form_token": token, "file": "humming-in-the-ears.txt"}, headers=ORIGIN
            )
            assert answer.status_code == 403, (path, token)
            assert "belongs to another sign-in" in answer.text
    no_field = admin.client.post("/admin/delete", json={"form_token": admin.form_token, "file": "x"}, headers=ORIGIN)
    in_address = admin.client.post(f"/admin/delete?form_token={admin.form_token}&file=heavy-arms.md", headers=ORIGIN)
    assert (no_field.status_code, in_address.status_code) == (403, 403)
    assert len(list(articles.iterdir())) == 4


def test_signing_in_needs_a_form_of_this_browser_too(stranger, site):
    other = Administrator(site)
    other.get("/admin/sign-in")
    stranger.get("/admin/sign-in")
    data = {"form_token": other.form_token, "token": TOKEN}
    assert stranger.client.post("/admin/sign-in", data=data, headers=ORIGIN).status_code == 403
    assert stranger.get("/admin").status_code == 303


@pytest.mark.parametrize("path", ["/admin/uploads", "/admin/sign-out"])
def test_nothing_is_changed_by_following_a_link(admin, path):
    assert admin.get(path).status_code == 405
    assert admin.client.get("/admin/delete?file=tight-headache.html&do=index").status_code == 200
    assert admin.get("/admin").status_code == 200


def test_no_answer_is_kept_by_any_cache_or_search_engine_and_nothing_is_inline(admin, stranger):
    address = admin.stage("# Sore toe\n\n## Description\n\nThe toe hurts.\n", "sore-toe.md")
    answers = [admin.get(path) for path in ("/admin", address, "/admin/delete?file=heavy-arms.md", "/admin/uploads/x")]
    answers += [stranger.get("/admin/sign-in"), stranger.get("/admin"), stranger.sign_in("wrong")]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "ETag" not in answer.headers
        assert "Content-Encoding" not in answer.headers
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "form-action 'self'" in policy
        assert "unsafe" not in policy
        assert "nonce" not in policy
        assert not has_inline(answer.text)
        assert TOKEN not in answer.text


def test_no_secret_gets_into_a_log_or_an_address(tmp_path, articles, capsys):
    site = build_site(tmp_path, articles, log="requests", log_queries=True, log_addresses=True)
    admin = Administrator(site)
    admin.sign_in("not the token that is set")
    admin.sign_in()
    address = admin.stage("# Sore toe\n\n## Description\n\nThe toe hurts.\n", "sore-toe.md")
    admin.post(address, do="save")
    admin.post("/admin/sign-out")
    log = capsys.readouterr().err
    rows = [json.loads(line) for line in log.splitlines()]
    assert {"/admin/sign-in", "/admin/uploads/<staged_id>"} <= {row["route"] for row in rows}
    assert "not the token" not in log
    assert not SECRETS.search(log)
    assert FORM_TOKEN.search(admin.get("/admin/sign-in").text)[1] not in log


def test_a_private_folder_that_others_can_read_closes_the_administration_and_nothing_else(admin, tmp_path):
    (tmp_path / "index" / "admin").chmod(0o755)
    for path in ("/admin", "/admin/sign-in"):
        answer = admin.get(path)
        assert answer.status_code == 503
        assert "user alone" in answer.text
    assert admin.get("/api/openapi.json").status_code == 200
