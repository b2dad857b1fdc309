"""Where a show lives: a folder or an S3 bucket, behind one protocol; and the preview server.

Only the protocol is imported at once; boto3 and the server wait until they are asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sendeturm.store.protocol import BytesDone, Head, Listed, ObjectMeta, Store, Stored

if TYPE_CHECKING:
    from sendeturm.store.folder import FolderStore
    from sendeturm.store.opening import open_store, place_problems
    from sendeturm.store.s3 import S3Store
    from sendeturm.store.serving import PreviewServer, serve

__all__ = [
    "BytesDone",
    "FolderStore",
    "Head",
    "Listed",
    "ObjectMeta",
    "PreviewServer",
    "S3Store",
    "Store",
    "Stored",
    "open_store",
    "place_problems",
    "serve",
]

_LATE = {
    "FolderStore": "folder",
    "PreviewServer": "serving",
    "S3Store": "s3",
    "open_store": "opening",
    "place_problems": "opening",
    "serve": "serving",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in _LATE:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
