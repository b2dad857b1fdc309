"""Real faults around the whole command; each time a plain rerun converges."""

from __future__ import annotations

import json
import shutil
import threading
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree
from test_whole_killed import NOW, STEPS, assert_whole, run

import proxies
import running
import servers
import shows
import signals
from meters import ffmpeg

pytestmark = pytest.mark.slow

FRONT = 'title = "{}"\npublished_at = {}'
LONG_AGO = "2026-11-01T06:00:00+01:00"
QUICK = """
import sys
from botocore.retries import standard
from sendeturm.cli import main
from sendeturm.store import s3_client
s3_client.READ_TIMEOUT_S, s3_client.ATTEMPTS = float(sys.argv.pop(1)), int(sys.argv.pop(1))
standard.ExponentialBackoff.delay_amount = lambda *_: 0.0
main()
"""
"""The program with short time-outs and without the pauses before it tries again."""
WRONG_CLOCK = """
from datetime import timedelta
from botocore import auth
from sendeturm.cli import main
from sendeturm.store import s3_errors
now = auth.get_current_datetime
auth.get_current_datetime = lambda *args, **kwargs: now(*args, **kwargs) + timedelta(hours=1)
here = s3_errors._now
s3_errors._now = lambda: here() + timedelta(hours=1)
main()
"""
SMALLEST_PART_BYTES = 5 << 20
SMALL_PARTS = f"""
from sendeturm.cli import main
from sendeturm.store import bodies
bodies.PART_BYTES = {SMALLEST_PART_BYTES}
main()
"""
FULL_DISK = """
import resource, sys
from sendeturm.cli import main
limit_bytes = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
main()
"""
NOTHING_TO_DO = "nothing was written"


def run_quick(folder, *words, timeout_s=1.0, attempts=5):
    return run_code(folder, QUICK, str(timeout_s), str(attempts), *words)


def start_code(folder, code, *words, now=NOW):
    return running.start(folder, *words, code=code, SENDETURM_NOW=now, LANG="C.UTF-8")


def run_code(folder, code, *words, **options):
    return start_code(folder, code, *words, **options).end()


@pytest.fixture
def bucket(seaweed, s3_keys):
    return servers.make_bucket(seaweed.http, public=True)


@pytest.fixture
def proxied(seaweed):
    with proxies.proxy(seaweed.http.url) as server:
        yield server


@pytest.fixture(scope="module")
def finished_show(tmp_path_factory):
    """Return a show that was published into its folder: what takes time lies in its cache."""
    folder = shows.new_folder(tmp_path_factory.mktemp("finished") / "show", storage=shows.PUBLIC)
    folder.write_episode("001-wind", FRONT.format("Wind", LONG_AGO))
    signals.write_wav(folder.root / "episodes/001-wind.wav", signals.speech(4.0))
    code, said = run(folder.root, "publish", "--yes")
    assert code == 0, said
    return folder.root


def copy_of(finished_show, root, place=""):
    """Return the show once more, published nowhere yet."""
    shutil.copytree(finished_show, root)
    shutil.rmtree(root / "public")
    (root / ".sendeturm/records.json").unlink()
    folder = shows.Folder(root)
    folder.write_config(storage=f"{shows.PUBLIC}\n{place}")
    return folder


def in_bucket(bucket, prefix, proxied):
    return f'place = "s3://{bucket}/{prefix}"\nendpoint = "{proxied.url}"'


def titles_at(seaweed, bucket, prefix):
    feed = servers.fetch(f"{seaweed.http.url}/{bucket}/{prefix}/feed.xml").body
    return [item.findtext("title") for item in etree.fromstring(feed).iter("item")]


def long_mp3(path, size_bytes):
    """Write a finished MP3 of at least this size: ten seconds' frames, again and again."""
    wav = signals.write_wav(path.with_suffix(".wav"), signals.speech(10.0) * 0.5)
    form = ("-c:a", "libmp3lame", "-b:a", "320k", "-write_xing", "0", "-id3v2_version", "0")
    ffmpeg("-i", wav, *form, path)
    wav.unlink()
    frames = path.read_bytes()
    path.write_bytes(frames * (size_bytes // len(frames) + 1))
    signals.aged(path)


def test_killed_in_the_middle_of_parts_only_the_missing_ones_are_sent(
    tmp_path, seaweed, bucket, proxied
):
    place = in_bucket(bucket, "parts", proxied)
    folder = shows.new_folder(tmp_path / "show", storage=f"{shows.PUBLIC}\n{place}")
    front = FRONT.format("Wind", LONG_AGO)
    folder.write_episode("001-wind", f'{front}\nsound = "as is"')
    (folder.root / "episodes/001-wind.wav").unlink()
    long_mp3(folder.root / "episodes/001-wind.mp3", 2 * SMALLEST_PART_BYTES + 100_000)
    sent, reached, killed = threading.Semaphore(0), threading.Event(), threading.Event()

    def hook(moment, request):
        if "partNumber=3" in request and moment == "before":
            assert sent.acquire(timeout=60)
            assert sent.acquire(timeout=60)
            reached.set()
            killed.wait(60)
            return False
        if "partNumber=" in request and moment == "after":
            sent.release()
        return True

    proxied.hook = hook
    process = start_code(folder.root, SMALL_PARTS, "publish", "--yes")
    assert reached.wait(40), process.end()[1]
    process.kill()
    process.end()
    killed.set()
    proxied.hook = lambda *_: True
    proxied.requests.clear()
    code, said = run_code(folder.root, SMALL_PARTS, "publish", "--yes")
    assert code == 0, said
    parts = [r.partition("partNumber=")[2][:1] for r in proxied.requests if "partNumber=" in r]
    assert parts == ["3"]
    assert_whole(seaweed, bucket, "parts")
    assert NOTHING_TO_DO in run(folder.root, "publish", "--yes")[1]


def test_a_killed_server_comes_back_and_a_rerun_converges(
    tmp_path, finished_show, s3_keys, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("killed-seaweed")
    with servers.seaweed(folder) as server, proxies.proxy(server.http.url) as proxied:
        bucket = servers.make_bucket(server.http, public=True)
        show = copy_of(finished_show, tmp_path / "show", in_bucket(bucket, "show", proxied)).root

        def hook(moment, request):
            if moment == "after" and f"/{bucket}/show/.sendeturm/episodes/" in request:
                server.process.kill()
                server.process.wait()
                return False
            return server.process.poll() is None

        proxied.hook = hook
        code, said = run_quick(show, "publish", "--yes", attempts=2)
        assert server.process.poll() is not None
        assert code == 1, said
        assert "run it again" in said, said
        proxied.hook = lambda *_: True
        with servers.seaweed_again(server):
            code, said = run(show, "publish", "--yes")
            assert code == 0, said
            assert_whole(server, bucket, "show")
            assert NOTHING_TO_DO in run(show, "publish", "--yes")[1]


def test_a_line_that_breaks_at_every_first_request_is_no_obstacle(
    tmp_path, seaweed, finished_show, bucket, proxied
):
    show = copy_of(finished_show, tmp_path / "show", in_bucket(bucket, "resets", proxied)).root
    broken: dict[str, str] = {}
    lock = threading.Lock()

    def hook(moment, request):
        with lock:
            if request not in broken:
                broken[request] = ("before", "after")[len(broken) % 2]
            if broken[request] != moment:
                return True
            broken[request] = "done"
            return False

    proxied.hook, proxied.resets = hook, True
    code, said = run_quick(show, "publish", "--yes", timeout_s=20)
    assert code == 0, said
    assert len(broken) > 30
    assert set(broken.values()) == {"done"}
    proxied.hook = lambda *_: True
    assert_whole(seaweed, bucket, "resets")
    assert NOTHING_TO_DO in run(show, "publish", "--yes")[1]


def test_a_line_that_stalls_is_given_up_and_tried_again(
    tmp_path, seaweed, finished_show, bucket, proxied
):
    show = copy_of(finished_show, tmp_path / "show", in_bucket(bucket, "stalls", proxied)).root
    stalls = {("media", "before"), ("record", "after"), ("feed", "after")}
    released = threading.Event()

    def hook(moment, request):
        for name, when in sorted(stalls):
            method, _, key = STEPS[name].partition(" ")
            if when == moment and request.startswith(f"{method} /{bucket}/stalls/{key}"):
                stalls.remove((name, when))
                released.wait(60)
                return False
        return True

    proxied.hook = hook
    code, said = run_quick(show, "publish", "--yes")
    released.set()
    assert code == 0, said
    assert stalls == set()
    assert_whole(seaweed, bucket, "stalls")
    assert NOTHING_TO_DO in run(show, "publish", "--yes")[1]


GONE = {
    "resets": ("media", "after"),
    "swallows": ("record", "after"),
    "stalls": ("feed", "before"),
}


@pytest.mark.parametrize("fault", GONE)
def test_a_line_that_is_gone_for_good_is_told_and_a_rerun_converges(
    finished_show, seaweed, bucket, proxied, fault
):
    step, when = GONE[fault]
    show = copy_of(
        finished_show, finished_show.with_name(fault), in_bucket(bucket, fault, proxied)
    ).root
    method, _, key = STEPS[step].partition(" ")
    gone, released = threading.Event(), threading.Event()

    def hook(moment, request):
        if moment == when and request.startswith(f"{method} /{bucket}/{fault}/{key}"):
            gone.set()
        if gone.is_set() and fault == "stalls":
            released.wait(60)
        return not gone.is_set()

    proxied.hook, proxied.resets = hook, fault == "resets"
    code, said = run_quick(show, "publish", "--yes", attempts=2)
    released.set()
    assert gone.is_set()
    assert code == 1, said
    assert "run it again" in said, said
    proxied.hook, proxied.resets = (lambda *_: True), False
    code, said = run(show, "publish", "--yes")
    assert code == 0, said
    assert_whole(seaweed, bucket, fault)
    assert NOTHING_TO_DO in run(show, "publish", "--yes")[1]


def bodies_in(root):
    """Return what lies in a folder store by name, save what is new with every publication."""
    found = {str(path.relative_to(root)): path for path in root.rglob("*") if path.is_file()}
    own = (".sendeturm/meta", ".sendeturm/history", ".sendeturm/lock~", ".sendeturm/drafts")
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(own)}


def test_a_disk_that_is_full_is_told_and_leaves_nothing_half_written(tmp_path, finished_show):
    show = copy_of(finished_show, tmp_path / "show").root
    whole = bodies_in(finished_show / "public")
    sizes = {name: len(body) for name, body in whole.items()}
    cover, media = (
        max((n for n in sizes if n.startswith(folder)), key=sizes.__getitem__)
        for folder in ("covers/", "media/")
    )
    assert sizes[cover] < sizes[media], "the cover goes first, and there is room for it then"
    for name, told in ((cover, f"no room left for {cover}"), (media, "no room left on the disk")):
        limit = str(sizes[name] - 1)
        code, said = run_code(show, FULL_DISK, limit, "publish", "--yes")
        assert told in said, said
        assert code == 1, said
        assert "Traceback" not in said
        found = bodies_in(show / "public")
        assert "feed.xml" not in found
        assert not list((show / "public/.sendeturm/drafts").glob("*"))
        records = [name for name in found if name.startswith(".sendeturm/")]
        assert all(found[name] == whole[name] for name in found.keys() - set(records)), said
        assert all(json.loads(found[name]) for name in records)
    code, said = run(show, "publish", "--yes")
    assert code == 0, said
    found = bodies_in(show / "public")
    assert found.keys() == whole.keys()
    assert found["feed.xml"] == whole["feed.xml"]
    assert NOTHING_TO_DO in run(show, "publish", "--yes")[1]


def test_the_stores_clock_counts_when_this_ones_is_an_hour_off(
    tmp_path, seaweed, finished_show, bucket, proxied
):
    folder = copy_of(finished_show, tmp_path / "show", in_bucket(bucket, "clock", proxied))
    now = datetime.now(UTC).replace(microsecond=0)
    hour = timedelta(hours=1)
    for stem, title, at in (
        ("002-regen", "Regen", now - hour / 2),
        ("003-eis", "Eis", now + hour / 2),
    ):
        folder.write_episode(stem, FRONT.format(title, at.isoformat()))
        signals.write_wav(
            folder.root / f"episodes/{stem}.wav", signals.speech(1.0 + len(title) / 9)
        )

    def after(clock_off, *words):
        proxied.clock_off = clock_off
        code, said = run_code(folder.root, running.PLAIN, *words, now="")
        assert code == 0, said
        return set(titles_at(seaweed, bucket, "clock"))

    assert after(-hour, "publish", "--yes") == {"Wind"}, "by this computer's clock Regen is due"
    assert after(0 * hour, "feed") == {"Wind", "Regen"}
    assert after(-hour, "feed") == {"Wind", "Regen"}, "what is on the air stays there"
    assert after(hour, "feed") == {"Wind", "Regen", "Eis"}


def test_a_store_that_refuses_a_wrong_clock_is_told_so(tmp_path, finished_show, bucket, proxied):
    show = copy_of(finished_show, tmp_path / "show", in_bucket(bucket, "wrong", proxied)).root
    code, said = run_code(show, WRONG_CLOCK, "publish", "--yes")
    assert code == 1, said
    assert "clock is about 60 minutes off" in said
