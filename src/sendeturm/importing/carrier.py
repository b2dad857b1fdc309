"""How files come: from the old host, or from beside the feed's file."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sendeturm.errors import fail
from sendeturm.events import Listener, Progress, Stage
from sendeturm.importing.nearby import Nearby
from sendeturm.sources.writing import unwritable
from sendeturm.web import DownloadLimits, Limits, download, fetch

PICTURE_LIMITS: Final = Limits(size_bytes=30_000_000, whole_s=120, redirects=10)
TEXT_LIMITS: Final = Limits(size_bytes=20_000_000, whole_s=120, redirects=10)
_BYTES_PER_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Carrier:
    """Brings files from the old host, or from beside the feed's file."""

    nearby: Nearby
    listen: Listener
    limits: DownloadLimits
    allow_private: bool = False

    def body(self, url: str, limits: Limits) -> bytes:
        """Return a small file; raises SendeturmError."""
        path = self.nearby.file_for(url)
        if path is None:
            return fetch(url, limits=limits, allow_private=self.allow_private).body
        if path.stat().st_size > limits.size_bytes:
            raise fail("web.too-large", file=path, most_mb=limits.size_bytes // _BYTES_PER_MB)
        return path.read_bytes()

    def sound(self, url: str, target: Path, subject: str) -> None:
        """Bring a large file to `target`; raises SendeturmError."""
        path = self.nearby.file_for(url)
        if path is None:
            download(
                url,
                target,
                limits=self.limits,
                allow_private=self.allow_private,
                listen=self.listen,
                subject=subject,
            )
            return
        size_bytes = path.stat().st_size
        part = target.with_name(f"{target.name}.part")
        try:
            shutil.copyfile(path, part)
            part.replace(target)
        except OSError as error:
            raise unwritable(target, error) from error
        self.listen(Progress(subject, Stage.DOWNLOAD, size_bytes, size_bytes))
