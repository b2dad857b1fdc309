"""Building the preview and serving it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sendeturm.cli.checking import problems_here, show_errors
from sendeturm.cli.preview import PORT
from sendeturm.cli.problems import tell
from sendeturm.cli.progress import listening
from sendeturm.cli.report import print_times
from sendeturm.cli.screen import is_terminal, print_document, say
from sendeturm.errors import SendeturmError, Severity
from sendeturm.i18n import chosen_language, translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.errors import Problem
    from sendeturm.model import Config
    from sendeturm.store import FolderStore, PreviewServer

LOOPBACK = "127.0.0.1"
LISTENING = "_preview/index.html"
TAKEN = "store.port-taken"


def preview(call: Call, port: int | None, *, opens_browser: bool) -> None:
    """Build the preview, say where it is, and serve it until Ctrl-C.

    Raises SendeturmError if a given port is taken, or the show's settings cannot be read.
    """
    from sendeturm.publish import clear_preview, preview_root  # noqa: PLC0415  # not for --help
    from sendeturm.sources import read_config  # noqa: PLC0415  # the same
    from sendeturm.store import FolderStore  # noqa: PLC0415  # the same

    folder = call.show_folder()
    config = read_config(folder)
    _tell_problems(folder, config)
    clear_preview(folder)
    store = FolderStore(preview_root(folder), "preview/")
    with _server(store, port) as (server, address):
        _build(call, config, server, address)
        if opens_browser and is_terminal():
            _open_browser(address)
        with suppress(KeyboardInterrupt):  # the way out, no accident
            server.serve_forever()


def _build(call: Call, config: Config, server: PreviewServer, address: str) -> None:
    """Make the pages, and let the server play the recordings beside what was made of them."""
    from sendeturm import publish  # noqa: PLC0415  # not for --help
    from sendeturm.store.serving import Beside  # noqa: PLC0415  # the same

    store, language = server.store, chosen_language()
    planned = publish.plan_preview(call.show_folder(), config, store, address)
    with listening(call, planned.titles) as listen:
        outcome = publish.build_preview(planned, store, listen)
        compared = publish.compare_preview(planned, outcome, store, listen, language)
    server.beside = {key: Beside(path, kind) for key, (path, kind) in compared.files.items()}
    _announce(call, address, [*outcome.problems, *compared.problems])
    if call.verbose and not call.as_json:
        print_times(listen, planned.titles)


def _tell_problems(folder: Path, config: Config) -> None:
    """Tell what will be missing; raises SendeturmError if the whole show cannot be made."""
    errors = show_errors(folder, config)
    if errors:
        raise SendeturmError(errors)
    tell(p for p in problems_here(folder, config) if p.severity is Severity.ERROR)


@contextmanager
def _server(store: FolderStore, port: int | None) -> Iterator[tuple[PreviewServer, str]]:
    """Give a server that listens already, so that its address is known before pages are made."""
    server = _bound(store, port)
    try:
        yield server, f"http://{LOOPBACK}:{server.server_address[1]}"
    finally:
        server.server_close()


def _bound(store: FolderStore, port: int | None) -> PreviewServer:
    from sendeturm.store import serve  # noqa: PLC0415  # not for --help

    if port is not None:
        return serve(store, LOOPBACK, port)
    try:
        return serve(store, LOOPBACK, PORT)
    except SendeturmError as error:
        if any(p.code != TAKEN for p in error.problems):
            raise
        return serve(store, LOOPBACK, 0)


def _announce(call: Call, address: str, problems: Sequence[Problem]) -> None:
    listening_room = f"{address}/{LISTENING}"
    if call.as_json:
        addresses = {"address": f"{address}/", "feed": f"{address}/feed.xml"}
        print_document(addresses | {"before_and_after": listening_room})
        return
    tell(problems)
    say(translate("The show is at {address}").format(address=f"{address}/"))
    say(translate("Before and after: {address}").format(address=listening_room))
    say(translate("Ctrl-C ends the preview."))


def _open_browser(address: str) -> None:
    import webbrowser  # noqa: PLC0415  # at a terminal only

    webbrowser.open(f"{address}/")
