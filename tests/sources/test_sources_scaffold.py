from __future__ import annotations

import re
import subprocess

import pytest

from sendeturm.errors import SendeturmError
from sendeturm.sources import read_config, read_sources, write_show

SHOW = {
    "title": 'Der "Turm" & Co',
    "description": "Über alles.\nUnd mehr.",
    "language": "de",
    "author": "Änne Öz",
}


def test_a_new_show_reads_back(tmp_path):
    folder = tmp_path / "neu"
    made = write_show(folder, SHOW, {"place": "s3://eimer/pfad", "address": "https://a.example"})
    names = {path.relative_to(folder).as_posix() for path in made}
    pages = {"pages", "pages/impressum.md", "pages/datenschutz.md"}
    assert names == {"sendeturm.toml", "episodes", "Makefile", ".gitignore", *pages}
    config = read_config(folder)
    for key, value in SHOW.items():
        assert getattr(config.show, key) == value
    assert config.storage.address == "https://a.example"
    assert read_sources(folder, config).problems == ()
    assert (folder / ".gitignore").read_text() == ".sendeturm/\n"


def test_every_setting_is_there_and_can_be_taken_in_use(tmp_path):
    write_show(tmp_path, SHOW)
    file = tmp_path / "sendeturm.toml"
    text = file.read_text()
    # One remark for each setting, and one that says where the rare ones are described.
    assert len(re.findall(r"^# (?!\w+ = |\[)\S", text, re.MULTILINE)) == 1 + len(
        re.findall(r"^(?:# )?(?:[a-z_]+ = |\[\[)", text, re.MULTILINE)
    ) - text.count("# role = ") - text.count("# name = ")
    assert "docs/feed.md" in text
    assert "\n# raise = []\n" in text
    file.write_text(re.sub(r"^# (?=[a-z_]+ = |\[\[)", "", text, flags=re.MULTILINE))
    config = read_config(tmp_path)
    assert config.show.people[0].role == "host"
    assert config.show.email == "name@example.org"
    assert config.sound.bitrate_kbps == 128
    assert None not in config.storage.model_dump().values()


def test_two_shows_have_two_ids(tmp_path):
    for name in ("a", "b"):
        write_show(tmp_path / name, SHOW)
    assert read_config(tmp_path / "a").show.id != read_config(tmp_path / "b").show.id


def test_people_of_the_show(tmp_path):
    write_show(tmp_path, SHOW | {"people": [{"name": "Änne"}, {"name": "Ben", "role": "guest"}]})
    assert [p.role for p in read_config(tmp_path).show.people] == ["host", "guest"]


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "Makefile").write_text("meins")
    (tmp_path / ".gitignore").write_text("meins")
    (tmp_path / "episodes").mkdir()
    (tmp_path / "pages").mkdir()
    for name in ("impressum", "datenschutz"):
        (tmp_path / f"pages/{name}.md").write_text("meins")
    assert [path.name for path in write_show(tmp_path, SHOW)] == ["sendeturm.toml"]
    assert (tmp_path / "Makefile").read_text() == "meins"
    before = (tmp_path / "sendeturm.toml").read_bytes()
    with pytest.raises(SendeturmError, match=r"sources\.show-exists"):
        write_show(tmp_path, SHOW)
    assert (tmp_path / "sendeturm.toml").read_bytes() == before


def test_wrong_settings_write_nothing_and_are_told_at_once(tmp_path, told):
    folder = tmp_path / "neu"
    with pytest.raises(SendeturmError) as raised:
        write_show(folder, SHOW | {"title": "", "language": "Deutsch", "timezone": "Berlin"})
    assert {found.place.key for found in raised.value.problems} == {
        "show.title",
        "show.language",
        "show.timezone",
    }
    assert all(told(found) and found.place.line is None for found in raised.value.problems)
    assert not folder.exists()


def test_what_few_shows_say_is_written_where_it_is_given(tmp_path):
    more = {
        "funding": [{"url": "https://example.org/helfen", "text": "Mithelfen"}],
        "seasons": {"1": "Am Meer"},
        "former_feeds": ["https://alt.example.com/feed"],
    }
    write_show(tmp_path, SHOW | more)
    show = read_config(tmp_path).show
    assert show.funding[0].text == "Mithelfen"
    assert show.seasons == {1: "Am Meer"}
    assert show.former_feeds == ("https://alt.example.com/feed",)


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "datei").touch()
    with pytest.raises(SendeturmError, match=r"sources\.unwritable"):
        write_show(tmp_path / "datei" / "neu", SHOW)


@pytest.mark.parametrize(
    ("place", "ignored"),
    [("public", "/public/"), ("./aus/gabe/", "/aus/gabe/"), ("../public", None), ("/srv/x", None)],
)
def test_a_local_place_is_kept_out_of_git(tmp_path, place, ignored):
    write_show(tmp_path, SHOW, {"place": place})
    assert (tmp_path / ".gitignore").read_text().split() == [
        ".sendeturm/",
        *filter(None, [ignored]),
    ]


def test_make_runs_the_plain_commands(tmp_path):
    write_show(tmp_path, SHOW)
    for target in ("publish", "plan", "preview", "feed", "check"):
        done = subprocess.run(
            ["make", "--no-print-directory", "-n", target],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == f"sendeturm {target}"
