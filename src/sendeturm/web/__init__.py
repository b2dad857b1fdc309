"""HTTP out: fetching what nobody vouches for, downloads, and short calls, all within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late

if TYPE_CHECKING:
    from sendeturm.web.asking import ask_once, shown
    from sendeturm.web.downloading import download
    from sendeturm.web.fetching import Fetched, Limits, fetch
    from sendeturm.web.limits import DownloadLimits
    from sendeturm.web.network import is_public
    from sendeturm.web.receiving import Downloaded

__all__ = [
    "DownloadLimits",
    "Downloaded",
    "Fetched",
    "Limits",
    "ask_once",
    "download",
    "fetch",
    "is_public",
    "shown",
]

__getattr__ = late(
    __name__,
    {
        "DownloadLimits": "limits",
        "Downloaded": "receiving",
        "Fetched": "fetching",
        "Limits": "fetching",
        "ask_once": "asking",
        "download": "downloading",
        "fetch": "fetching",
        "is_public": "network",
        "shown": "asking",
    },
)
