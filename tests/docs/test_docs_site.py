"""`make docs`: a website without a warning, which asks nobody else's servers for anything."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOADED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc="(?P<src>[^"]*)"
    |<link\b(?![^>]*rel="(?:canonical|license)")[^>]*\bhref="(?P<link>[^"]*)"
    |url\(\s*["']?(?!data:)(?P<url>[^"')]+)
    |@import\s+["'](?P<imported>[^"']+)""",
    re.VERBOSE,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the documentation as `make docs` does."""
    made = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--quiet", ROOT / "docs", made]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return made


def loaded(page: Path) -> list[str]:
    found = LOADED.finditer(page.read_text(encoding="utf-8"))
    return [address for match in found for address in match.groups() if address]


@pytest.mark.slow
def test_every_page_is_made_and_none_asks_other_servers_for_anything(site):
    written = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    for page in written:
        assert (site / page.with_suffix(".html")).is_file()
    files = [path for path in site.rglob("*") if path.suffix in (".html", ".css")]
    addresses = [address for path in files for address in loaded(path)]
    assert len(addresses) > len(files)
    assert not [a for a in addresses if a.startswith(("http:", "https:", "//"))]
