"""A disk that is full at any write: told, nothing half-written, and the next run converges."""

from __future__ import annotations

import errno
import os
import shutil

import pytest

import shows
from sendeturm.errors import SendeturmError
from sendeturm.store import disk, folder
from shows import items, planned, published

FRONT = 'title = "{}"\npublished_at = 2026-11-0{}T06:00:00+01:00'
FEWEST_WRITES = 10


def full_at(monkeypatch, at):
    """Let the disk be full in the middle of the write with this number."""
    count = iter(range(at + 1))

    def write(path, content):
        if next(count, None) != at:
            return disk.fsync_new(path, content)
        body = b"".join(content)
        path.write_bytes(body[: len(body) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(folder, "fsync_new", write)


def bodies_in(public):
    own = {".sendeturm/meta", ".sendeturm/history", ".sendeturm/drafts"}
    found = {str(path.relative_to(public)): path for path in public.rglob("*") if path.is_file()}
    return {n: p.read_bytes() for n, p in found.items() if n.rpartition("/")[0] not in own}


@pytest.mark.slow
def test_full_at_any_write_a_rerun_converges(tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    begun = shows.new_folder(tmp_path / "begun", storage=shows.PUBLIC)
    begun.write_episode("000-null", FRONT.format("Null", 1))
    published(begun)
    begun.write_episode("001-eins", FRONT.format("Eins", 2))
    whole = shows.Folder(shutil.copytree(begun.root, tmp_path / "whole"))
    published(whole)
    before, after = (bodies_in(f.root / "public") for f in (begun, whole))
    for at in range(1000):
        show = shows.Folder(shutil.copytree(begun.root, tmp_path / f"full{at}"))
        shutil.copytree(whole.root / ".sendeturm", show.root / ".sendeturm", dirs_exist_ok=True)
        full_at(monkeypatch, at)
        try:
            published(show)
        except SendeturmError as error:
            told = [problem.code for problem in error.problems]
        else:
            break
        finally:
            monkeypatch.undo()
            monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
        assert told == ["store.disk-full"]
        assert not list((show.root / "public/.sendeturm/drafts").iterdir())
        for name, body in bodies_in(show.root / "public").items():
            if not name.startswith(".sendeturm/"):  # those name the publication they come from
                assert body in (before.get(name), after.get(name)), name
        published(show)
        assert {item["title"] for item in items(show)} == {"Null", "Eins"}
        assert bodies_in(show.root / "public")["feed.xml"] == after["feed.xml"]
        assert planned(show).is_empty
    assert at > FEWEST_WRITES
