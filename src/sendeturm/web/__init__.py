"""HTTP out: fetching what nobody vouches for, downloads, and short calls, all within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late

if TYPE_CHECKING:
    from sendeturm.web.downloading import download
    from sendeturm.web.fetching import Fetched, Limits, fetch
    from sendeturm.web.limits import DownloadLimits
    from sendeturm.web.receiving import Downloaded

__all__ = ["DownloadLimits", "Downloaded", "Fetched", "Limits", "download", "fetch"]

__getattr__ = late(
    __name__,
    {
        "DownloadLimits": "limits",
        "Downloaded": "receiving",
        "Fetched": "fetching",
        "Limits": "fetching",
        "download": "downloading",
        "fetch": "fetching",
    },
)
