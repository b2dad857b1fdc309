"""Ways into podcast apps, as links that the apps themselves have registered."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Way:
    """A link that opens an app with the show in it."""

    app: str
    link: str


def ways(feed_url: str, title: str) -> tuple[Way, ...]:
    """Return a link for each common app; none of them asks a server before it is followed."""
    bare = feed_url.partition("://")[2]
    whole = quote(feed_url, safe="")
    antennapod = f"https://antennapod.org/deeplink/subscribe?url={whole}"
    return (
        Way("AntennaPod", f"{antennapod}&title={quote(title, safe='')}"),
        Way("Apple Podcasts", f"podcast://{bare}"),
        Way("Castro", f"castros://subscribe/{bare}"),
        Way("Overcast", f"overcast://x-callback-url/add?url={whole}"),
        Way("Pocket Casts", f"pktc://subscribe/{bare}"),
        Way("Podcast Addict", f"podcastaddict://{bare}"),
    )


def any_app(feed_url: str) -> str:
    """Return the link that opens whichever app the visitor has chosen for podcasts."""
    return f"podcast://{feed_url.partition('://')[2]}"
