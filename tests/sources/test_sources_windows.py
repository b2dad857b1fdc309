"""What Windows has of its own: drives, names that are devices, files that nobody may replace."""

from __future__ import annotations

import ntpath
import socket
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendeturm import renaming
from sendeturm.cli.addressing import way_problems
from sendeturm.model import StorageSettings
from sendeturm.publish.keys import content_key, history_key, record_key
from sendeturm.sources import scaffold
from sendeturm.sources.files import replace_file
from sendeturm.store import FolderStore, ObjectMeta, serve
from sendeturm.store.keys import is_key
from sendeturm.store.opening import place_problems
from sendeturm.store.serving import PreviewServer
from sendeturm.text.slugs import slug

SHA256 = "0123456789abcdef" * 4
TEXT = ObjectMeta("text/plain; charset=utf-8")


def is_reserved(name: str) -> bool:
    """Ask Python what Windows thinks of a name; 3.13 has another function for it."""
    if hasattr(ntpath, "isreserved"):
        return bool(ntpath.isreserved(name))
    return PureWindowsPath(name).is_reserved()


@given(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(["CON", "aux.", "nul ", "Prn…", "COM1", "lpt9", "com¹", "CONIN$"]),
    )
)
def test_no_title_gives_a_name_that_windows_cannot_have(title):
    made = slug(title)
    keys = [
        f"{made}/index.html",
        content_key("media", made, SHA256, "mp3"),
        content_key("covers", made, SHA256, "jpg"),
    ]
    for key in keys:
        assert is_key(key)
        path = PureWindowsPath(key)
        assert path.as_posix() == key
        assert not any(is_reserved(part) or part[-1] in ". " for part in path.parts)


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_records_differ_where_case_does_not(one, other):
    """Identities that differ in nothing but case have records of their own on every disk."""
    for key_of in (record_key, lambda guid: history_key("20261121", guid)):
        same = key_of(one).lower() == key_of(other).lower()
        assert same == (one == other)


def test_identities_that_differ_in_case_lie_apart():
    guid = "0b8b1c9e-6f0a-4f6e-9d5c-0d6f4d1f2a01"
    assert record_key(guid).lower() != record_key(guid.upper()).lower()


@pytest.mark.parametrize("place", ["C:\\podcast", "D:/web/podcast", "\\\\nas\\web", "public"])
def test_a_drive_is_no_scheme(place, tmp_path):
    assert list(place_problems(StorageSettings(place=place), tmp_path)) == []


def test_a_drive_is_no_host_of_rsync(tmp_path):
    assert way_problems("C:\\htdocs", tmp_path) == []
    assert "webspace_command" not in str(way_problems("D:/htdocs", tmp_path))


@pytest.mark.parametrize(
    ("place", "is_inside"),
    [
        ("public", True),
        ("public\\web", True),
        ("C:\\podcast", False),
        ("C:/podcast", False),
        ("\\\\nas\\share\\web", False),
        ("..\\web", False),
    ],
)
def test_only_a_folder_inside_is_ignored_by_git(monkeypatch, place, is_inside):
    monkeypatch.setattr(scaffold, "Path", PureWindowsPath)
    assert scaffold._is_inside(place) is is_inside


@pytest.fixture
def readers(monkeypatch):
    """Let files be read by somebody for so many tries, as Windows would have it."""
    monkeypatch.setattr(renaming, "READERS_BLOCK", True)
    monkeypatch.setattr(renaming, "PAUSE_S", 0.0)
    left = {"replace": 0, "unlink": 0}

    def held(name: str, act):
        def attempt(path, *arguments, **options):
            if left[name]:
                left[name] -= 1
                raise PermissionError(13, "The process cannot access the file", str(path))
            return act(path, *arguments, **options)

        monkeypatch.setattr(Path, name, attempt)

    held("replace", Path.replace)
    held("unlink", Path.unlink)
    return left


def test_a_file_that_is_being_read_is_replaced_and_removed_afterwards(tmp_path, readers):
    store = FolderStore(tmp_path / "public", "public/")
    store.put("feed.xml", b"old", TEXT)
    readers["replace"] = 3
    store.put("feed.xml", b"new", TEXT)
    assert readers["replace"] == 0
    assert store.get("feed.xml").body == b"new"
    readers["unlink"] = 2
    store.delete("feed.xml")
    assert store.head("feed.xml") is None
    notes = tmp_path / "001.md"
    notes.write_bytes(b"old")
    readers["replace"] = 4
    replace_file(notes, b"new")
    assert notes.read_bytes() == b"new"


def test_a_file_that_is_never_let_go_is_an_error_and_stays_whole(tmp_path, readers):
    notes = tmp_path / "001.md"
    notes.write_bytes(b"old")
    readers["replace"] = renaming.TRIES
    with pytest.raises(PermissionError):
        replace_file(notes, b"new")
    assert notes.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["001.md"]


def test_elsewhere_a_refusal_is_one_at_once(tmp_path, readers, monkeypatch):
    monkeypatch.setattr(renaming, "READERS_BLOCK", False)
    readers["replace"] = 2
    notes = tmp_path / "001.md"
    notes.write_bytes(b"old")
    with pytest.raises(PermissionError):
        replace_file(notes, b"new")
    assert readers["replace"] == 1


def test_a_server_never_shares_its_port(tmp_path, monkeypatch):
    """Where addresses are not taken again, as on Windows, a port in use is still refused."""
    monkeypatch.setattr(PreviewServer, "allow_reuse_address", False)
    with serve(tmp_path, port=0) as server:
        option = server.socket.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)
    assert option == 0
