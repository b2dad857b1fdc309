from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sendeturm.errors import Severity
from sendeturm.sources import read_cues, read_sources
from sendeturm.sources.config import config_from_text

CONFIG = config_from_text(
    '[show]\nid = "0f8e3c1a-5b7d-4c2e-9a61-3d5e7f901234"\ntitle = "x"\ndescription = "x"\n'
    'language = "de"\nauthor = "x"\n'
)

FRONT = '+++\ntitle = "Einfach tun"\n+++\n'


def read(folder):
    return read_sources(folder.path, folder.config())


def test_a_whole_episode(folder):
    recording = folder.episode("001-größe.WAV")
    sidecar = folder.episode(
        "001-größe.md",
        '\ufeff+++ \r\ntitle = "Über Größe"\r\nnumber = 1\r\npublished_at = 2026-11-20\r\n'
        'guid = "u\u0308"\r\n[[people]]\r\nname = "Änne"\r\n+++\r\n\r\nHallo\r\n\r\n+++\r\n',
    )
    folder.episode("001-größe.chapters.txt", "00:00 Anfang\n")
    folder.episode("001-größe.srt", "1\n00:00:00,000 --> 00:00:01,000\nFalsch\n")
    vtt = folder.episode("001-größe.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Änne>Hallo\n")
    cover = folder.episode("001-größe.PNG")
    sources = read(folder)
    assert sources.problems == ()
    (episode,) = sources.episodes
    assert episode.stem == "001-größe"
    assert episode.front.title == "Über Größe"
    assert episode.front.people[0].name == "Änne"
    assert episode.front.guid == "u\u0308"  # an identity stays as it is
    assert episode.published_at == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert episode.notes_markdown == "Hallo\n\n+++"
    assert (episode.recording, episode.sidecar, episode.cover) == (recording, sidecar, cover)
    assert episode.transcript == vtt
    assert [(cue.speaker, cue.text) for cue in episode.cues] == [("Änne", "Hallo")]
    assert [chapter.title for chapter in episode.chapters] == ["Anfang"]


def test_bare_recordings_wait_and_other_files_do_not_count(folder):
    for name in ("002.flac", "001-b.mp3", ".003.wav", "~004.wav", "005.wav.part", "006.wav~"):
        folder.episode(name)
    for name in ("Thumbs.db", "README.md", "notizen.txt", "bild.jpg", "007.tmp", "._008.md"):
        folder.episode(name)
    (folder.episodes / "bilder").mkdir()
    sources = read(folder)
    assert [episode.stem for episode in sources.waiting] == ["001-b", "002"]
    assert sources.waiting[0].front is None
    assert (sources.episodes, sources.problems) == ((), ())


def test_a_sidecar_alone_is_an_episode(folder):
    folder.episode("001.md", FRONT)
    (episode,) = read(folder).episodes
    assert episode.recording is None


def test_files_from_a_mac_belong_together(folder):
    folder.episode(unicodedata.normalize("NFD", "001-über.md"), FRONT)
    folder.episode(unicodedata.normalize("NFC", "001-über.wav"))
    (episode,) = read(folder).episodes
    assert episode.stem == "001-über"
    assert episode.recording.exists()


def test_a_picture_named_by_the_sidecar(folder, told):
    folder.episode(unicodedata.normalize("NFD", "Bühne.jpg"))
    folder.episode("001.md", FRONT.replace("+++\n", '+++\ncover = "Bühne.jpg"\n', 1))
    folder.episode("002.md", FRONT.replace("+++\n", '+++\ncover = "weg.jpg"\n', 1))
    folder.episode("003.md", FRONT.replace("+++\n", f'+++\ncover = "{"x" * 5000}"\n', 1))
    sources = read(folder)
    assert [episode.stem for episode in sources.episodes] == ["001"]
    assert sources.episodes[0].cover.exists()
    assert "episodes/002.md:2  the picture weg.jpg is not there" in told(sources.problems[0])
    assert len(sources.problems) == 2


def test_recordings_may_be_links(folder, tmp_path, told):
    (tmp_path / "platte.wav").touch()
    (folder.episodes / "001.wav").symlink_to(tmp_path / "platte.wav")
    (folder.episodes / "002.wav").symlink_to(tmp_path / "nicht-da.wav")
    folder.episode("002.md", FRONT)
    sources = read(folder)
    assert sources.waiting[0].stem == "001"
    assert sources.episodes[0].recording is None
    (found,) = sources.problems
    assert found.severity is Severity.WARNING
    assert "episodes/002.wav  the link leads to a file that is not there" in told(found)


def test_a_broken_episode_is_left_out_and_the_others_are_not(folder, told):
    folder.episode("001.md", FRONT)
    folder.episode("002.md", '+++\ntitel = "x"\nnumber = 0\npublished_at = 2026-13-01\n+++\n')
    folder.episode(
        "003.md", '+++\ntitel = "x"\nnumber = 0\npublished_at = 20261120\nslug = "Ä"\n+++'
    )
    folder.episode("003.chapters.txt", "Anfang\n")
    folder.episode("004.md", "Nur Notizen\n")
    folder.episode("005.md", '---\ntitle: "x"\n---\n')
    folder.episode("006.md", '\n+++\ntitle = "x"\n')
    folder.episode("007.md", b'+++\ntitle = "\xff"\n+++\n')
    folder.episode("008.md", '+++\ntitle = "x"\nslug = "media"\n+++')
    folder.episode("009.md")
    sources = read(folder)
    assert [episode.stem for episode in sources.episodes] == ["001"]
    lines = [told(found) for found in sources.problems]
    for begin in (
        "episodes/002.md:4  this line cannot be understood",
        "episodes/003.md:4  published_at is not a date: 20261120",
        "episodes/003.md  title is missing",
        "episodes/003.md:2  titel is not known here → do you mean title?",
        "episodes/003.md:3  number is too small: 0 → the smallest value is 1",
        "episodes/003.md:5  slug cannot stand in a web address: Ä",
        "episodes/003.chapters.txt:1  this is no chapter: Anfang",
        "episodes/004.md:1  the file does not begin with an episode's settings",
        "episodes/005.md:1  the settings stand between --- lines",
        "episodes/006.md:2  the settings have no end",
        "episodes/007.md:2  the file holds characters that are not in UTF-8",
        "episodes/008.md:3  the podcast itself needs the address media",
        "episodes/009.md:1  the file does not begin with an episode's settings",
    ):
        assert any(line.startswith(begin) for line in lines), begin
    assert len(lines) == 13


def test_names_that_cannot_be(folder, told):
    folder.episode("001.wav")
    folder.episode("001.flac")
    folder.episode("002.chapters.txt")
    folder.episode("003.vtt")
    folder.episode("004\x1b[31m.wav")
    (folder.episodes / "005-gespräch").mkdir()
    folder.episode("005-gespräch/a.wav")
    folder.episode("005-gespräch/b.wav")
    sources = read(folder)
    assert sources.episodes == sources.waiting == ()
    assert sorted(told(found).split("  ")[0] for found in sources.problems) == [
        "episodes/001.wav",
        "episodes/002.chapters.txt",
        "episodes/003.vtt",
        "episodes/004?[31m.wav",
        "episodes/005-gespräch/",
    ]


def test_a_missing_folder_is_an_empty_one(folder):
    folder.episodes.rmdir()
    sources = read(folder)
    assert [(p.code, p.severity) for p in sources.problems] == [
        ("sources.no-episodes", Severity.WARNING)
    ]


def test_cues_are_read_when_they_are_wanted(folder):
    for name in ("001", "002"):
        folder.episode(f"{name}.wav")
        folder.episode(f"{name}.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\na\n")
    sources = read_sources(folder.path, folder.config(), wants_cues=lambda p: p.stem == "002")
    first, second = sources.waiting
    assert first.transcript.exists()
    assert first.cues == ()
    assert [cue.text for cue in second.cues] == ["a"]
    assert read_cues(first.transcript) == (second.cues, [])


def test_warnings_leave_nothing_out(folder):
    folder.episode("001.wav")
    folder.episode("001.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\na\n\n00:01.000 --> 00:03.000\nb")
    sources = read(folder)
    assert len(sources.waiting) == len(sources.problems) == 1


def test_episodes_that_want_to_be_the_same(folder, told):
    def put(name, **values):
        lines = "".join(f"{key} = {value}\n" for key, value in values.items())
        folder.episode(f"{name}.md", f'+++\ntitle = "x"\n{lines}+++\n')

    put("001", guid='"g"', number=1)
    put("002", guid='"g"', number=2)
    put("003", slug='"s"', number=3)
    put("004", number=4, slug='"s"')
    put("005", number=5)
    put("006", number=5)
    put("007", number=5)
    put("008", number=5, season=2)
    put("009", number=5, season=2, type='"bonus"')
    put("010", guid='"G"')
    sources = read(folder)
    assert [episode.stem for episode in sources.episodes] == ["008", "009", "010"]
    assert [told(found).split(" →")[0] for found in sources.problems] == [
        "episodes/002.md:3  two episodes have the same identity, the other one is episodes/001.md",
        "episodes/004.md:4  two episodes want the same address s, the other one is episodes/003.md",
        "episodes/006.md:3  two episodes have the number 5, the other one is episodes/005.md",
        "episodes/007.md:3  two episodes have the number 5, the other one is episodes/005.md",
    ]


@given(content=st.binary() | st.text().map(lambda text: f"+++\n{text}\n+++\n".encode()))
def test_any_bytes_are_read_or_told(tmp_path_factory, told, content):
    path = tmp_path_factory.mktemp("show", numbered=True)
    (path / "episodes").mkdir()
    for name in ("001.md", "001.chapters.txt", "001.vtt", "002.srt", "002.wav"):
        (path / "episodes" / name).write_bytes(content)
    sources = read_sources(path, CONFIG)
    for found in sources.problems:
        assert told(found)


def test_a_thousand_sidecars_are_read(folder):
    for number in range(1000):
        folder.episode(f"{number:04}.wav")
        folder.episode(
            f"{number:04}.md",
            f'+++\ntitle = "Folge {number}"\nnumber = {number + 1}\nguid = "g{number}"\n'
            f'slug = "folge-{number}"\npublished_at = 2026-11-20T06:00:00\n+++\n\n'
            + "Ein Absatz *mit* [Link](https://example.org).\n\n"
            * 20,
        )
    sources = read_sources(folder.path, folder.config())
    assert sources.problems == ()
    assert len(sources.episodes) == 1000
