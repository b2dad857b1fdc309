"""Where a show lives: a folder or an S3 bucket, behind one protocol; and the preview server.

Only the protocol is imported at once; boto3 and the server wait until they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late
from sendeturm.store.capabilities import Capabilities
from sendeturm.store.protocol import (
    ABSENT,
    BytesDone,
    Condition,
    ConditionFailedError,
    ConditionUnsupportedError,
    Head,
    Listed,
    Notify,
    ObjectMeta,
    Store,
    Stored,
)

if TYPE_CHECKING:
    from sendeturm.store.examining import examine
    from sendeturm.store.findings import Examination, Finding
    from sendeturm.store.folder import FolderStore
    from sendeturm.store.memory import learn, recall, remember
    from sendeturm.store.opening import open_store, place_problems
    from sendeturm.store.s3 import S3Store
    from sendeturm.store.serving import PreviewServer, serve

__all__ = [
    "ABSENT",
    "BytesDone",
    "Capabilities",
    "Condition",
    "ConditionFailedError",
    "ConditionUnsupportedError",
    "Examination",
    "Finding",
    "FolderStore",
    "Head",
    "Listed",
    "Notify",
    "ObjectMeta",
    "PreviewServer",
    "S3Store",
    "Store",
    "Stored",
    "examine",
    "learn",
    "open_store",
    "place_problems",
    "recall",
    "remember",
    "serve",
]

__getattr__ = late(
    __name__,
    {
        "Examination": "findings",
        "Finding": "findings",
        "FolderStore": "folder",
        "PreviewServer": "serving",
        "S3Store": "s3",
        "examine": "examining",
        "learn": "memory",
        "open_store": "opening",
        "place_problems": "opening",
        "recall": "memory",
        "remember": "memory",
        "serve": "serving",
    },
)
