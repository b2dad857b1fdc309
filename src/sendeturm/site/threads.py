"""Where an episode is talked about, as its page leads there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sendeturm.model.vocabulary import SocialPost

_STATUS = re.compile(r"/(?:@[^/]+|users/[^/]+/statuses|notice|web/@[^/]+)/(\w+)/?$")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thread:
    """A post that listeners answer; `name` is what its link says.

    `replies` is the address that gives the answers as JSON, empty where only the link leads on;
    `host` is then the one that is asked, when a visitor wants it.
    """

    url: str
    name: str
    host: str | None = None
    replies: str = ""


def thread(posts: Iterable[SocialPost]) -> Thread | None:
    """Return the post that counts first, None if there is none or comments are not wanted."""
    wanted = [post for post in posts if post.protocol != "disabled" and _is_web(post.url)]
    if not wanted:
        return None
    first = min(wanted, key=lambda post: (post.priority is None, post.priority or 0))
    url = str(first.url)
    host = urlsplit(url).hostname or ""
    status = _STATUS.search(urlsplit(url).path)
    name = first.account or host
    if first.protocol != "activitypub" or not status or not _HOST.fullmatch(host):
        return Thread(url, name)
    return Thread(url, name, host, f"https://{host}/api/v1/statuses/{status[1]}/context")


def _is_web(url: str | None) -> bool:
    try:
        return bool(url) and urlsplit(url).scheme in ("https", "http")
    except ValueError:
        return False
