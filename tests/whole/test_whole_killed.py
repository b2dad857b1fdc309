"""`sendeturm publish` killed or cut off at every named step; then a plain rerun converges."""

from __future__ import annotations

import shutil
import threading

import pytest
from lxml import etree

import proxies
import running
import servers
import shows
import signals
from sendeturm.store.memory import STORE_KEY

STEPS = {
    "show": "PUT .sendeturm/show.json",
    "media": "PUT media/",
    "history": "PUT .sendeturm/history/",
    "record": "PUT .sendeturm/episodes/",
    "pages": "PUT wind/index.html",
    "feed": "PUT feed.xml",
}
NOW = "2026-11-20T12:00:00+00:00"


def start(folder, *words):
    return running.start(folder, *words, SENDETURM_NOW=NOW, LANG="C.UTF-8")


def run(folder, *words):
    return start(folder, *words).end()


@pytest.fixture
def bucket(seaweed, s3_keys):
    return servers.make_bucket(seaweed.http, public=True)


@pytest.fixture
def proxied(seaweed):
    with proxies.proxy(seaweed.http.url) as server:
        yield server


def show_at(root, proxied, bucket, prefix):
    place = f'place = "s3://{bucket}/{prefix}"\nendpoint = "{proxied.url}"'
    made = shows.new_folder(root / prefix, storage=f"{shows.PUBLIC}\n{place}")
    front = 'title = "Wind"\npublished_at = 2026-11-01T06:00:00+01:00'
    made.write_episode("001-wind", front)
    signals.write_wav(made.root / "episodes/001-wind.wav", signals.speech(1.0))
    return made.root


def assert_whole(seaweed, bucket, prefix):
    base = f"{seaweed.http.url}/{bucket}/{prefix}"
    root = etree.fromstring(servers.fetch(f"{base}/feed.xml").body)
    item = root.find("channel/item")
    assert item is not None
    assert [i.findtext("title") for i in root.iter("item")] == ["Wind"]
    key = item.find("enclosure").get("url").removeprefix("https://example.org/turm/")
    answer = servers.fetch(f"{base}/{key}")
    assert len(answer.body) == int(item.find("enclosure").get("length"))
    assert servers.fetch(f"{base}/wind/index.html").status == 200


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_every_named_step_a_rerun_converges(tmp_path, seaweed, bucket, proxied, when):
    mastered = show_at(tmp_path, proxied, bucket, "mastered")
    assert run(mastered, "publish", "--yes")[0] == 0
    client = servers.s3_client(seaweed.http)
    for name, request in STEPS.items():
        prefix = f"{when}-{name}"
        folder = show_at(tmp_path, proxied, bucket, prefix)
        # What takes time is the same each time: the rendition is taken from the cache,
        shutil.copytree(mastered / ".sendeturm", folder / ".sendeturm")
        (folder / ".sendeturm/records.json").unlink()
        # and what this storage can do was found out the first time.
        known = {"Bucket": bucket, "Key": f"mastered/{STORE_KEY}"}
        client.copy_object(Bucket=bucket, Key=f"{prefix}/{STORE_KEY}", CopySource=known)
        method, _, key = request.partition(" ")
        wanted = f"{method} /{bucket}/{prefix}/{key}"
        reached, killed = threading.Event(), threading.Event()

        def hook(moment, seen, wanted=wanted, reached=reached, killed=killed):
            if moment == when and seen.startswith(wanted) and not reached.is_set():
                reached.set()
                killed.wait(60)
                return False
            return True

        proxied.hook = hook
        process = start(folder, "publish", "--yes")
        assert reached.wait(120), f"{name}: {process.end()[1]}"
        process.kill()
        process.end()
        killed.set()
        proxied.hook = lambda *_: True
        code, said = run(folder, "publish", "--yes")
        assert code == 0, said
        assert_whole(seaweed, bucket, prefix)
        assert "nothing was written" in run(folder, "publish", "--yes")[1]


@pytest.mark.slow
def test_lost_answers_are_no_conflicts(tmp_path, seaweed, bucket, proxied):
    """Every write is done and its first answer swallowed: the same call comes to its end."""
    folder = show_at(tmp_path, proxied, bucket, "swallowed")
    lost: set[str] = set()

    def hook(moment, request):
        if moment == "after" and request.startswith("PUT ") and request not in lost:
            lost.add(request)
            return False
        return True

    proxied.hook = hook
    code, said = run(folder, "publish", "--yes")
    assert code == 0, said
    assert len(lost) > 8
    assert_whole(seaweed, bucket, "swallowed")
    assert "nothing was written" in run(folder, "publish", "--yes")[1]
