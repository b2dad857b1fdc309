"""How fast a large file reaches a bucket, beside boto3's own upload_file.

Interleaved uploads to SeaweedFS on loopback; prints medians and their ratio, which should be at
least 0.95. sendeturm's time includes reading the file twice, and looking at it when it is there.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import boto3

import servers
from sendeturm.store import ObjectMeta, S3Store

MEGABYTE = 1_000_000


def seconds(upload: Callable[[], object]) -> float:
    """Return the wall time of one upload."""
    began = time.perf_counter()
    upload()
    return time.perf_counter() - began


def main() -> None:
    """Measure with a file of random bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--megabytes", type=int, default=200)
    given = parser.parse_args()
    os.environ["AWS_ACCESS_KEY_ID"] = servers.ACCESS_KEY
    os.environ["AWS_SECRET_ACCESS_KEY"] = servers.SECRET_KEY
    with tempfile.TemporaryDirectory() as name, servers.seaweed(Path(name)) as server:
        path = Path(name) / "episode.mp3"
        path.write_bytes(os.urandom(given.megabytes * MEGABYTE))
        bucket = servers.make_bucket(server.http)
        plain = boto3.client("s3", endpoint_url=server.http.url, region_name="us-east-1")
        store = S3Store(bucket, "ours", endpoint=server.http.url)
        meta = ObjectMeta("audio/mpeg")
        uploads: dict[str, Callable[[], object]] = {
            "boto3 upload_file": lambda: plain.upload_file(str(path), bucket, "plain/one.mp3"),
            "sendeturm": lambda: store.put("media/one.mp3", path, meta),
        }
        times: dict[str, list[float]] = {label: [] for label in uploads}
        for turn in range(given.rounds + 1):
            for label in list(uploads)[:: 1 if turn % 2 else -1]:
                taken = seconds(uploads[label])
                if turn:  # the first one warms up
                    times[label].append(taken)
    medians = {label: statistics.median(found) for label, found in times.items()}
    for label, median_s in medians.items():
        print(f"{label:20} {median_s:6.2f} s")
    ratio = medians["boto3 upload_file"] / medians["sendeturm"]
    print(f"speed of sendeturm / boto3: {ratio:.2f}")


if __name__ == "__main__":
    main()
