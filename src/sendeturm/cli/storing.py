"""What `init` asks about a bucket: only what the provider's preset does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from sendeturm.cli.screen import harmless
from sendeturm.cli.spoken import marked
from sendeturm.errors import Problem
from sendeturm.i18n import translate

if TYPE_CHECKING:
    from sendeturm.store.presets import Preset

WORDS = {
    "bucket": marked("The bucket's name (and a folder in it after a slash, if you like)"),
    "account": marked("Your account's number, as in the storage's address"),
    "region": marked("The region, for example {example}"),
    "endpoint": marked("The storage's address, for example {example}"),
}
ACCESS_KEY = marked("The access key (Enter: AWS tools know it already)")
SECRET_KEY = marked("The secret key that belongs to it (is not shown)")


@dataclass(frozen=True, slots=True)
class Keys:
    """The two keys, as typed."""

    access_key: str
    secret_key: str

    def __repr__(self) -> str:
        """Show neither."""
        return "Keys(…)"


def blanks_of(preset: Preset) -> tuple[str, ...]:
    """Return what a preset needs to be told."""
    return ("bucket", *preset.asks)


def questions_about(preset: Preset, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each thing that a preset needs and nobody has said, with the words to ask for it."""
    for name in blanks_of(preset):
        if not known.get(name):
            yield name, translate(WORDS[name]).format(example=preset.example)


def ask_keys() -> Keys | None:
    """Ask for the two keys until they look like such; None if AWS tools know them already."""
    from sendeturm.cli.problems import tell  # noqa: PLC0415  # not for --help
    from sendeturm.store.credentials import is_key_shaped  # noqa: PLC0415  # the same

    while True:
        words = harmless(translate(ACCESS_KEY))
        access_key = str(click.prompt(words, default="", show_default=False)).strip()
        if not access_key:
            return None
        words = harmless(translate(SECRET_KEY))
        secret_key = str(click.prompt(words, hide_input=True)).strip()
        if is_key_shaped(access_key) and is_key_shaped(secret_key):
            return Keys(access_key, secret_key)
        tell([Problem("store.odd-keys", {"place": "S3"})])


def kept_under(title: str, keys: Keys) -> str:
    """Keep the keys under a profile of the show's name and return the profile."""
    from sendeturm.store.credentials import keep_keys  # noqa: PLC0415  # not for --help
    from sendeturm.text import slug  # noqa: PLC0415  # the same

    return keep_keys(slug(title)[:40].strip("-"), keys.access_key, keys.secret_key)
