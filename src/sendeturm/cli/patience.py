"""Tries again, told while they last: nobody should wonder why nothing moves."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from sendeturm.cli.problems import lines_of, tell

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.errors import Problem
    from sendeturm.store import Store


def tell_tries(call: Call, store: Store) -> Store:
    """Let a store's tries again be told on stderr, each in the same words once; return it."""
    if not (call.quiet or call.as_json):
        store.notify = _Patience()
    return store


class _Patience:
    """Tells a problem unless the same was told before; called from several threads."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._lock = Lock()

    def __call__(self, problem: Problem) -> None:
        """Tell it at once."""
        words = "\n".join(lines_of(problem))
        with self._lock:
            if words in self._told:
                return
            self._told.add(words)
        tell([problem])
