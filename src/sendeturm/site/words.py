"""What pages say, in English; the catalogues give it in the show's language."""

from __future__ import annotations

from sendeturm.i18n import translate

WORDS: dict[str, str] = {
    "skip": "Skip to the content",
    "by": "By {name}",
    "cover_of": "Cover of {title}",
    "website": "More about the show",
    "menu": "Pages",
    "home": "Episodes",
    "about": "About the show",
    "about_short": "About",
    "subscribe_title": "Subscribe to {title}",
    "subscribe_lead": "Every app below opens with the show in it; any other takes the address.",
    "subscribe_ways": "All ways to subscribe",
    "subscribe_with": "Podcast apps",
    "further": "More about {title}",
    "subscribe": "Subscribe",
    "subscribe_app": "Open in your podcast app",
    "feed_address": "Feed address, for any podcast app",
    "copy": "Copy",
    "copied": "Copied",
    "episodes": "Episodes",
    "earlier": "Earlier episodes",
    "episodes_of": "Episodes of {year}",
    "years": "Episodes by the year",
    "no_episodes": "Nothing is on the air yet. Subscribe, and the first episode will find you.",
    "episode": "Episode {number}",
    "season": "Season {number}",
    "trailer": "Trailer",
    "bonus": "Bonus",
    "explicit": "Not for children",
    "listen_to": "Listen to {title}",
    "chapters": "Chapters",
    "notes": "About this episode",
    "people": "People",
    "host": "Host",
    "guest": "Guest",
    "editor": "Editor",
    "producer": "Producer",
    "transcript": "Transcript",
    "read": "Read along",
    "made_by": "Written down by a machine, {name}.",
    "find": "Find in the transcript",
    "search": "Search",
    "search_lead": "Titles, notes and transcripts",
    "search_script": "The search needs JavaScript; without it, all episodes are here:",
    "found": "{count} found",
    "speed": "Speed",
    "copy_moment": "Copy a link to this moment",
    "answer": "Your answer",
    "answer_lead": "What do you think? Write to",
    "thread": "Join the conversation:",
    "replies": "Show what is said there",
    "replies_note": "Asks {host}, and only now.",
    "replies_none": "Nobody has answered yet.",
    "replies_failed": "{host} gave no answer.",
    "recommended": "Shows we like",
    "spoken": "To say aloud and pass on:",
    "download": "Download the episode",
    "newer": "Next episode",
    "older": "Previous episode",
    "more_episodes": "More episodes",
    "feed": "RSS feed",
    "privacy": "This page sets no cookies and asks nobody else’s servers.",
    "date": "{day} {month} {year}",
    "duration_seconds": "{seconds} s",
    "duration_minutes": "{minutes} min",
    "duration_whole_hours": "{hours} h",
    "duration_hours": "{hours} h {minutes} min",
}
"""The words templates see as `words`, and those that dates and durations are made with."""

PREVIEW_WORDS: dict[str, str] = {
    "chapters": WORDS["chapters"],
    "date": WORDS["date"],
    "preview_mark": "Preview",
    "preview_here": "on this computer only",
    "preview_gone": "This page is no longer part of the show: its file was removed or renamed.",
    "preview_later": "This page has changed. It will be shown anew as soon as nothing plays.",
    "preview_ended": "The preview has ended: this page is no longer kept up to date.",
    "preview_title": "Before and after: {title}",
    "preview_all": "All episodes",
    "preview_site": "The show’s page",
    "preview_this": "Before and after",
    "preview_page": "This episode’s page",
    "preview_lead": "Each recording beside what will go out, at the same place, by one click.",
    "preview_empty": "There is no episode to hear yet.",
    "preview_player": "Before and after",
    "preview_place": "Place in the episode",
    "preview_play": "Play",
    "preview_pause": "Pause",
    "preview_compare": "What you hear",
    "preview_before": "Recording",
    "preview_after": "As it goes out",
    "preview_keys": "Space plays and pauses, X changes between recording and result.",
    "preview_jumps": "Jump to",
    "preview_start": "Start",
    "preview_end": "End",
    "preview_loudest": "Loudest",
    "preview_limited": "Most limited",
    "preview_part": "Part {number}",
    "preview_speech": "The speech begins",
    "preview_outro": "The speech ends",
    "preview_edits": "Where something was left out",
    "preview_joins": "Seams between the pieces that were encoded side by side",
    "preview_figures": "In figures",
    "preview_loudness": "Loudness",
    "preview_peak": "True peak",
    "preview_range": "Loudness range",
    "preview_voices": "Voices apart",
    "preview_pauses": "Pauses",
    "preview_done": "What was done",
    "preview_limited_by": "The limiter turned peaks down by up to {most} dB.",
    "preview_unlimited": "The limiter had nothing to do.",
    "draft": "Draft",
    "waiting": "No notes file yet",
    "scheduled": "Goes on the air on {date}, {time}",
}
"""The words of the preview's own pages, which are never published."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "iw", "ku", "ps", "sd", "ug", "ur", "yi"})


def primary_language(language: str) -> str:
    """Return the primary subtag of an ISO 639 code: `de` for `de-AT`."""
    return language.partition("-")[0].lower()


def direction(language: str) -> str:
    """Return which way `language` is written, `ltr` or `rtl`."""
    return "rtl" if primary_language(language) in _RIGHT_TO_LEFT else "ltr"


def page_words(language: str) -> dict[str, str]:
    """Return `WORDS` in `language`, English where there is no catalogue for it."""
    primary = primary_language(language)
    return {name: translate(text, primary) for name, text in WORDS.items()}


def preview_words(language: str) -> dict[str, str]:
    """Return `PREVIEW_WORDS` in `language`, English where there is no catalogue for it."""
    primary = primary_language(language)
    words = {name: translate(text, primary) for name, text in PREVIEW_WORDS.items()}
    return words | {"preview_language": language}


def month_names(language: str) -> tuple[str, ...]:
    """Return January to December in `language`."""
    primary = primary_language(language)
    return tuple(translate(month, primary) for month in MONTHS)
