"""What a show says beside its episodes, read from `pages/`."""

from __future__ import annotations

import pytest

from sendeturm.errors import Severity
from sendeturm.sources import read_pages, write_show
from sendeturm.sources.pages import MOST_PAGES

SHOW = {"title": "Turm", "description": "Hier.", "language": "de", "author": "Änne Öz"}


def pages_of(folder, **texts):
    (folder / "pages").mkdir()
    for name, text in texts.items():
        (folder / "pages" / f"{name}.md").write_text(text, encoding="utf-8")
    return read_pages(folder)


def test_the_first_heading_is_the_title_and_the_name_the_address(tmp_path):
    pages, problems = pages_of(
        tmp_path, über_technik="# Technik & Ton #\n\nEin Mikrofon.\n\n# Noch eins\n", about="Wir.\n"
    )
    assert problems == []
    assert [(p.slug, p.title) for p in pages] == [
        ("about", "About"),
        ("ueber-technik", "Technik & Ton"),
    ]
    assert pages[1].markdown == "Ein Mikrofon.\n\n# Noch eins"


def test_comments_are_not_published(tmp_path):
    pages, _ = pages_of(tmp_path, impressum="# Impressum\n<!-- geheim -->\nÄnne <!-- auch")
    assert [(p.slug, p.markdown.strip()) for p in pages] == [("impressum", "Änne")]


def test_a_german_show_begins_with_privacy_and_is_reminded_of_its_imprint(tmp_path):
    write_show(tmp_path, SHOW)
    pages, problems = read_pages(tmp_path)
    assert [page.slug for page in pages] == ["datenschutz"]
    (found,) = problems
    assert (found.code, found.severity) == ("sources.empty-page", Severity.WARNING)
    assert found.place.file == "pages/impressum.md"


def test_an_english_show_has_no_german_pages(tmp_path):
    write_show(tmp_path, SHOW | {"language": "en"})
    assert read_pages(tmp_path) == (None, [])


@pytest.mark.parametrize("name", ["assets", "42", "search", "Feed"])
def test_names_the_site_needs_are_refused(tmp_path, name):
    pages, (found,) = pages_of(tmp_path, **{name: "Worte."})
    assert (pages, found.code) == ((), "sources.page-name")


def test_two_pages_with_one_address_are_told(tmp_path):
    pages, (found,) = pages_of(tmp_path, **{"so so": "Eins.", "so-so": "Zwei."})
    assert ([p.markdown for p in pages], found.code) == (["Eins."], "sources.page-twice")


def test_broken_pages_do_not_stop_the_others(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/kaputt.md").write_bytes(b"\xff\xfe")
    (tmp_path / "pages/gut.md").write_text("Worte.")
    (tmp_path / "pages/README.md").write_text("Für mich.")
    (tmp_path / "pages/bild.png").write_bytes(b"")
    pages, (found,) = read_pages(tmp_path)
    assert ([p.slug for p in pages], found.code) == (["gut"], "sources.not-utf8")


def test_too_many_pages_are_told(tmp_path):
    pages, (found,) = pages_of(tmp_path, **{f"seite-{n}": "Worte." for n in range(MOST_PAGES + 1)})
    assert (len(pages), found.code) == (MOST_PAGES, "sources.too-many-pages")
