"""Somebody at the administration: a browser's part of its forms, on a test client of a site with a token."""

import json
import re
import time
from io import BytesIO
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from indexer.files.parsing import parse_source
from indexer.files.reader import Source, read_sources
from kb.admin.desk import EXTENSION, Desk
from kb.admin.read_upload import build_line
from kb.app import create_app
from kb.config import Config

TOKEN = "a token for tests only"
ORIGIN = {"Origin": "http://localhost"}
FORM_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
STATE = re.compile(r'data-state="(\w+)"')
PATIENCE = 60.0  # seconds for the index to be written


def build_site(tmp_path: Path, *articles: Path, **settings: object) -> Flask:
    """Give a site with administration whose index is in `tmp_path`, nothing indexed yet."""
    config = Config(tmp_path / "index", articles, admin_token=TOKEN, **({"log": "off"} | settings))
    return create_app(config.index, config=config)


class Administrator:
    """A browser that sends what the pages' forms send."""

    def __init__(self, site: Flask) -> None:
        self.client = site.test_client()
        self.desk: Desk = site.extensions[EXTENSION]
        self.form_token = ""

    def get(self, path: str, **options: object) -> TestResponse:
        """Open a page, and keep the token of its forms."""
        answer = self.client.get(path, **options)
        found = FORM_TOKEN.search(answer.text)
        self.form_token = found[1] if found else self.form_token
        return answer

    def post(self, path: str, **fields: object) -> TestResponse:
        """Send a form, as a page of the site does."""
        return self.client.post(path, data={"form_token": self.form_token, **fields}, headers=ORIGIN)

    def sign_in(self, token: str = TOKEN) -> TestResponse:
        """Sign in, and open the first page when that works."""
        self.get("/admin/sign-in")
        answer = self.post("/admin/sign-in", token=token)
        if answer.status_code == 303:
            self.get("/admin")
        return answer

    def upload(self, content: str | bytes, filename: str, /, **fields: object) -> TestResponse:
        """Upload a file."""
        data = content.encode() if isinstance(content, str) else content
        return self.post("/admin/uploads", file=(BytesIO(data), filename), **fields)

    def stage(self, content: str | bytes, filename: str) -> str:
        """Put a file where uploads wait, read as an upload is but in this process; give the address of its preview."""
        staging = self.desk.staging()
        path = staging.begin(filename, content.encode() if isinstance(content, str) else content)
        read = [parse_source(part) if isinstance(part, Source) else part for part in read_sources(str(path))]
        lines = [*map(build_line, read), json.dumps({"left": 0}), ""]
        return f"/admin/uploads/{staging.complete(path, self.desk.config.articles[0], chr(10).join(lines).encode())}"

    def wait_for_index(self) -> TestResponse:
        """Look at the running update until it has ended, and give the last look."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            answer = self.get("/admin/index")
            if STATE.search(answer.text)[1] != "running":
                return answer
            time.sleep(0.2)
        raise TimeoutError("the index is still being written")
