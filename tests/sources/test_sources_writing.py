from __future__ import annotations

import errno
import os
import stat
import tomllib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendeturm.errors import SendeturmError
from sendeturm.sources import new_sidecar, read_sources, write_front

VALUES = {"guid": "g-1", "slug": "einfach-tun", "published_at": datetime(2026, 11, 20, tzinfo=UTC)}
LINES = [
    b'guid = "g-1"',
    b'slug = "einfach-tun"',
    b"published_at = 2026-11-20T00:00:00Z",
]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_missing_keys_are_added_and_nothing_else_changes(folder, end):
    before = [
        b"\xef\xbb\xbf+++",
        b"",
        b"  title   =  'Einfach tun'  # der Titel",
        b'summary = """',
        b"[people]",
        b'guid = "nicht hier" """',
        b"number=7",
        b"",
        b"# wer spricht",
        b"[[people]]",
        b'name = "\xc3\x84nne"',
        b"+++",
        b"",
        b"Notizen\xe2\x80\xa8 ",
        b"+++",
    ]
    path = folder.episode("001.md", end.join(before))
    path.chmod(0o640)
    write_front(path, VALUES | {"number": 9, "season": None}, "episodes/001.md")
    assert path.read_bytes() == end.join([*before[:7], *LINES, *before[7:]])
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [entry.name for entry in folder.episodes.iterdir()] == ["001.md"]
    (episode,) = read_sources(folder.path, folder.config()).episodes
    assert (episode.front.guid, episode.front.number) == ("g-1", 7)


def test_a_second_time_changes_nothing(folder):
    path = folder.episode("001.md", '+++\ntitle = "x"\n+++')
    write_front(path, VALUES, "x")
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    write_front(path, VALUES, "x")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)


def test_a_link_stays_a_link(folder, tmp_path):
    real = folder.put("echt.md", '+++\ntitle = "x"\n+++\n')
    link = folder.episodes / "001.md"
    link.symlink_to(real)
    write_front(link, {"guid": "g"}, "x")
    assert link.is_symlink()
    assert b'guid = "g"' in real.read_bytes()


def test_a_date_without_seconds_is_no_hindrance(folder):
    path = folder.episode("001.md", '+++\ntitle = "x"\npublished_at = 2026-11-20T06:00\n+++\n')
    write_front(path, VALUES, "x")
    assert b"2026-11-20T06:00\nguid" in path.read_bytes()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"+++\ntitle = \n+++\n", "sources.broken-toml"),
        (b"Notizen", "sources.no-front"),
        (b"+++\n\xff\n+++", "sources.not-utf8"),
        (None, "sources.unreadable"),
    ],
)
def test_what_cannot_be_understood_is_not_written(folder, content, code):
    path = folder.episodes / "001.md"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SendeturmError, match=code):
        write_front(path, VALUES, "episodes/001.md")
    assert (path.read_bytes() if content is not None else None) == content


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
STATEMENTS = st.lists(
    st.sampled_from(
        [
            "# wer",
            "",
            "  ",
            "number = 3",
            'title = """\n[x]\na = 1"""',
            "people = [\n{name='a'},\n]",
            "type = 'full' # x = 1",
            "\tdraft = true",
        ]
    ),
    unique=True,
)
TABLES = st.sampled_from([[], ["[[persons]]", "name = 'x'"], ["", "# x", " [zz]", "guid = 1"]])


@given(STATEMENTS, TABLES, st.sampled_from(["\n", "\r\n"]), st.tuples(TEXT, st.text()))
def test_every_other_line_stays_byte_for_byte(tmp_path_factory, top, tables, end, texts):
    guid, notes = texts
    front = "".join(line.replace("\n", end) + end for line in [*top, *tables])
    text = f"+++{end}{front}+++{end}{notes}".encode("utf-8", "replace")
    path = tmp_path_factory.mktemp("sidecar", numbered=True) / "001.md"
    path.write_bytes(text)
    write_front(path, {"guid": guid, "slug": "s"}, "x")
    old, new = text.split(b"\n"), path.read_bytes().split(b"\n")
    at = next(n for n, line in enumerate(new) if line.startswith(b"guid = ") and line not in old)
    assert new[:at] + new[at + 2 :] == old
    said = tomllib.loads(path.read_bytes().decode().partition("+++")[2].partition(f"{end}+++")[0])
    before = tomllib.loads(front)
    assert said == before | {"guid": guid, "slug": "s"}


def test_a_new_sidecar_reads_back(folder):
    path = folder.episodes / "001-einfach.md"
    title = "Er sagt \"ja\" \\ 'nein' \t 👋"
    new_sidecar(path, title, notes="Notizen\n\n", number=None, **VALUES)
    (episode,) = read_sources(folder.path, folder.config()).episodes
    assert episode.front.title == title
    assert episode.front.slug == "einfach-tun"
    assert episode.published_at == VALUES["published_at"]
    assert episode.notes_markdown == "Notizen"
    assert path.read_text().startswith("+++\ntitle = ")
    assert "number" not in path.read_text()


def test_a_sidecar_is_never_written_over(folder):
    path = folder.episode("001.md", "meins")
    with pytest.raises(SendeturmError, match=r"sources\.exists") as raised:
        new_sidecar(path, "x")
    assert raised.value.problems[0].place.file == "episodes/001.md"
    assert path.read_text() == "meins"
    assert len(list(folder.episodes.iterdir())) == 1


def test_a_folder_that_is_not_there(folder):
    with pytest.raises(SendeturmError, match=r"sources\.unwritable"):
        new_sidecar(folder.path / "weg" / "001.md", "x")


@given(TEXT, st.text(st.characters(exclude_categories=["Cs"])))
def test_any_title_is_written_as_toml(tmp_path_factory, title, notes):
    path = tmp_path_factory.mktemp("new", numbered=True) / "001.md"
    new_sidecar(path, title, notes=notes)
    front = path.read_bytes().decode().split("\n")[1]
    assert tomllib.loads(front) == {"title": title}


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(folder, monkeypatch):
    path = folder.episode("001.md", '+++\ntitle = "x"\n+++\n')
    before = path.read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SendeturmError, match=r"sources\.unwritable"):
        write_front(path, VALUES, "episodes/001.md")
    with pytest.raises(SendeturmError, match=r"sources\.unwritable"):
        new_sidecar(folder.episodes / "002.md", "x")
    assert path.read_bytes() == before
    assert [entry.name for entry in folder.episodes.iterdir()] == ["001.md"]
