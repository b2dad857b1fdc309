"""A second folder with the same objects, made without copying where the disk allows it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from sendeturm.store.disk import disk_told
from sendeturm.store.folder import META, FolderStore


def twin(store: FolderStore, root: Path, label: str, keeps: Callable[[str], bool]) -> FolderStore:
    """Return a new store below `root` with the objects of `store` whose keys `keeps` wants.

    Nothing is ever written into a file that lies in a store, so that both may share it: what is
    put into one later is not seen in the other. The new one is not `lasting`. Raises
    SendeturmError for a full disk.
    """
    with disk_told(label):
        for listed in store.list_objects():
            if keeps(listed.key):
                _share(store.root, root, listed.key)
                _share(store.root, root, f"{META}{listed.key}~.json")
    return FolderStore(root, label, lasting=False)


def _share(before: Path, after: Path, name: str) -> None:
    source, target = before / name, after / name
    if not source.is_file():  # an object that nothing describes
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)
