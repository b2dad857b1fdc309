"""The same records give the same bytes on every machine, and nothing heavy is loaded early."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
LOCALES = Path("/usr/share/i18n/locales")
RENDER = """
import locale, sys
sys.path.insert(0, sys.argv[1])
sys.path.insert(0, sys.argv[1] + "/feed")
from feedrecords import NOW, a_record, a_show
from test_feed_round_trip import EPISODE, SHOW, TRAILER
from sendeturm.feed import render_feed
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass  # a machine without that locale
plain = render_feed(a_show(), [a_record(n) for n in range(5)], NOW)
sys.stdout.buffer.write(plain + render_feed(SHOW, [TRAILER, EPISODE], NOW))
"""


def run(code, *args, **environment):
    command = [sys.executable, "-c", code, *args]
    env = {**os.environ, **environment}
    return subprocess.run(command, env=env, check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    """A folder with a German locale, made where the machine can make one."""
    folder = tmp_path_factory.mktemp("locales")
    if shutil.which("localedef") and (LOCALES / "de_DE").exists():
        make = ["localedef", "-i", "de_DE", "-f", "UTF-8", str(folder / "de_DE.UTF-8")]
        subprocess.run(make, check=False, capture_output=True)
    return folder


@pytest.mark.slow
def test_the_bytes_depend_on_no_seed_zone_or_locale(german):
    seeds, zones, locales = ("0", "1", "4242"), ("UTC", "Asia/Kolkata"), ("C", "de_DE.UTF-8")
    # Each zone with each locale, and each seed at least once: four machines stand for twelve.
    machines = zip(itertools.cycle(seeds), itertools.product(zones, locales), strict=False)
    feeds = {
        run(RENDER, str(TESTS), PYTHONHASHSEED=seed, TZ=zone, LC_ALL=words, LOCPATH=str(german))
        for seed, (zone, words) in machines
    }
    assert len(feeds) == 1
    assert b"<pubDate>Thu, 05 Mar 2026 06:30:00 +0100</pubDate>" in feeds.pop()


@pytest.mark.parametrize("room", ["feed", "rss", "checks"])
def test_a_room_is_cheap_to_enter(room):
    code = (
        f"import sys, sendeturm.{room};"
        "print(*{name.partition('.')[0] for name in sys.modules} & {'lxml', 'feedgen'})"
    )
    assert run(code).split() == []
