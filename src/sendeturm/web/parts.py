"""The beginning of a file that is still coming, and what it is the beginning of."""

from __future__ import annotations

import re
from contextlib import suppress
from http.client import HTTPResponse
from pathlib import Path
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError

PART: Final = ".part"
NOTES: Final = ".part.json"
_RANGE: Final = re.compile(r"bytes\s+(\d+)-(\d+)/(\d+|\*)\s*", re.ASCII)
_PACKED: Final = ("gzip", "x-gzip")
_PLAIN: Final = ("", "identity")


class Origin(BaseModel):
    """What a file on the web was when its first byte came."""

    model_config = ConfigDict(frozen=True)

    url: str
    """The address that was asked for."""
    reached: str
    """The address that answered in the end."""
    type: str
    """In lower case, without parameters; empty if the server does not say."""
    etag: str = ""
    modified: str = ""
    total: int | None = None
    """Bytes as they are sent, None if the server does not say."""
    encoding: str = ""

    @classmethod
    def of(cls, url: str, response: HTTPResponse) -> Self:
        """Return what an answer says about the whole file."""
        headers = response.headers
        return cls(
            url=url,
            reached=response.geturl(),
            type=headers.get_content_type() if "Content-Type" in headers else "",
            etag=str(headers.get("ETag", "")).strip(),
            modified=str(headers.get("Last-Modified", "")).strip(),
            total=response.length,
            encoding=str(headers.get("Content-Encoding", "")).strip().lower(),
        )

    @property
    def is_packed(self) -> bool:
        """Say whether the file comes packed with gzip."""
        return self.encoding in _PACKED

    @property
    def is_known(self) -> bool:
        """Say whether the file can be read as it comes."""
        return self.encoding in (*_PACKED, *_PLAIN)

    def headers_from(self, offset: int) -> dict[str, str]:
        """Return what asks for the rest, if the file is still the same; empty if none could tell.

        Source: RFC 9110, 13.1.5: a weak ETag proves nothing about bytes.
        """
        proof = self.etag if self.etag and not self.etag.startswith("W/") else self.modified
        return {"Range": f"bytes={offset}-", "If-Range": proof} if proof and offset else {}

    def goes_on_with(self, response: HTTPResponse, offset: int) -> bool:
        """Say whether an answer is this same file, from `offset` to its end."""
        found = _RANGE.fullmatch(str(response.headers.get("Content-Range", "")))
        if found is None or int(found[1]) != offset:
            return False
        total = None if found[3] == "*" else int(found[3])
        if total is not None and int(found[2]) + 1 != total:
            return False
        if self.total is not None and total != self.total:
            return False
        etag = str(response.headers.get("ETag", "")).strip() or self.etag
        encoding = str(response.headers.get("Content-Encoding", "")).strip().lower()
        return etag == self.etag and encoding == self.encoding


class Part:
    """A file on its way to `path`: `.part` beside it holds the bytes, `.part.json` the origin."""

    def __init__(self, path: Path) -> None:
        """Look at nothing yet."""
        self.path = path.with_name(path.name + PART)
        self._notes = path.with_name(path.name + NOTES)

    @property
    def size_bytes(self) -> int:
        """Return how much is there."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def origin(self, url: str) -> Origin | None:
        """Return what the part is the beginning of, None if it is not known to come from `url`."""
        try:
            found = Origin.model_validate_json(self._notes.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        return found if found.url == url else None

    def begin(self, origin: Origin) -> None:
        """Empty the part, then note whose beginning it will be: in this order, if it is killed."""
        self.path.write_bytes(b"")
        self._notes.write_text(origin.model_dump_json(), "utf-8")

    def drop(self) -> None:
        """Forget what is there."""
        self.path.unlink(missing_ok=True)
        self.forget()

    def forget(self) -> None:
        """Forget the origin."""
        with suppress(FileNotFoundError):
            self._notes.unlink()
