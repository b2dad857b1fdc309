"""Pages of the show's own on their way to the store and back."""

from __future__ import annotations

import pytest

import shows


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    made = shows.new_folder(tmp_path / "show", storage=shows.PUBLIC)
    made.write_episode("001-eins", 'title = "Eins"\nnumber = 1')
    (made.root / "pages").mkdir()
    (made.root / "pages/impressum.md").write_text("# Impressum\n\nAda, Turmweg 1\n")
    shows.published(made)
    return made


def test_they_are_published_changed_and_taken_away(folder):
    page = folder.root / "public/impressum/index.html"
    assert "Turmweg 1" in page.read_text()
    source = folder.root / "pages/impressum.md"
    source.write_text("# Impressum\n\nAda, Turmweg 2 <script>alert(1)</script>\n")
    plan = shows.planned(folder)
    assert plan.show.changes == ("site",)
    assert plan.episodes == ()
    shows.published(folder)
    assert "Turmweg 2" in page.read_text()
    assert "alert" not in page.read_text()
    source.unlink()
    shows.published(folder)
    assert not page.exists()
    assert "impressum" not in (folder.root / "public/index.html").read_text()
    assert shows.planned(folder).is_empty


def test_without_the_folder_they_stay(folder):
    (folder.root / "pages/impressum.md").unlink()
    (folder.root / "pages").rmdir()
    assert shows.planned(folder).is_empty


def test_an_episode_keeps_its_address(folder):
    (folder.root / "pages/eins.md").write_text("Worte.")
    plan = shows.planned(folder)
    assert [found.code for found in plan.problems] == ["publish.page-slug-taken"]
    assert plan.is_empty


def test_a_new_episode_goes_out_of_a_pages_way(folder):
    (folder.root / "pages/technik.md").write_text("Worte.")
    shows.published(folder)
    folder.write_episode("002-technik", 'title = "Technik"')
    shows.published(folder)
    assert (folder.root / "public/technik-2/index.html").is_file()


def test_a_spoken_number_is_put_and_goes_with_its_episode(folder):
    assert "eins/index.html" in (folder.root / "public/1/index.html").read_text()
