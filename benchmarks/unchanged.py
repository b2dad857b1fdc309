"""How long a publication takes that has nothing to do, on a show with very many episodes.

Whole processes against SeaweedFS on loopback, with a warm cache and without one; prints medians.
With a warm cache it should be less than two seconds for a thousand published episodes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import manyepisodes
import servers
import shows
from sendeturm.events import silence
from sendeturm.publish import run_feed


def seconds(folder: Path, *, cache_is_warm: bool) -> float:
    """Return the wall time of one publication."""
    if not cache_is_warm:
        (folder / ".sendeturm" / "records.json").unlink()
    began = time.perf_counter()
    words = [sys.executable, "-m", "sendeturm", "publish", "--yes"]
    said = subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True).stdout
    taken = time.perf_counter() - began
    assert "nothing was written" in said, said
    return taken


def main() -> None:
    """Measure with as many episodes as wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--episodes", type=int, default=1000)
    given = parser.parse_args()
    os.environ["AWS_ACCESS_KEY_ID"] = servers.ACCESS_KEY
    os.environ["AWS_SECRET_ACCESS_KEY"] = servers.SECRET_KEY
    os.environ["LANG"] = "C.UTF-8"
    with tempfile.TemporaryDirectory() as name, servers.seaweed(Path(name)) as server:
        bucket = servers.make_bucket(server.http)
        place = f'{shows.PUBLIC}\nplace = "s3://{bucket}/turm"\nendpoint = "{server.http.url}"'
        folder = shows.new_folder(Path(name) / "show", storage=place)
        store = shows.place_of(folder)
        manyepisodes.publish_many(folder, store, given.episodes)
        run_feed(store, folder.root / ".sendeturm", silence)
        seconds(folder.root, cache_is_warm=False)  # the first one reads every recording
        for label, is_warm in (("warm cache", True), ("cold cache", False)):
            times = [seconds(folder.root, cache_is_warm=is_warm) for _ in range(given.rounds)]
            print(f"{label}: {statistics.median(times):5.2f} s with {given.episodes} episodes")
        shutil.rmtree(folder.root)


if __name__ == "__main__":
    main()
