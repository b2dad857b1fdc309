"""A stream worked on ahead in a thread, so that two stages of it use two cores."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TypeVar

Item = TypeVar("Item")

DEPTH = 4
_PATIENCE_S = 0.2


class _End:
    """The stream's end, with the error that ended it, if any."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def ahead(items: Iterable[Item], depth: int = DEPTH) -> Generator[Item, None, None]:
    """Yield `items`, made in a thread of their own, at most `depth` waiting.

    An error there is raised here. Closing this generator ends the thread.
    """
    queue: Queue[Item | _End] = Queue(depth)
    stopped = Event()
    thread = Thread(target=_fill, args=(items, queue, stopped), daemon=True)
    thread.start()
    try:
        while not isinstance(item := queue.get(), _End):
            yield item
        if item.error:
            raise item.error
    finally:
        stopped.set()
        _empty(queue)
        thread.join()


def _fill(items: Iterable[Item], queue: Queue[Item | _End], stopped: Event) -> None:
    end = _End()
    try:
        for item in items:
            if not _put(queue, item, stopped):
                return
    except BaseException as error:  # noqa: BLE001  # raised again where the stream is read
        end = _End(error)
    _put(queue, end, stopped)


def _put(queue: Queue[Item | _End], item: Item | _End, stopped: Event) -> bool:
    while not stopped.is_set():
        try:
            queue.put(item, timeout=_PATIENCE_S)
        except Full:
            continue
        return True
    return False


def _empty(queue: Queue[Item | _End]) -> None:
    while True:
        try:
            queue.get_nowait()
        except Empty:
            return
