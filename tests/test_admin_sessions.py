"""Sessions: signed, short, ended on the server; forms that belong to one of them; the key and the folder they need."""

import hmac
import os
import time

import pytest
from itsdangerous import TimestampSigner

from kb.admin import sessions as module
from kb.admin.private import KEY_BYTES, open_private, read_key
from kb.admin.problem import AdminProblem
from kb.admin.sessions import FORM_SECONDS, IDLE_SECONDS, LONGEST_SECONDS, MOST_SESSIONS, Sessions, is_token

TOKEN = "a token for tests only"
KEY = b"k" * KEY_BYTES


@pytest.fixture
def folder(tmp_path):
    return open_private(tmp_path / "index") / "sessions"


@pytest.fixture
def sessions(folder):
    return Sessions(folder, KEY, TOKEN)


@pytest.fixture
def later(monkeypatch):
    """Give a function that lets signatures made from now on, or all looked at, be so many seconds older."""

    def shift(seconds):
        moment = int(time.time() + seconds)
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: moment)

    return shift


def test_a_cookie_brings_its_session_back_until_it_is_signed_out(sessions):
    visit = sessions.sign_in()
    cookie = sessions.cookie(visit)
    assert sessions.visit(cookie) == visit
    sessions.sign_out(visit)
    assert not sessions.visit(cookie).is_signed_in


def test_a_visit_that_has_not_signed_in_leaves_nothing_on_the_server(sessions, folder):
    visit = sessions.visit(sessions.cookie(sessions.new_visit()))
    assert not visit.is_signed_in
    assert list(folder.iterdir()) == []


def test_a_request_under_way_does_not_bring_back_what_was_signed_out(sessions, folder, monkeypatch):
    visit = sessions.sign_in()
    cookie = sessions.cookie(visit)
    now = time.time()

    def sign_out_meanwhile():
        sessions.sign_out(visit)
        return now

    monkeypatch.setattr(module.time, "time", sign_out_meanwhile)
    assert not sessions.visit(cookie).is_signed_in
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("cookie", ["", "x", "x.y.z", "." * 50, "\0", "é", "../../key", "x" * 100_000])
def test_a_cookie_of_nobodys_making_is_nobodys(sessions, cookie):
    assert sessions.visit(cookie) is None


def test_a_cookie_that_was_changed_or_signed_with_another_key_or_token_is_nobodys(sessions, folder):
    visit = sessions.sign_in()
    cookie = sessions.cookie(visit)
    for forged in (f"a{cookie[1:]}" if cookie[0] != "a" else f"b{cookie[1:]}", cookie[:-2], cookie.swapcase()):
        assert sessions.visit(forged) is None
    assert Sessions(folder, b"x" * KEY_BYTES, TOKEN).visit(cookie) is None
    assert Sessions(folder, KEY, f"{TOKEN}!").visit(cookie) is None


def test_the_token_of_a_form_is_no_cookie_and_a_cookie_is_no_token(sessions):
    visit = sessions.sign_in()
    assert sessions.visit(sessions.form_token(visit)) is None
    assert not sessions.is_own_form(visit, sessions.cookie(visit))


def test_a_session_ends_when_it_rests_too_long(sessions, folder):
    cookie = sessions.cookie(sessions.sign_in())
    (file,) = folder.iterdir()
    os.utime(file, (time.time() - IDLE_SECONDS + 60,) * 2)
    assert sessions.visit(cookie).is_signed_in
    assert time.time() - file.stat().st_mtime < 60, "a request begins the rest anew"
    os.utime(file, (time.time() - IDLE_SECONDS - 1,) * 2)
    assert not sessions.visit(cookie).is_signed_in
    assert list(folder.iterdir()) == []


def test_a_session_ends_after_its_longest_time_however_busy(sessions, later):
    cookie = sessions.cookie(sessions.sign_in())
    later(LONGEST_SECONDS - 5)
    assert sessions.visit(cookie).is_signed_in
    later(LONGEST_SECONDS + 5)
    assert sessions.visit(cookie) is None


def test_there_are_never_more_sessions_than_allowed_and_the_longest_unused_ends(sessions, folder):
    first = sessions.sign_in()
    os.utime(next(folder.iterdir()), (time.time() - 60,) * 2)
    others = [sessions.sign_in() for _ in range(MOST_SESSIONS)]
    assert len(list(folder.iterdir())) == MOST_SESSIONS
    assert not sessions.visit(sessions.cookie(first)).is_signed_in
    assert sessions.visit(sessions.cookie(others[-1])).is_signed_in


def test_a_form_belongs_to_one_session_for_a_while(sessions, later):
    mine, other = sessions.sign_in(), sessions.sign_in()
    token = sessions.form_token(mine)
    assert sessions.is_own_form(mine, token)
    assert not sessions.is_own_form(other, token)
    for forged in ("", "x", token[:-1], f"{token}x", token.partition(".")[0]):
        assert not sessions.is_own_form(mine, forged)
    later(FORM_SECONDS + 5)
    assert not sessions.is_own_form(mine, token)


@pytest.mark.parametrize("given", ["", "a", TOKEN[:-1], f"{TOKEN}x", TOKEN.upper(), "é", "\ud800", "\0", "x" * 10_000])
def test_only_the_token_is_the_token_and_what_is_compared_is_always_as_long(monkeypatch, given):
    compared = []

    def compare(first, second):
        compared.append((len(first), len(second)))
        return hmac.compare_digest(first, second)

    monkeypatch.setattr(module, "hmac", type("Watched", (), {"compare_digest": staticmethod(compare)}))
    assert not is_token(given, TOKEN)
    assert is_token(TOKEN, TOKEN)
    assert compared == [(32, 32), (32, 32)]


def test_a_token_of_any_letters_works():
    assert is_token("töken mit Umlauten €", "töken mit Umlauten €")


def test_the_key_is_made_once_and_shared(tmp_path):
    folder = open_private(tmp_path / "index")
    key = read_key(folder)
    assert len(key) == KEY_BYTES
    assert read_key(open_private(tmp_path / "index")) == key
    assert (folder / "key").stat().st_mode & 0o077 == 0
    assert {path.name for path in folder.iterdir()} == {"key", "sessions", "staging"}


def test_a_damaged_key_is_told(tmp_path):
    folder = open_private(tmp_path / "index")
    (folder / "key").write_bytes(b"short")
    with pytest.raises(AdminProblem, match="remove it"):
        read_key(folder)


@pytest.mark.parametrize("part", ["", "sessions", "staging"])
def test_a_folder_that_others_can_look_into_or_that_is_a_link_is_not_used(tmp_path, part):
    folder = open_private(tmp_path / "index")
    (folder / part).chmod(0o755)
    with pytest.raises(AdminProblem, match="user alone"):
        open_private(tmp_path / "index")
    (folder / part).chmod(0o700)
    (folder / part).rename(tmp_path / "moved")
    (folder / part).symlink_to(tmp_path / "moved")
    with pytest.raises(AdminProblem, match="user alone"):
        open_private(tmp_path / "index")


def test_an_index_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(AdminProblem, match="cannot write"):
        open_private(tmp_path / "file" / "index")
