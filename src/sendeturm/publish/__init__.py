"""Gather, plan, guard, apply: from sources to what is published, and the rebuild for cron."""

from sendeturm.publish.apply import Outcome, apply
from sendeturm.publish.cron import FeedRun, last_heartbeat, run_feed
from sendeturm.publish.desk import Published
from sendeturm.publish.exporting import EXPORT, Exported, Home, export
from sendeturm.publish.finding import Found, fetched_media, find_episode
from sendeturm.publish.foreseeing import Foreseen, foresee, foreseen_feed
from sendeturm.publish.forgetting import Forgotten, forget
from sendeturm.publish.guard import Refusal
from sendeturm.publish.mending import Mended, mend_covers
from sendeturm.publish.moving import (
    BACK,
    OPEN,
    Leaving,
    announce,
    look_at_new_home,
    read_leaving,
)
from sendeturm.publish.offers import finished_files, offers
from sendeturm.publish.places import cache_folder
from sendeturm.publish.plan import EpisodeStep, ListenersView, Plan, RenderStep, ShowStep
from sendeturm.publish.preview import (
    PreviewPlan,
    build_preview,
    compare_preview,
    plan_preview,
    preview_place,
    preview_root,
)
from sendeturm.publish.private import private_address, replace_private_address
from sendeturm.publish.pruning import Unused, plan_prune, prune
from sendeturm.publish.publication import make_plan
from sendeturm.publish.pulling import Pulled, pull
from sendeturm.publish.receipt import Receipt, receipt_of
from sendeturm.publish.rendering import Rendered
from sendeturm.publish.situation import Situation
from sendeturm.publish.telling import Told, is_listed, tell_world
from sendeturm.publish.transcribing import material_to_hear, write_transcript
from sendeturm.publish.undoing import Desk, Restored, Undo, desk_at, plan_undo, undo, unpublish

__all__ = [
    "BACK",
    "EXPORT",
    "OPEN",
    "Desk",
    "EpisodeStep",
    "Exported",
    "FeedRun",
    "Foreseen",
    "Forgotten",
    "Found",
    "Home",
    "Leaving",
    "ListenersView",
    "Mended",
    "Outcome",
    "Plan",
    "PreviewPlan",
    "Published",
    "Pulled",
    "Receipt",
    "Refusal",
    "RenderStep",
    "Rendered",
    "Restored",
    "ShowStep",
    "Situation",
    "Told",
    "Undo",
    "Unused",
    "announce",
    "apply",
    "build_preview",
    "cache_folder",
    "compare_preview",
    "desk_at",
    "export",
    "fetched_media",
    "find_episode",
    "finished_files",
    "foresee",
    "foreseen_feed",
    "forget",
    "is_listed",
    "last_heartbeat",
    "look_at_new_home",
    "make_plan",
    "material_to_hear",
    "mend_covers",
    "offers",
    "plan_preview",
    "plan_prune",
    "plan_undo",
    "preview_place",
    "preview_root",
    "private_address",
    "prune",
    "pull",
    "read_leaving",
    "receipt_of",
    "replace_private_address",
    "run_feed",
    "tell_world",
    "undo",
    "unpublish",
    "write_transcript",
]
