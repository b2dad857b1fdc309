from __future__ import annotations

import pytest

from sendeturm.i18n import word
from sendeturm.sources import read_config

SHOW = """[show]
id = "0f8e3c1a-5b7d-4c2e-9a61-3d5e7f901234"
title = "Einfach tun"
description = "Über das Anfangen"
language = "de"
author = "Änne Öz"
timezone = "Europe/Berlin"
"""


class Folder:
    """A podcaster's folder that tests put files into."""

    def __init__(self, path):
        self.path = path
        self.episodes = path / "episodes"
        self.episodes.mkdir()
        self.put("sendeturm.toml", SHOW)

    def put(self, name, content=""):
        path = self.path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def episode(self, name, content=""):
        return self.put(f"episodes/{name}", content)

    def config(self):
        return read_config(self.path)


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def _told(problem):
    worded = word(problem.code, problem.params)
    line = f":{problem.place.line}" if problem.place.line else ""
    return f"{problem.place.file}{line}  {worded.what} → {worded.mend}"


@pytest.fixture(scope="session")
def told():
    """Say a problem as a person would read it; fails if words or parameters are missing."""
    return _told
