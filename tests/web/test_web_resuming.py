"""A download that broke off goes on where it was, or begins again where that could be wrong."""

from __future__ import annotations

import random
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from downloads import Host, HostedFile, host
from sendeturm.errors import SendeturmError
from sendeturm.web import DownloadLimits, download

SOUND = random.Random(8).randbytes(500_000)
OTHER = random.Random(9).randbytes(500_000)
DATE = "Sat, 21 Nov 2026 09:00:00 GMT"
QUICK = DownloadLimits(attempts=4, pause_s=0)
ONCE = DownloadLimits(attempts=1, pause_s=0)


@pytest.fixture(scope="module")
def one_for_all() -> Iterator[Host]:
    with host() as server:
        yield server


@pytest.fixture
def there(one_for_all: Host) -> Host:
    one_for_all.begin_again()
    one_for_all.files["/a.mp3"] = HostedFile(SOUND)
    return one_for_all


def brought(there: Host, folder: Path, limits: DownloadLimits = QUICK) -> bytes:
    download(f"{there.url}/a.mp3", folder / "a.mp3", limits=limits, allow_private=True)
    assert [path.name for path in folder.iterdir()] == ["a.mp3"]
    return (folder / "a.mp3").read_bytes()


def broken_off(there: Host, folder: Path, cut: int = 100_000) -> None:
    there.cuts = [cut]
    with pytest.raises(SendeturmError, match=r"web\.broken-off"):
        brought(there, folder, ONCE)
    there.asked.clear()


def ranges(there: Host) -> list[str]:
    return [asked for _, asked in there.asked]


def test_a_break_is_mended_within_one_call(there, tmp_path):
    there.cuts = [100_000, 100_000, 0]
    assert brought(there, tmp_path) == SOUND
    assert ranges(there) == ["", "bytes=100000-", "bytes=200000-", "bytes=200000-"]


def test_a_second_run_goes_on(there, tmp_path):
    broken_off(there, tmp_path)
    assert brought(there, tmp_path) == SOUND
    assert ranges(there) == ["bytes=100000-"]


def test_as_many_breaks_as_there_are_while_enough_comes(there, tmp_path):
    there.files["/a.mp3"] = HostedFile(SOUND * 6)
    there.cuts = [300_000] * 9
    assert brought(there, tmp_path, DownloadLimits(attempts=2, pause_s=0)) == SOUND * 6


def test_a_date_is_enough_to_go_on(there, tmp_path):
    there.files["/a.mp3"] = HostedFile(SOUND, etag='W/"one"', modified=DATE)
    broken_off(there, tmp_path)
    assert brought(there, tmp_path) == SOUND
    assert ranges(there) == ["bytes=100000-"]


@pytest.mark.parametrize("etag", ["", 'W/"one"'])
def test_without_a_proof_of_sameness_it_begins_again(there, tmp_path, etag):
    there.files["/a.mp3"] = HostedFile(SOUND, etag=etag)
    broken_off(there, tmp_path)
    there.files["/a.mp3"] = HostedFile(OTHER, etag=etag)
    assert brought(there, tmp_path) == OTHER
    assert ranges(there) == [""]


def test_a_changed_file_comes_whole(there, tmp_path):
    broken_off(there, tmp_path)
    there.files["/a.mp3"] = HostedFile(OTHER, etag='"two"')
    assert brought(there, tmp_path) == OTHER
    assert ranges(there) == ["bytes=100000-"]


def test_a_file_that_changed_behind_a_host_that_does_not_compare(there, tmp_path):
    broken_off(there, tmp_path)
    there.files["/a.mp3"] = HostedFile(OTHER, etag='"two"')
    there.compares = False
    assert brought(there, tmp_path) == OTHER
    assert ranges(there) == ["bytes=100000-", ""]


def test_a_host_that_knows_no_ranges(there, tmp_path):
    there.files["/a.mp3"] = HostedFile(SOUND, takes_ranges=False)
    broken_off(there, tmp_path)
    assert brought(there, tmp_path) == SOUND


@pytest.mark.parametrize(
    "lie",
    [
        lambda offset, total: f"bytes {offset - 1}-{total - 1}/{total}",
        lambda offset, total: f"bytes 0-{total - 1}/{total}",
        lambda offset, total: f"bytes {offset}-{total - 2}/{total}",
        lambda offset, total: f"bytes {offset}-{total}/{total + 1}",
        lambda offset, _: f"bytes {offset}-{offset}/*",
        lambda *_: "",
        lambda *_: "bytes ²-³/¹",
        lambda *_: "multipart",
    ],
)
def test_a_host_that_lies_about_ranges(there, tmp_path, lie):
    broken_off(there, tmp_path)
    there.lie = lie
    assert brought(there, tmp_path) == SOUND
    assert ranges(there) == ["bytes=100000-", ""]


def test_a_file_that_became_shorter(there, tmp_path):
    broken_off(there, tmp_path)
    there.files["/a.mp3"] = HostedFile(OTHER[:50_000])
    assert brought(there, tmp_path) == OTHER[:50_000]
    assert ranges(there) == ["bytes=100000-", ""]


def test_a_part_of_another_address_is_not_gone_on_with(there, tmp_path):
    broken_off(there, tmp_path)
    there.files["/b.mp3"] = HostedFile(OTHER)
    download(f"{there.url}/b.mp3", tmp_path / "a.mp3", limits=QUICK, allow_private=True)
    assert (tmp_path / "a.mp3").read_bytes() == OTHER


@pytest.mark.parametrize("notes", [b"", b"{", b"[]", b'{"url": 7}', b"\xff"])
def test_notes_that_nobody_can_read(there, tmp_path, notes):
    broken_off(there, tmp_path)
    (tmp_path / "a.mp3.part.json").write_bytes(notes)
    assert brought(there, tmp_path) == SOUND
    assert ranges(there) == [""]


def test_a_part_that_was_whole_already_is_only_named(there, tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            brought(there, tmp_path)
    there.asked.clear()
    assert brought(there, tmp_path) == SOUND
    assert there.asked == []


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_without_a_length_the_end_is_the_end(there, tmp_path):
    there.files["/a.mp3"] = HostedFile(SOUND, says_length=False)
    assert brought(there, tmp_path) == SOUND


@settings(max_examples=40, deadline=None)
@given(
    body=st.binary(min_size=1, max_size=300),
    runs=st.lists(st.lists(st.integers(0, 300), max_size=3), max_size=4),
    takes_ranges=st.booleans(),
    proofs=st.tuples(st.sampled_from(['"one"', 'W/"one"', ""]), st.sampled_from([DATE, ""])),
)
def test_cut_anywhere_the_same_bytes_arrive(one_for_all, body, runs, takes_ranges, proofs):
    """Each run may break off several times; the last one meets a line that holds."""
    server = one_for_all
    server.begin_again()
    with tempfile.TemporaryDirectory() as folder:
        server.files["/a.mp3"] = HostedFile(body, *proofs, takes_ranges=takes_ranges)
        target = Path(folder) / "a.mp3"
        for cuts in [*runs, []]:
            server.cuts = list(cuts)
            try:
                found = download(f"{server.url}/a.mp3", target, limits=QUICK, allow_private=True)
            except SendeturmError:
                assert not target.exists()
                continue
            assert target.read_bytes() == body
            assert found.size_bytes == len(body)
            target.unlink()
        assert list(Path(folder).iterdir()) == []


def test_a_name_that_changes_its_address_between_looks_leads_nowhere(there, monkeypatch, tmp_path):
    """What was looked at is connected to: the second look into the book is never taken."""
    port = there.server_address[1]
    answers = iter(["93.184.216.34", "127.0.0.1"])
    looked: list[str] = []
    connected: list[tuple[str, int]] = []

    def book(name: str, *_args: object, **_named: object):
        looked.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: tuple[str, int], *_args: object):
        connected.append(address)
        raise OSError

    monkeypatch.setattr("sendeturm.web.network.socket.getaddrinfo", book)
    monkeypatch.setattr("sendeturm.web.network.socket.create_connection", connect)
    with pytest.raises(SendeturmError, match=r"web\.unreachable"):
        download(f"http://turn.example:{port}/a.mp3", tmp_path / "a.mp3", limits=ONCE)
    assert (looked, connected) == (["turn.example"], [("93.184.216.34", port)])
