"""The whole way: the program publishes to a real S3 server, a real podcast client subscribes."""

from __future__ import annotations

import hashlib
import io
import math
import os
import shutil
import struct
import subprocess
import sys
import wave
from pathlib import Path

import feedparser
import podcastparser
import pytest

import servers

CONFIG = """\
[show]
id = "2f4be1f0-5d0c-4f9f-9a84-5b7c1f6f9c44"
title = "Übers Land"
description = "Vom Reden über Hügel hinweg."
language = "de"
author = "Ada Beispiel"
timezone = "Europe/Berlin"
categories = ["Society & Culture > Places & Travel"]

[storage]
place = "s3://{bucket}/mein/turm"
endpoint = "{endpoint}"
address = "{endpoint}/{bucket}/mein/turm"
"""
EPISODES = {
    "001-hügel": 'title = "Hügel & Täler"\npublished_at = 2026-11-01T06:00:00+01:00\nnumber = 1',
    "002-wind": 'title = "Wind"\npublished_at = 2026-11-08T06:00:00+01:00\nnumber = 2',
    "003-später": 'title = "Später"\npublished_at = 2026-12-01T06:00:00+01:00\nnumber = 3',
}
NOW = "2026-11-20T12:00:00+00:00"
LATER = "2026-12-01T05:00:01+00:00"


def run(folder: Path, *arguments: str, now: str = NOW, expect: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "sendeturm", "--lang", "en", *arguments],
        cwd=folder,
        env=os.environ | {"SENDETURM_NOW": now},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == expect, done.stdout + done.stderr
    assert servers.SECRET_KEY not in done.stdout + done.stderr
    return done.stdout + done.stderr


def write_recording(path: Path, pitch_hz: float, seconds: int = 8) -> None:
    rate = 24000
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        wobble = (
            math.sin(2 * math.pi * pitch_hz * n / rate) * (0.2 + 0.15 * math.sin(n / 3000))
            for n in range(rate * seconds)
        )
        sound.writeframes(b"".join(struct.pack("<h", int(32767 * s)) for s in wobble))


def subscribe(feed: str, folder: Path) -> dict[str, bytes]:
    """Let a real podcast client fetch what is new and return all files it has."""
    client = shutil.which("podcast-archiver", path=str(Path(sys.executable).parent))
    assert client is not None
    (folder / "heard").mkdir(exist_ok=True)
    done = subprocess.run(
        [
            client,
            "-f",
            feed,
            "-d",
            str(folder / "heard"),
            "--database",
            str(folder / "seen.db"),
            "--write-info-json",
        ],
        env=os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {p.name: p.read_bytes() for p in (folder / "heard").rglob("*.mp3")}


@pytest.fixture
def show(tmp_path: Path, seaweed: servers.SeaweedServer, s3_keys) -> tuple[Path, str, str]:
    bucket = servers.make_bucket(seaweed.http, public=True)
    folder = tmp_path / "show"
    (folder / "episodes").mkdir(parents=True)
    config = CONFIG.format(bucket=bucket, endpoint=seaweed.http.url)
    (folder / "sendeturm.toml").write_text(config, encoding="utf-8")
    shutil.copyfile(Path(__file__).parents[1] / "golden/cover.jpg", folder / "cover.jpg")
    for number, (stem, front) in enumerate(EPISODES.items()):
        sidecar = folder / "episodes" / f"{stem}.md"
        sidecar.write_text(f"+++\n{front}\n+++\n\nNotizen.\n", encoding="utf-8")
        write_recording(folder / "episodes" / f"{stem}.wav", 180 + 40 * number)
    return folder, bucket, seaweed.http.url


@pytest.mark.slow
def test_a_real_client_hears_what_was_published(show, tmp_path):
    folder, bucket, endpoint = show
    feed = f"{endpoint}/{bucket}/mein/turm/feed.xml"
    run(folder, "publish")

    heard = subscribe(feed, tmp_path)
    assert len(heard) == 2
    parsed = podcastparser.parse(feed, io.BytesIO(servers.fetch(feed).body))
    media = {e["enclosures"][0]["url"]: e["enclosures"][0] for e in parsed["episodes"]}
    served = {url: servers.fetch(url) for url in media}
    assert {hashlib.sha256(a.body).hexdigest() for a in served.values()} == {
        hashlib.sha256(body).hexdigest() for body in heard.values()
    }
    for url, answer in served.items():
        assert len(answer.body) == media[url]["file_size"]
        assert answer.headers["content-type"] == "audio/mpeg"
        part = servers.fetch(url, headers={"Range": "bytes=100-199"})
        assert (part.status, part.body) == (206, answer.body[100:200])

    modified = {p: p.stat().st_mtime_ns for p in (tmp_path / "heard").rglob("*.mp3")}
    assert subscribe(feed, tmp_path) == heard
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "heard").rglob("*.mp3")} == modified

    empty = tmp_path / "empty"
    empty.mkdir()
    place = f"s3://{bucket}/mein/turm"
    run(empty, "feed", place, "--endpoint", endpoint)
    assert len(subscribe(feed, tmp_path)) == 2
    run(empty, "feed", place, "--endpoint", endpoint, now=LATER)
    assert len(subscribe(feed, tmp_path)) == 3
    titles = [e.title for e in feedparser.parse(servers.fetch(feed).body).entries]
    assert titles == ["Später", "Wind", "Hügel & Täler"]
    assert list(empty.iterdir()) == []


@pytest.mark.slow
def test_a_second_publication_makes_no_write(show):
    folder, bucket, endpoint = show
    run(folder, "publish")
    client = servers.s3_client(servers.Endpoint(endpoint))
    listing = client.list_objects_v2(Bucket=bucket)["Contents"]
    run(folder, "publish")
    again = client.list_objects_v2(Bucket=bucket)["Contents"]
    assert [(o["Key"], o["LastModified"], o["ETag"]) for o in again] == [
        (o["Key"], o["LastModified"], o["ETag"]) for o in listing
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "config"),
    [
        ({"AWS_SECRET_ACCESS_KEY": "wrong"}, ("", "")),
        ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, ("", "")),
        ({}, ("s3://", "s3://no-such-bucket-here-")),
        ({}, ("127.0.0.1:", "127.0.0.1:1")),
    ],
    ids=["wrong secret", "no credentials", "no bucket", "no answer"],
)
def test_a_store_that_refuses_gets_one_message_and_nothing_leaves(
    show, monkeypatch, environment, config
):
    folder, bucket, endpoint = show
    for name, value in environment.items():
        if value:
            monkeypatch.setenv(name, value)
        else:
            monkeypatch.delenv(name)
    path = folder / "sendeturm.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(*config, 1), encoding="utf-8")
    said = run(folder, "publish", expect=1)
    assert "→" in said
    assert "Traceback" not in said
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", servers.ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", servers.SECRET_KEY)
    client = servers.s3_client(servers.Endpoint(endpoint))
    assert client.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
