"""The two keys to a bucket, kept where AWS tools keep them: a profile in the credentials file."""

from __future__ import annotations

import os
import re
import secrets
from configparser import Error, RawConfigParser
from pathlib import Path

from sendeturm.errors import fail
from sendeturm.renaming import take_name

FILE_VARIABLE = "AWS_SHARED_CREDENTIALS_FILE"
ONLY_OWNER = 0o600
MOST_BYTES = 1 << 20
_KEY = re.compile(r"[!-~]{3,512}", re.ASCII)
_PROFILE = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)


def credentials_file() -> Path:
    """Return where AWS tools look for keys."""
    return Path(os.environ.get(FILE_VARIABLE) or "~/.aws/credentials").expanduser()


def is_key_shaped(text: str) -> bool:
    """Tell whether `text` can be one of the two keys: visible ASCII, no blanks."""
    return _KEY.fullmatch(text) is not None


def keep_keys(profile: str, access_key: str, secret_key: str) -> str:
    """Keep two keys under a profile of their own and return its name.

    The name is `profile`, with a number after it if another pair of keys has that name already.
    Every other profile stays as it is, to the byte. The file is written beside and renamed, and
    can be read by its owner alone. Raises SendeturmError.
    """
    if not (is_key_shaped(access_key) and is_key_shaped(secret_key)):
        raise fail("store.odd-keys", place=profile)
    path = credentials_file()
    text = _read(path)
    pairs = _pairs(text)
    keys = (access_key, secret_key)
    name = _free_name(profile, keys, pairs)
    if name not in pairs:
        _write(path, f"{_ended(text)}[{name}]\n{_lines(*keys)}")
    return name


def _free_name(profile: str, keys: tuple[str, str], pairs: dict[str, tuple[str, str]]) -> str:
    base = profile if _PROFILE.fullmatch(profile) and profile != "default" else "sendeturm"
    names = [base, *(f"{base}-{number}" for number in range(2, len(pairs) + 3))]
    return next(name for name in names if pairs.get(name, keys) == keys)


def _lines(access_key: str, secret_key: str) -> str:
    return f"aws_access_key_id = {access_key}\naws_secret_access_key = {secret_key}\n"


def _ended(text: str) -> str:
    """Return a text so that a section can follow."""
    if not text:
        return ""
    return text + ("" if text.endswith("\n") else "\n") + "\n"


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        raise fail("store.broken-aws-file") from None


def _pairs(text: str) -> dict[str, tuple[str, str]]:
    parser = RawConfigParser(strict=False, default_section="\0")
    try:
        parser.read_string(text)
    except Error:  # its words may hold a line of the file
        raise fail("store.broken-aws-file") from None
    names = ("aws_access_key_id", "aws_secret_access_key")
    return {
        section: (parser[section].get(names[0], ""), parser[section].get(names[1], ""))
        for section in parser.sections()
    }


def _write(path: Path, text: str) -> None:
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            take_name(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise fail("store.keys-not-kept", file=path, reason=reason) from None
