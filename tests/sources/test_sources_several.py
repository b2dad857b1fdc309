"""Episodes recorded in several files."""

from __future__ import annotations

import unicodedata

import pytest

from sendeturm.sources import read_sources
from sendeturm.sources.several import parts_line, tracks_line

FILES = ("anna.flac", "jörg.wav")


def read(folder, lines="", files=FILES, sidecar=True):
    place = folder.episodes / "002-gespräch"
    place.mkdir()
    for name in files:
        folder.episode(f"002-gespräch/{name}", name)
    if sidecar:
        folder.episode("002-gespräch.md", f'+++\ntitle = "Gespräch"\n{lines}\n+++\n')
    return read_sources(folder.path, folder.config())


def test_parts_in_their_order(folder):
    (episode,) = read(folder, 'parts = ["jörg.wav", "anna.flac"]').episodes
    assert (episode.layout, episode.recording) == ("parts", None)
    assert [one.path.name for one in episode.recordings] == ["jörg.wav", "anna.flac"]
    assert episode.folder == folder.episodes.absolute() / "002-gespräch"


def test_tracks_with_speakers_and_starts(folder):
    lines = (
        "[[tracks]]\nfile = 'anna.flac'\nspeaker = 'Anna'\n"
        "[[tracks]]\nfile = 'jörg.wav'\nspeaker = 'Jörg'\nrole = 'guest'\nstarts_at_s = -1.5"
    )
    (episode,) = read(folder, lines).episodes
    assert episode.layout == "tracks"
    assert [(o.path.name, o.speaker, o.starts_at_ms) for o in episode.recordings] == [
        ("anna.flac", "Anna", 0),
        ("jörg.wav", "Jörg", -1500),
    ]


def test_undeclared_ones_are_refused_with_the_two_lines_that_would_declare_them(folder, told):
    sources = read(folder)
    assert sources.episodes == ()
    (found,) = sources.problems
    said = told(found)
    assert said.startswith("episodes/002-gespräch.md  nobody can tell what the 2 recordings")
    for line in (parts_line(FILES), tracks_line(FILES)):
        assert f"\n    {line}" in said


@pytest.mark.parametrize("line", [parts_line, tracks_line])
def test_the_lines_that_are_offered_declare_them(folder, line):
    names = ('a "b".wav', "ton\\spur.wav", "jörg's.flac")
    (episode,) = read(folder, line(names), names).episodes
    assert [one.path.name for one in episode.recordings] == list(names)


def test_without_a_sidecar_the_folder_is_named_and_the_whole_file_offered(folder, told):
    (found,) = read(folder, sidecar=False).problems
    said = told(found)
    assert said.startswith("episodes/002-gespräch/  nobody can tell")
    assert "make a file episodes/002-gespräch.md" in said
    lines = [line.strip() for line in said.splitlines() if line.startswith("    ")]
    assert lines == ["+++", 'title = "Gespräch"', parts_line(FILES), tracks_line(FILES), "+++"]


@pytest.mark.parametrize("left_out", ["parts", "tracks"])
def test_the_file_that_is_offered_is_right_without_one_of_its_lines(folder, told, left_out):
    (found,) = read(folder, sidecar=False).problems
    lines = [line.strip() for line in told(found).splitlines() if line.startswith("    ")]
    kept = [line for line in lines if not line.startswith(left_out)]
    folder.episode("002-gespräch.md", "\n".join(kept) + "\n")
    (episode,) = read_sources(folder.path, folder.config()).episodes
    assert len(episode.recordings) == 2


def test_a_single_recording_in_a_folder_needs_no_words(folder):
    (episode,) = read(folder, files=("anna.flac",)).episodes
    assert episode.recording.name == "anna.flac"
    assert episode.layout == "single"


def test_a_single_bare_recording_in_a_folder_waits(folder):
    (episode,) = read(folder, files=("anna.flac",), sidecar=False).waiting
    assert (episode.stem, episode.recording.name) == ("002-gespräch", "anna.flac")


WRONG = {
    'parts = ["anna.flac",\n"jorg.wav"]': [
        ":3  there is no recording jorg.wav in episodes/002-gespräch/",
        ":3  parts does not name the recording jörg.wav",
    ],
    'parts = ["anna.flac", "jörg.wav", "anna.flac"]': [":3  anna.flac is named twice"],
    'number = 3\ntracks = [{ file = "anna.flac" }]': [
        ":4  tracks does not name the recording jörg.wav"
    ],
    'parts = ["../001.wav", "anna.flac", "jörg.wav"]': [":3  there is no recording ../001.wav"],
    'parts = ["anna.flac"]\ntracks = [{ file = "jörg.wav" }]': [
        ":4  the recordings cannot be parts and tracks at once"
    ],
    'tracks = [{ file = "anna.flac", starts_at_s = "x" }, { fiel = "x" }]': [
        ":3  starts_at_s is not a number",
        ":3  file is missing",
        ":3  fiel is not known here",
    ],
}


@pytest.mark.parametrize("lines", WRONG)
def test_what_is_missing_doubled_or_left_out_is_told_with_its_line(folder, told, lines):
    folder.episode("001.wav")
    sources = read(folder, lines)
    assert sources.episodes == ()
    said = [told(found) for found in sources.problems]
    assert len(said) == len(WRONG[lines])
    for wanted in WRONG[lines]:
        assert any(line.startswith(f"episodes/002-gespräch.md{wanted}") for line in said), said


def test_names_from_a_mac_are_found(folder):
    names = [unicodedata.normalize("NFD", name) for name in FILES]
    (episode,) = read(folder, 'parts = ["anna.flac", "jörg.wav"]', names).episodes
    assert all(one.path.exists() for one in episode.recordings)


def test_a_folder_that_is_not_here_changes_nothing(folder):
    folder.episode("002.md", '+++\ntitle = "x"\nparts = ["a.wav", "b.wav"]\n+++\n')
    sources = read_sources(folder.path, folder.config())
    assert sources.problems == ()
    assert sources.episodes[0].recordings == ()


def test_a_folder_beside_a_recording_of_the_same_name_is_refused(folder, told):
    folder.episode("002-gespräch.wav")
    said = [told(found) for found in read(folder, 'parts = ["anna.flac", "jörg.wav"]').problems]
    assert any("there are two files for one thing" in line for line in said)


def test_parts_of_one_file_beside_the_sidecar_are_refused(folder, told):
    folder.episode("002.wav")
    folder.episode("002.md", '+++\ntitle = "x"\nparts = ["a.wav"]\n+++\n')
    (found,) = read_sources(folder.path, folder.config()).problems
    assert told(found).startswith("episodes/002.md:3  parts names several recordings")


def test_other_folders_and_hidden_files_do_not_count(folder):
    (folder.episodes / "bilder").mkdir()
    folder.episode("bilder/a.jpg")
    (episode,) = read(folder, files=("anna.flac", "._anna.flac", "notiz.txt")).episodes
    assert episode.recording.name == "anna.flac"
