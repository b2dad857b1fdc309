"""A preview that is served while its folder changes, in this process."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import html

import shows
import signals
from sendeturm.cli.call import Call
from sendeturm.cli.rebuilding import LivePreview
from sendeturm.publish import preview_place
from sendeturm.publish.editions import Edition
from sendeturm.sources import read_config
from sendeturm.store import serve

WIND, REGEN = "episodes/001-wind.md", "episodes/002-regen.md"


@dataclass
class Live:
    """A preview that is served while its folder changes."""

    root: Path
    preview: LivePreview
    port: int

    def write(self, name: str, text: str) -> None:
        """Save a file and bring the preview up to date."""
        (self.root / name).write_text(text, encoding="utf-8")
        self.preview.renew({name})

    def change(self, name: str, old: str, new: str) -> None:
        """Replace words in a file and bring the preview up to date."""
        text = (self.root / name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def remove(self, *names: str) -> None:
        for name in names:
            (self.root / name).unlink()
        self.preview.renew(set(names))

    def ask(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body

    def page(self, path: str) -> html.HtmlElement:
        status, body = self.ask(path)
        assert status == 200
        return html.fromstring(body.decode())

    def state(self) -> dict:
        return json.loads(self.ask("/_preview/state.json")[1])

    def titles(self) -> list[str]:
        return [link.text.strip() for link in self.page("/").xpath("//h3/a")]

    @property
    def made(self) -> tuple[str, ...]:
        return self.edition.made

    @property
    def edition(self) -> Edition:
        return self.preview._editions.latest


@contextmanager
def begun(root: Path) -> Iterator[Live]:
    """Serve a preview of the folder, its first edition made."""
    with preview_place(root) as place, serve(place, port=0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        call = Call(folder=str(root), quiet=True)
        preview = LivePreview(call, root, place, server, f"http://127.0.0.1:{port}")
        preview.begin(read_config(root))
        yield Live(root, preview, port)
        server.shutdown()


def new_show(root: Path) -> Path:
    """Make a show with two episodes, their sound in the cache."""
    folder = shows.new_folder(root)
    for number, stem in enumerate(("001-wind", "002-regen"), start=1):
        title = stem.partition("-")[2].title()
        folder.write_episode(stem, f'title = "{title}"\npublished_at = 2026-11-0{number}')
        signals.write_wav(root / f"episodes/{stem}.wav", signals.speech(1.0, seed=number))
    with begun(root):
        return root
