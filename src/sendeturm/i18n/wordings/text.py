"""What the room `text` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    "text.no-chapter": Wording(
        "this is no chapter: {text}",
        "write a time and a title on each line, for example 00:12:30 The journey begins",
    ),
    "text.chapter-without-title": Wording(
        "a chapter has a time but no title", "write the chapter's title after the time"
    ),
    "text.chapters-at-once": Wording(
        "two chapters begin at the same time, the other one in line {other}",
        "correct one of the times, or delete one of the lines",
    ),
    "text.no-webvtt": Wording(
        "this transcript is no WebVTT file: its first line is not WEBVTT",
        "write WEBVTT and a blank line at the top, or name the file .srt if it is a SubRip file",
    ),
    "text.cue-without-times": Wording(
        "a stretch of the transcript has no times that can be read",
        "write them as 00:01:02.500 --> 00:01:06.000 in the line above the words,"
        " without blank lines between",
    ),
    "text.cues-without-gap": Wording(
        "two stretches of the transcript follow each other without a blank line",
        "put a blank line before the times of each stretch",
    ),
    "text.cue-ends-early": Wording(
        "a stretch of the transcript ends before it begins", "correct its times"
    ),
    "text.cue-goes-back": Wording(
        "a stretch of the transcript begins before the one above it",
        "bring the stretches into the order of time",
    ),
    "text.cues-overlap": Wording(
        "stretches of the transcript overlap ({count} times, here first)",
        "nothing to do if people speak at once; otherwise let each begin where the last one ends",
    ),
    "text.empty-transcript": Wording(
        "the transcript is empty", "export it once more, or delete the file"
    ),
    "text.more-problems": Wording(
        "more places of this kind are in the file: {count}", "mend the first ones and run again"
    ),
}
