"""Cards of episodes that look different because the show does: its name or its cover changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sendeturm.events import Progress, Stage
from sendeturm.model import ImageFacts, Record, ShowRecord
from sendeturm.publish.history import put_history
from sendeturm.publish.pictures import episode_pictures
from sendeturm.publish.records import put_record
from sendeturm.publish.situation import Situation
from sendeturm.publish.workshop import Workshop
from sendeturm.store.protocol import ConditionFailedError


def redraw_cards(
    show: ShowRecord,
    situation: Situation,
    busy: Collection[str],
    publication: str,
    shop: Workshop,
) -> dict[str, str | None]:
    """Put anew the cards that would show something else in `show`, and the records that name them.

    Episodes whose GUID is `busy` get theirs when they are put. Returns the ETags of the records
    by key. This comes before the show's own record: a run that is killed begins here again.
    """
    desk, put = replace(shop, show=show), dict[str, str | None]()
    found = [one for one in situation.records.values() if one.record.is_on_air]
    for done, live in enumerate(found, start=1):
        if live.record.guid in busy:
            continue
        pictures = _pictures(live.record, desk)
        if all(getattr(live.record, name) == facts for name, facts in pictures.items()):
            continue
        after = live.record.model_copy(update={**pictures, "publication": publication})
        put_history(shop.store, live.record, after)
        try:
            put[live.key] = put_record(shop.store, after, live.etag).etag
        except ConditionFailedError:
            put[live.key] = None  # somebody else has just put it, with a card of its own
        shop.listen(Progress("", Stage.UPLOAD, done, len(found)))
    return put


def _pictures(record: Record, shop: Workshop) -> dict[str, ImageFacts | None]:
    return episode_pictures(record.facts, record.cover, record.audio, record, shop)
