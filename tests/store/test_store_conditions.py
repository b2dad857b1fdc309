"""Conditional writes on every store there is: one of many writers succeeds, or it is not tried."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from sendeturm.store import (
    ABSENT,
    Condition,
    ConditionFailedError,
    ConditionUnsupportedError,
    FolderStore,
    ObjectMeta,
    Store,
    locking,
)
from sendeturm.store.bodies import PART_BYTES
from sendeturm.store.capabilities import NOTHING_SHOWN

TEXT = ObjectMeta("text/plain; charset=utf-8")
RACERS = 8
KEY = ".sendeturm/episodes/one.json"


@pytest.fixture
def can(place) -> bool:
    """Tell whether the place knows conditions; what cannot do so must refuse, not write."""
    return place.can.create_only


def refused(call: Callable[[], object]) -> str:
    with pytest.raises((ConditionFailedError, ConditionUnsupportedError)) as caught:
        call()
    return type(caught.value).__name__


def no(can: bool) -> str:
    return "ConditionFailedError" if can else "ConditionUnsupportedError"


def test_it_is_made_only_if_nothing_is_there(store, can):
    if not can:
        assert refused(lambda: store.put(KEY, b"1", TEXT, only_if=ABSENT)) == no(can)
        assert store.list_objects() == []
        return
    etag = store.put(KEY, b"1", TEXT, only_if=ABSENT)
    assert refused(lambda: store.put(KEY, b"2", TEXT, only_if=ABSENT)) == no(can)
    assert store.get(KEY).body == b"1"
    assert store.head(KEY).etag == etag
    store.delete(KEY)
    store.put(KEY, b"3", TEXT, only_if=ABSENT)
    assert store.get(KEY).body == b"3"


def test_it_is_replaced_only_if_it_is_unchanged(store, can):
    first = store.put(KEY, b"1", TEXT)
    if not can:
        call = partial(store.put, KEY, b"2", TEXT, only_if=Condition(first))
        assert refused(call) == no(can)
        assert store.get(KEY).body == b"1"
        return
    second = store.put(KEY, b"2", TEXT, only_if=Condition(first))
    assert store.get(KEY).head.etag == second
    assert refused(lambda: store.put(KEY, b"3", TEXT, only_if=Condition(first))) == no(can)
    assert store.get(KEY).body == b"2"


def test_what_has_gone_is_not_replaced(store, can):
    etag = store.put(KEY, b"1", TEXT)
    store.delete(KEY)
    assert refused(lambda: store.put(KEY, b"2", TEXT, only_if=Condition(etag))) == no(can)
    assert store.get(KEY) is None


def test_it_is_removed_only_if_it_is_unchanged(place, store):
    can = place.can.conditional_delete
    first = store.put(KEY, b"1", TEXT)
    second = store.put(KEY, b"2", TEXT)
    assert refused(lambda: store.delete(KEY, only_if=Condition(first))) == no(can)
    assert store.get(KEY).body == b"2"
    if not can:
        return
    store.delete(KEY, only_if=Condition(second))
    assert store.get(KEY) is None
    store.delete(KEY, only_if=Condition(second))


@pytest.mark.parametrize("size_bytes", [1000, PART_BYTES + 1])
def test_files_too(place, store, can, tmp_path, size_bytes):
    can_it = can and (
        size_bytes < PART_BYTES or place.can.conditional_complete or place.name == "folder"
    )
    file, other = tmp_path / "one.mp3", tmp_path / "two.mp3"
    file.write_bytes(os.urandom(size_bytes))
    other.write_bytes(os.urandom(size_bytes))
    meta = ObjectMeta("audio/mpeg")
    if not can_it:
        assert refused(lambda: store.put("one.mp3", file, meta, only_if=ABSENT)) == no(can_it)
        assert store.list_objects() == []
        return
    etag = store.put("one.mp3", file, meta, only_if=ABSENT)
    assert refused(lambda: store.put("one.mp3", other, meta, only_if=ABSENT)) == no(can)
    assert store.head("one.mp3").etag == etag
    assert store.put("one.mp3", other, meta, only_if=Condition(etag)) != etag
    assert refused(lambda: store.put("one.mp3", file, meta, only_if=Condition(etag))) == no(can)
    store.download("one.mp3", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == other.read_bytes()


def test_somebody_elses_same_words_are_no_own_write(store, can):
    etag = store.put(KEY, b"1", TEXT)
    assert refused(lambda: store.put(KEY, b"1", TEXT, only_if=ABSENT)) == no(can)
    if can:
        store.put(KEY, b"1", TEXT, only_if=Condition(etag))
        assert store.get(KEY).body == b"1"


def race(attempt: Callable[[int], object]) -> list[int]:
    """Let all begin at the same time; return the numbers of those who were told yes."""
    start = threading.Barrier(RACERS)

    def run(number: int) -> bool:
        start.wait()
        try:
            attempt(number)
        except ConditionFailedError:
            return False
        return True

    with ThreadPoolExecutor(RACERS) as pool:
        told = list(pool.map(run, range(RACERS)))
    return [number for number, yes in enumerate(told) if yes]


def put_number(store: Store, key: str, only_if: Condition, number: int) -> None:
    store.put(key, b"%d" % number, TEXT, only_if=only_if)


def test_one_of_many_makes_it(place, store, can):
    if not can:
        assert place.can.compare_and_swap == "none"
        return
    for turn in range(3):
        key = f".sendeturm/race-{turn}"
        (winner,) = race(partial(put_number, store, key, ABSENT))
        assert store.get(key).body == b"%d" % winner


def test_one_of_many_replaces_it(place, store, can):
    if not can:
        assert not place.can.conditional_delete
        return
    for turn in range(3):
        only_if = Condition(store.put(KEY, b"turn %d" % turn, TEXT))
        (winner,) = race(partial(put_number, store, KEY, only_if))
        assert store.get(KEY).body == b"%d" % winner


def counted(store: Store, times: int) -> None:
    """Add one as often, reading and replacing until it holds."""
    while times:
        seen = store.get("count")
        only_if = Condition(seen.head.etag) if seen else ABSENT
        number = int(seen.body) + 1 if seen else 1
        try:
            store.put("count", b"%d" % number, TEXT, only_if=only_if)
        except ConditionFailedError:
            continue
        times -= 1


def test_nothing_is_lost_between_threads(store, can):
    """Two who count the same send the same bytes: only one of them may believe it."""
    if not can:
        assert refused(lambda: counted(store, 1)) == no(can)
        return
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(counted, store, 8) for _ in range(4)]:
            done.result()
    assert store.get("count").body == b"32"


COUNT = """
import sys
from pathlib import Path
from sendeturm.store import ABSENT, Condition, ConditionFailedError, FolderStore, ObjectMeta
store = FolderStore(Path(sys.argv[1]), "public/")
left = int(sys.argv[2])
while left:
    seen = store.get("count")
    only_if = Condition(seen.head.etag) if seen else ABSENT
    number = int(seen.body) + 1 if seen else 1
    try:
        store.put("count", b"%d" % number, ObjectMeta("text/plain"), only_if=only_if)
    except ConditionFailedError:
        continue
    left -= 1
"""


def run_processes(folder: str, times: int, count: int) -> list[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", COUNT, folder, str(times)]
    return [subprocess.Popen(command) for _ in range(count)]


@pytest.mark.slow
def test_nothing_is_lost_between_processes_in_a_folder(tmp_path):
    running = run_processes(str(tmp_path / "public"), 40, 4)
    assert [process.wait() for process in running] == [0] * 4
    assert (tmp_path / "public/count").read_bytes() == b"160"


@pytest.mark.slow
def test_a_killed_writer_holds_nobody_up(tmp_path):
    folder = tmp_path / "public"
    (killed,) = run_processes(str(folder), 100_000, 1)
    while not (folder / "count").exists():
        assert killed.poll() is None
    killed.kill()
    killed.wait()
    before = int((folder / "count").read_bytes())
    (other,) = run_processes(str(folder), 3, 1)
    assert other.wait(30) == 0
    assert int((folder / "count").read_bytes()) == before + 3


def test_a_file_system_without_locks(tmp_path, monkeypatch):
    def refuse(_descriptor: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(locking, "_take", refuse)
    store = FolderStore(tmp_path, "public/")
    store.put(KEY, b"1", TEXT)
    assert refused(lambda: store.put(KEY, b"2", TEXT, only_if=ABSENT)) == no(can=False)
    assert store.get(KEY).body == b"1"
    store.delete(KEY)
    assert store.get(KEY) is None


def test_what_nobody_has_shown_is_not_tried(place):
    store = place.open()
    etag = store.put(KEY, b"1", TEXT)
    if not store.endpoint:
        assert store.capabilities.create_only
        return
    store.capabilities = NOTHING_SHOWN
    for only_if in (ABSENT, Condition(etag), Condition("0" * 32)):
        assert refused(lambda c=only_if: store.put(KEY, b"2", TEXT, only_if=c)) == no(can=False)
        assert refused(lambda c=only_if: store.delete(KEY, only_if=c)) == no(can=False)
    assert store.get(KEY).body == b"1"
