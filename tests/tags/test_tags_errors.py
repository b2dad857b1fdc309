from __future__ import annotations

import errno
import os
import subprocess
import sys

import pytest
from mutagen import MutagenError

from sendeturm.errors import SendeturmError
from sendeturm.i18n import word
from sendeturm.tags import Tags, files, read_tags, write_tags


def told(error):
    [found] = error.value.problems
    worded = word(found.code, found.params)
    assert worded.what
    assert worded.mend
    assert found.place.file
    return found.code


def test_a_full_disk(tmp_path):
    path = tmp_path / "folge.mp3"
    path.symlink_to("/dev/full")
    with pytest.raises(SendeturmError) as error:
        write_tags(path, Tags(title="x"))
    assert told(error) == "tags.disk-full"


def test_a_missing_file_is_not_made(tmp_path):
    path = tmp_path / "folge.mp3"
    for attempt in (lambda: write_tags(path, Tags(title="x")), lambda: read_tags(path)):
        with pytest.raises(SendeturmError) as error:
            attempt()
        assert told(error) == "tags.missing"
    assert not path.exists()


def test_a_folder_of_that_name(tmp_path):
    path = tmp_path / "folge.mp3"
    path.mkdir()
    with pytest.raises(SendeturmError) as error:
        write_tags(path, Tags(title="x"))
    assert told(error) == "tags.broken"


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EPERM])
def test_a_file_that_may_not_be_written(mp3, monkeypatch, number):
    def refuse(path, tags, **asked):
        raise MutagenError(OSError(number, os.strerror(number)))

    monkeypatch.setattr(files.mp3, "write", refuse)  # root, who runs some tests, may write
    with pytest.raises(SendeturmError) as error:
        write_tags(mp3, Tags(title="x"))
    assert told(error) == "tags.read-only"


def test_a_kind_of_file_that_is_not_known_yet(tmp_path):
    path = tmp_path / "folge.ogg"
    path.write_bytes(b"OggS")
    with pytest.raises(SendeturmError) as error:
        write_tags(path, Tags(title="x"))
    assert told(error) == "tags.unknown-kind"
    assert path.read_bytes() == b"OggS"


@pytest.mark.parametrize(
    "start", [b"ID3\x09\x00\x00\x00\x00\x00\x10", b"ID3\x03\x00\x00\xff\xff\xff\xff"]
)
def test_broken_tags(mp3, start):
    mp3.write_bytes(start + b"TIT2" * 20)
    with pytest.raises(SendeturmError) as error:
        read_tags(mp3)
    assert told(error) == "tags.broken"


def test_mutagen_is_paid_for_at_first_use():
    code = "import sys, sendeturm.tags as t; t.Tags(title='x'); sys.exit('mutagen' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
