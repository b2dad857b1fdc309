"""A changed public feed is told to a hub and to Podcast Index, by real requests."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

import shows
from sendeturm.publish import telling

FEED = "https://example.org/turm/feed.xml"


class Hub(BaseHTTPRequestHandler):
    """Writes down what it is told, and answers as the path says."""

    asked: list[tuple[str, str, dict[str, list[str]]]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._note("POST", parse_qs(body))

    def do_GET(self) -> None:
        self._note("GET", parse_qs(urlsplit(self.path).query))

    def log_message(self, *_args) -> None:
        pass

    def _note(self, method: str, said: dict[str, list[str]]) -> None:
        path = urlsplit(self.path).path
        self.asked.append((method, path, said))
        self.send_response(500 if path == "/broken" else 204)
        self.end_headers()


@pytest.fixture
def hub() -> Iterator[tuple[str, list]]:
    asked: list = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Noting", (Hub,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def told(base: str, *, index: bool = True) -> str:
    return f'hub = "{base}/hub"\npodcast_index = {str(index).lower()}'


@pytest.fixture(autouse=True)
def _own_index(hub, monkeypatch):
    monkeypatch.setattr(telling, "PODCAST_INDEX", f"{hub[0]}/index")


def test_a_changed_feed_is_told_once(sendeturm, show, hub, monkeypatch):
    base, asked = hub
    show.write_config(storage=shows.PUBLIC, show=told(base))
    show.episode("001-a", 'title = "Anfang"\npublished_at = 2026-11-01T06:00:00Z')
    show.episode("002-b", 'title = "Später"\npublished_at = 2026-11-21T06:00:00Z', seed=2)
    said = sendeturm("publish")
    assert f"Told of the change: {urlsplit(base).netloc}" in said.out
    assert "Told of the change: Podcast Index" in said.out
    assert asked == [
        ("POST", "/hub", {"hub.mode": ["publish"], "hub.url": [FEED]}),
        ("GET", "/index", {"url": [FEED]}),
    ]
    asked.clear()
    assert sendeturm("publish").code == 0
    assert sendeturm("feed").code == 0
    assert asked == []
    monkeypatch.setenv("SENDETURM_NOW", "2026-11-21T07:00:00+00:00")
    document = json.loads(sendeturm("feed", "--json").out)
    assert [one["problem"] for one in document["told"]] == [None, None]
    assert [path for _, path, _ in asked] == ["/hub", "/index"]


def test_nobody_is_told_unasked_or_of_what_is_not_for_all(sendeturm, show, hub):
    base, asked = hub
    ways = (
        {"storage": shows.PUBLIC, "show": ""},
        {"show": told(base)},  # no public address
        {"storage": 'address = "http://127.0.0.1:9"', "show": told(base)},
        {"storage": shows.PUBLIC, "show": told(base) + '\nblock = ["all"]'},
    )
    show.episode("001-a", 'title = "Anfang"')
    for number, way in enumerate(ways):
        storage = f'place = "public{number}"\n{way.get("storage", "")}'
        show.write_config(storage=storage, show=way["show"])
        said = sendeturm("publish")
        assert said.code == 0
        assert "old of the change" not in said.out
    assert asked == []


def test_what_only_pages_show_is_not_told(sendeturm, show, hub):
    base, asked = hub
    show.write_config(storage=shows.PUBLIC, show=told(base))
    show.episode("001-a", 'title = "Anfang"')
    sendeturm("publish")
    asked.clear()
    show.write_config(storage=shows.PUBLIC, show=told(base) + '\nemail = "turm@example.org"')
    sendeturm("publish")
    changed_feed = bool(asked)
    asked.clear()
    (show.root / "pages").mkdir()
    (show.root / "pages/kontakt.md").write_text("# Kontakt\n\nHier.", encoding="utf-8")
    assert sendeturm("publish").code == 0
    assert (changed_feed, asked) == (True, [])


def test_a_hub_that_fails_or_is_gone_stops_nothing(sendeturm, show, hub, monkeypatch):
    base, asked = hub
    with socket.socket() as gone:
        gone.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{gone.getsockname()[1]}"
        monkeypatch.setattr(telling, "PODCAST_INDEX", f"{nowhere}/index")
        show.write_config(storage=shows.PUBLIC, show=f'hub = "{base}/broken"\npodcast_index = true')
        show.episode("001-a", 'title = "Anfang"')
        said = sendeturm("publish")
    assert said.code == 0
    assert "(the server answers with 500)" in said.out
    assert "Not told of the change: Podcast Index (nobody answers there)" in said.out
    assert [path for _, path, _ in asked] == ["/broken"]
    assert shows.items(show)


def test_a_silent_hub_is_left_after_a_moment(sendeturm, show, monkeypatch):
    monkeypatch.setattr(telling, "PATIENCE_S", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        base = f"http://127.0.0.1:{silent.getsockname()[1]}"
        show.write_config(storage=shows.PUBLIC, show=f'hub = "{base}/"')
        show.episode("001-a", 'title = "Anfang"')
        said = sendeturm("publish")
    assert said.code == 0
    assert "(the answer takes too long)" in said.out


def test_what_is_taken_back_is_told_too_as_json(sendeturm, show, hub):
    base, asked = hub
    show.write_config(storage=shows.PUBLIC, show=told(base))
    show.episode("001-a", 'title = "Anfang"\npublished_at = 2026-11-01T06:00:00Z')
    show.episode("002-b", 'title = "Weiter"\npublished_at = 2026-11-02T06:00:00Z', seed=2)
    sendeturm("publish")
    asked.clear()
    document = json.loads(sendeturm("unpublish", "002-b", "--yes", "--json").out)
    assert (document["items"], len(document["told"])) == (1, 2)
    document = json.loads(sendeturm("undo", "--yes", "--json").out)
    assert len(document["told"]) == 2
    assert [path for _, path, _ in asked] == ["/hub", "/index"] * 2
