"""Golden cases: a podcaster's folder at a fixed time gives this plan, this feed, these pages.

Each folder in `golden/` is a case; `--update-golden` writes what comes out now into it. Media are
given by a stand-in for mastering; what hangs on a picture library's bytes (the hash and the size
of tagged files, the hash of made pictures) is blanked out.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import shows
from sendeturm.cli.planning import plan_document
from sendeturm.publish import make_plan
from sendeturm.sources import read_config

GOLDEN = Path(__file__).with_name("golden")
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())


def blanked(text: str) -> str:
    text = re.sub(r"-[0-9a-f]{12}\.(mp3|css|js)\b", r"-<hash>.\1", text)
    text = re.sub(r"(cards/[\w-]+|-(?:page|96|180))-[0-9a-f]{12}\.(jpg|png)", r"\1-<hash>.\2", text)
    text = re.sub(r'length="\d+"', 'length="<size>"', text)
    return re.sub(r"\b\d+[.,]\d (kB|MB)\b", r"<size> \1", text)


@pytest.mark.parametrize("case", CASES)
def test_golden(case, tmp_path, monkeypatch, request):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    folder = shows.Folder(tmp_path / case)
    shutil.copytree(GOLDEN / case, folder.root, ignore=shutil.ignore_patterns("expected"))
    shutil.copyfile(GOLDEN / "cover.jpg", folder.root / "cover.jpg")
    plan, situation = make_plan(folder.root, read_config(folder.root), shows.place_of(folder))
    document = json.dumps(plan_document(plan, situation), ensure_ascii=False, indent=1)
    found = {"plan.json": document + "\n"}
    shows.published(folder)
    public = folder.root / "public"
    for path in [public / "feed.xml", *sorted(public.rglob("*.html"))]:
        name = path.relative_to(public).as_posix().replace("/", "__")
        found[name] = blanked(path.read_text(encoding="utf-8"))
    expected = GOLDEN / case / "expected"
    if request.config.getoption("--update-golden"):
        shutil.rmtree(expected, ignore_errors=True)
        expected.mkdir()
        for name, text in found.items():
            (expected / name).write_text(text, encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in expected.iterdir()} == found
