"""The person's own look on its way to the store, and for cron from there."""

from __future__ import annotations

import shutil

import pytest

import shows
from sendeturm.events import silence
from sendeturm.publish.rendering import Renderer

LOOK = 'colour = "#0a5a55"\nstylesheet = "site/own.css"\ntemplates = "site/templates"'
INDEX = (
    '{% extends "sendeturm/index.html" %}{% block head %}{{ super() }}<!-- mine -->{% endblock %}'
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    made = shows.new_folder(tmp_path / "show", storage=shows.PUBLIC, site=LOOK)
    (made.root / "site/templates").mkdir(parents=True)
    (made.root / "site/own.css").write_text("h1 { color: teal }")
    (made.root / "site/templates/index.html").write_text(INDEX)
    made.write_episode("001-eins", 'title = "Eins"\nnumber = 1')
    shows.published(made)
    return made


def public(folder):
    root = folder.root / "public"
    html = [path for path in root.rglob("*.html") if ".sendeturm" not in path.parts]
    pages = {path.relative_to(root).as_posix(): path.read_bytes() for path in html}
    return pages | {p.name: p.read_bytes() for p in root.glob("assets/own-*")}


def test_cron_renders_the_same_from_an_empty_folder(folder):
    before = public(folder)
    assert b"<!-- mine -->" in before["index.html"]
    (own,) = (name for name in before if name.startswith("own-"))
    assert before[own] == b":root{--signal:#0a5a55;}\nh1 { color: teal }"
    for name in before:
        (folder.root / "public" / name).unlink(missing_ok=True)
    shutil.rmtree(folder.root / "site")
    Renderer(shows.place_of(folder), shows.NOW, None, silence).rebuild()
    assert public(folder) == before


def test_a_changed_look_is_one_change_and_no_episode_goes_out_again(folder):
    (folder.root / "site/own.css").write_text("h1 { color: navy }")
    plan = shows.planned(folder)
    assert (plan.show.changes, plan.episodes) == (("site",), ())
    shows.published(folder)
    assert any(b"navy" in body for name, body in public(folder).items() if name.startswith("own-"))
    assert shows.planned(folder).is_empty


def test_a_broken_template_leaves_the_published_look(folder):
    before = public(folder)
    (folder.root / "site/templates/index.html").write_text("{% if %}")
    plan = shows.planned(folder)
    assert [found.code for found in plan.problems] == ["site.template"]
    assert plan.show is None
    shows.published(folder)
    assert public(folder) == before


@pytest.mark.parametrize(
    ("look", "code"),
    [
        ('stylesheet = "../../etc/passwd"', "sources.outside"),
        ('stylesheet = "nothing.css"', "sources.unreadable"),
        ('templates = "nothing"', "sources.unreadable"),
        ('stylesheet = "site/foreign.css"', "sources.foreign-style"),
    ],
)
def test_what_cannot_be_used_is_told(folder, look, code):
    (folder.root / "site/foreign.css").write_text("@import url(https://example.org/a.css);")
    folder.write_config(storage=shows.PUBLIC, site=look)
    assert [found.code for found in shows.planned(folder).problems] == [code]
