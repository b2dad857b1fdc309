"""Building the preview, serving it, and building it anew whenever something has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from sendeturm.cli.checking import problems_here, show_errors
from sendeturm.cli.preview import PORT
from sendeturm.cli.problems import tell
from sendeturm.cli.rebuilding import LivePreview, print_line
from sendeturm.cli.screen import is_terminal, say
from sendeturm.errors import SendeturmError, Severity
from sendeturm.i18n import translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.errors import Problem
    from sendeturm.model import Config
    from sendeturm.store import PreviewServer

LOOPBACK = "127.0.0.1"
LISTENING = "_preview/index.html"
TAKEN = "store.port-taken"


def preview(call: Call, port: int | None, *, opens_browser: bool) -> None:
    """Build the preview, say where it is, and keep it up to date until Ctrl-C.

    Raises SendeturmError if a given port is taken, or the show's settings cannot be read.
    """
    from sendeturm.publish import preview_place  # noqa: PLC0415  # not for --help
    from sendeturm.sources import read_config  # noqa: PLC0415  # the same

    folder = call.show_folder()
    config = read_config(folder)
    told = _tell_problems(folder, config)
    with preview_place(folder) as place, _server(place, port) as (server, address):
        live = LivePreview(call, folder, place, server, address)
        live.begin(config, told)
        _announce(call, address)
        with _served(server):
            if opens_browser and is_terminal():
                _open_browser(address)
            with suppress(KeyboardInterrupt):  # the way out, no accident
                live.keep_watch()


def _tell_problems(folder: Path, config: Config) -> list[Problem]:
    """Tell what will be missing, and return it.

    Raises SendeturmError if the whole show cannot be made.
    """
    errors = show_errors(folder, config)
    if errors:
        raise SendeturmError(errors)
    found = [p for p in problems_here(folder, config) if p.severity is Severity.ERROR]
    tell(found)
    return found


@contextmanager
def _server(place: Path, port: int | None) -> Iterator[tuple[PreviewServer, str]]:
    """Give a server that listens already, so that its address is known before pages are made."""
    server = _bound(place, port)
    try:
        yield server, f"http://{LOOPBACK}:{server.server_address[1]}"
    finally:
        server.server_close()


def _bound(place: Path, port: int | None) -> PreviewServer:
    from sendeturm.store import serve  # noqa: PLC0415  # not for --help

    if port is not None:
        return serve(place, LOOPBACK, port)
    try:
        return serve(place, LOOPBACK, PORT)
    except SendeturmError as error:
        if any(p.code != TAKEN for p in error.problems):
            raise
        return serve(place, LOOPBACK, 0)


@contextmanager
def _served(server: PreviewServer) -> Iterator[None]:
    """Answer requests meanwhile: a page is served while the next one is made."""
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def _announce(call: Call, address: str) -> None:
    listening_room = f"{address}/{LISTENING}"
    if call.as_json:
        addresses = {"address": f"{address}/", "feed": f"{address}/feed.xml"}
        print_line("serving", **addresses, before_and_after=listening_room)
        return
    say(translate("The show is at {address}").format(address=f"{address}/"))
    say(translate("Before and after: {address}").format(address=listening_room))
    say(translate("It follows every change that you save. Ctrl-C ends the preview."))


def _open_browser(address: str) -> None:
    import webbrowser  # noqa: PLC0415  # at a terminal only

    webbrowser.open(f"{address}/")
