from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path
from uuid import UUID

import pytest

from sendeturm.errors import SendeturmError
from sendeturm.sources import Digests, first_guid

AN_HOUR_NS = 3_600_000_000_000


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(b"eins")
    grow_old(path)
    return path


def grow_old(path, age_ns=AN_HOUR_NS):
    then = time.time_ns() - age_ns
    os.utime(path, ns=(then, then))


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def test_a_digest_is_remembered_across_runs(tmp_path, recording):
    cache = tmp_path / ".sendeturm"
    assert Digests(cache).sha256_of(recording) == sha256(b"eins")
    kept = json.loads((cache / "digests.json").read_text())
    # If the file were read again, the forged digest would not come back.
    kept[str(recording)][3] = "gemerkt"
    (cache / "digests.json").write_text(json.dumps(kept))
    assert Digests(cache).sha256_of(recording) == "gemerkt"
    assert [entry.name for entry in cache.iterdir()] == ["digests.json"]


def test_a_changed_file_is_read_again(tmp_path, recording):
    digests = Digests(tmp_path / "cache")
    digests.sha256_of(recording)
    old = recording.stat()
    recording.write_bytes(b"zwei")  # as long as before
    assert digests.sha256_of(recording) == sha256(b"zwei")
    other = tmp_path / "b.wav"  # the same size and time, another file in its place
    other.write_bytes(b"drei")
    os.utime(other, ns=(old.st_mtime_ns, old.st_mtime_ns))
    other.replace(recording)
    assert digests.sha256_of(recording) == sha256(b"drei")


def test_a_file_changed_just_now_is_not_remembered(tmp_path, recording):
    recording.write_bytes(b"eins")
    Digests(tmp_path / "cache").sha256_of(recording)
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"\xff", b'{"x": 1}', b'{"x": [1]}', b"[" * 100_000, b"null"]
)
def test_a_damaged_cache_is_no_harm(tmp_path, recording, damage):
    (tmp_path / "digests.json").write_bytes(damage)
    assert Digests(tmp_path).sha256_of(recording) == sha256(b"eins")
    assert str(recording) in json.loads((tmp_path / "digests.json").read_text())


def test_a_cache_that_cannot_be_written_is_no_harm(tmp_path, recording):
    (tmp_path / "cache").write_text("a file, not a folder")
    assert Digests(tmp_path / "cache").sha256_of(recording) == sha256(b"eins")


def test_what_cannot_be_read_is_told_with_its_name(tmp_path):
    with pytest.raises(SendeturmError, match=r"sources\.unreadable") as raised:
        Digests(tmp_path / ".sendeturm").sha256_of(tmp_path / "episodes" / "weg.wav")
    assert raised.value.problems[0].place.file == str(Path("episodes", "weg.wav"))


def test_a_file_that_grows_while_it_is_read(tmp_path, recording, monkeypatch):
    read = hashlib.file_digest

    def grow(opened, name):
        digest = read(opened, name)
        with recording.open("ab") as more:
            more.write(b"mehr")
        return digest

    monkeypatch.setattr(hashlib, "file_digest", grow)
    with pytest.raises(SendeturmError, match=r"sources\.still-written"):
        Digests(tmp_path / "cache").sha256_of(recording)


def test_two_machines_mint_the_same_identity():
    show = UUID("0f8e3c1a-5b7d-4c2e-9a61-3d5e7f901234")
    name = show.bytes + sha256(b"eins").encode()
    expected = bytearray(hashlib.sha1(name).digest()[:16])  # RFC 9562, section 5.5
    expected[6], expected[8] = expected[6] & 0x0F | 0x50, expected[8] & 0x3F | 0x80
    assert UUID(first_guid(show, sha256(b"eins"))).bytes == bytes(expected)
