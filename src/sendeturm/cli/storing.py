"""The two keys to a bucket: asked for at a terminal, and kept where AWS tools look for them."""

from __future__ import annotations

from dataclasses import dataclass

from sendeturm.cli.asking import prompt
from sendeturm.cli.spoken import marked
from sendeturm.errors import Problem
from sendeturm.i18n import translate

ACCESS_KEY = marked("access key (Enter: AWS tools know it already)")
SECRET_KEY = marked("secret key (is not shown)")


@dataclass(frozen=True, slots=True)
class Keys:
    """The two keys, as typed."""

    access_key: str
    secret_key: str

    def __repr__(self) -> str:
        """Show neither."""
        return "Keys(…)"


def ask_keys() -> Keys | None:
    """Ask for the two keys until they look like such; None if AWS tools know them already."""
    from sendeturm.cli.problems import tell  # noqa: PLC0415  # not for --help
    from sendeturm.store.credentials import is_key_shaped  # noqa: PLC0415  # the same

    while True:
        access_key = prompt(translate(ACCESS_KEY), may_stay_open=True)
        if not access_key:
            return None
        secret_key = prompt(translate(SECRET_KEY), hidden=True)
        if is_key_shaped(access_key) and is_key_shaped(secret_key):
            return Keys(access_key, secret_key)
        tell([Problem("store.odd-keys", {"place": "S3"})])


def kept_under(title: str, keys: Keys) -> str:
    """Keep the keys under a profile of the show's name and return the profile."""
    from sendeturm.store.credentials import keep_keys  # noqa: PLC0415  # not for --help
    from sendeturm.text import slug  # noqa: PLC0415  # the same

    return keep_keys(slug(title)[:40].strip("-"), keys.access_key, keys.secret_key)
