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
    "text.chapters-same-time": Wording(
        "two chapters begin at the same time: {title} and {other}",
        "correct one of the times, or delete one of the two",
    ),
    "text.long-chapter": Wording(
        "a chapter's title is too long", "at most {limit} characters are allowed"
    ),
    "text.many-chapters": Wording(
        "the file has too many chapters: {count}",
        "at most {limit} are allowed; see whether it is the file you mean",
    ),
    "text.odd-link": Wording(
        "a chapter's link leads nowhere and is left out: {value}",
        "write it in full, beginning with https://",
    ),
    "text.odd-picture": Wording(
        "a chapter's picture cannot be used and is left out: {value}",
        "name a .jpg or .png file that lies in episodes/, or an address beginning with https://",
    ),
    "text.comment-without-time": Wording(
        "a chapter has no time that can be read",
        "write it as CHAPTER001=00:12:30.000, and the title as CHAPTER001NAME=…",
    ),
    "text.entry-without-time": Wording(
        "a chapter has no time that can be read", "write it in seconds, or as 00:12:30.000"
    ),
    "text.broken-json": Wording(
        "the file is no whole JSON document: {reason}", "export it once more"
    ),
    "text.no-json-chapters": Wording(
        "there are no chapters in this JSON file",
        'they are expected as {{"chapters": [{{"startTime": 0, "title": "…"}}]}}',
    ),
    "text.broken-psc": Wording(
        "the file is no whole XML document: {reason}", "export it once more"
    ),
    "text.psc-doctype": Wording(
        "the file defines its own entities, and those are not followed",
        "delete the line with <!DOCTYPE, or export the chapters once more",
    ),
    "text.no-psc": Wording(
        "there are no Podlove Simple Chapters in this file",
        "export the chapters as PSC; the file begins with <psc:chapters>",
    ),
    "text.no-reaper": Wording(
        "this is no project of REAPER", "save it once more with REAPER, or delete the file"
    ),
    "text.stamps": Wording(
        "the times in these notes are not taken for chapters",
        "if they are meant as chapters, let the first be 00:00 and bring them into order",
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
    "text.no-json-transcript": Wording(
        "there is no transcript in this JSON file",
        'it is expected as {{"segments": [{{"startTime": 0, "endTime": 2.5, "body": "…"}}]}}',
    ),
    "text.segment-without-times": Wording(
        "a stretch of the transcript has no times that can be read",
        "write startTime and endTime in seconds",
    ),
    "text.paragraph-without-time": Wording(
        "the time before a paragraph cannot be read",
        "write it as [00:01:02], or take the times off all paragraphs",
    ),
    "text.empty-transcript": Wording(
        "the transcript is empty", "export it once more, or delete the file"
    ),
    "text.more-problems": Wording(
        "more places of this kind are in the file: {count}", "mend the first ones and run again"
    ),
}
