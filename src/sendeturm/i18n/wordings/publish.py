"""What the room `publish` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    # What does not come back from the storage
    "publish.not-as-published": Wording(
        "what is published cannot be brought as it is: it would come out otherwise",
        "what is on the air stays as it is; copy this file from the computer that has it",
    ),
    "publish.lost-object": Wording(
        "it is named by what is published, and its object {missing} is not in the storage",
        "publish once more from the computer that has this file",
    ),
    # What an export cannot bring
    "publish.not-in-storage": Wording(
        "it is named by what is published, and it is not in the storage",
        "publish once more from the computer that has your files, then export again",
    ),
    "publish.not-as-stored": Wording(
        "what came is not what was stored under this name",
        "export again; if it stays so, the storage has lost it: publish it once more",
    ),
    "publish.not-an-export": Wording(
        "this is neither an empty folder nor an export of this show",
        "name a new folder, or an empty one",
    ),
    "publish.export-in-storage": Wording(
        "this folder lies in the storage itself: {place}", "name one outside of it"
    ),
    # What keeps a show from moving
    "publish.moves-to-itself": Wording(
        "this is the address that the feed has already", "name the new one"
    ),
    "publish.moves-private": Wording(
        "this show is private: no public feed can lead anybody on",
        "give the new private address to your friends yourself",
    ),
    "publish.moves-from-nowhere": Wording(
        "this show has no public address yet that it could move away from",
        "set address under [storage], and publish",
    ),
    "publish.not-all-there": Wording(
        "{count} of {all} episodes are not there under the identity that apps know: {titles}",
        "let the new host import the feed once more, every identity as it is; if it is meant:"
        " sendeturm move --anyway {url}",
    ),
    "publish.none-there": Wording(
        "none of the episodes there has the identity that apps know: all of them would be"
        " downloaded again",
        "the new host must keep every identity as it is; write to it before you move",
    ),
    "publish.other-podcast-guid": Wording(
        "the show there has another identity ({found}) than here ({own})",
        "if the new host lets you, set podcast:guid there to {own}, so that apps know the show"
        " again",
    ),
    "publish.no-podcast-guid": Wording(
        "the feed there does not say which show it is",
        "if the new host lets you, set podcast:guid there to {own}",
    ),
    "publish.leads-back": Wording(
        "the feed there says that it has moved to {url}",
        "take that away at the new host first: apps would go round in a circle",
    ),
    # What the guard refuses
    "publish.other-show": Wording(
        "another show is published in this place: {title}",
        "choose another place under [storage], or bring back the id this show had",
    ),
    "publish.moved-address": Wording(
        "the show's public address changes from {old} to {new}",
        "listeners' apps go on asking at the old one; if it leads to the new one:"
        " sendeturm publish --allow moved-address",
    ),
    "publish.older-show": Wording(
        "these settings or this cover are an older state of the show than the published one",
        "listeners would get back what you have changed since; fetch the newest files,"
        " or if it is meant: sendeturm publish --allow older-show",
    ),
    "publish.allows-nothing": Wording(
        "--allow {permit} allows nothing: nothing of that name is refused",
        "leave it out; what is refused says itself how it is allowed",
    ),
    "publish.new-identity": Wording(
        "this is {title}, which is published already, under another identity",
        "every app would show it twice and download it again;"
        ' write guid = "{guid}" at the top of its file',
    ),
    "publish.former-identity": Wording(
        "this episode was published as new since, and its file here is from before",
        'fetch the newest file, or write guid = "{guid}" and published_at = {date}',
    ),
    "publish.same-episode": Wording(
        "this and {other} are the same episode, one of them from before it was published as new",
        "delete the older of the two files",
    ),
    "publish.older-source": Wording(
        "this is an older state of the episode than the published one",
        "listeners would get back what you have corrected since; fetch the newest files,"
        " or if it is meant: sendeturm publish --allow {permit}",
    ),
    "publish.moved-date": Wording(
        "the date of an episode that is on the air has changed; it was {before}",
        "apps would sort it anew, and some would announce it once more; write the old date again,"
        " or if it is meant: sendeturm publish --allow {permit}",
    ),
    "publish.new-audio": Wording(
        "the recording of an episode that is on the air has changed",
        "to correct it quietly (some apps download it again, others keep what they have):"
        " sendeturm publish --allow {permit}; for everybody to get it as a new episode, dated now:"
        " sendeturm publish --allow as-new={stem}",
    ),
    "publish.empty-feed": Wording(
        "the feed would be empty, though listeners see episodes in it now",
        "apps would lose the whole list; if it is meant: sendeturm publish --allow {permit}",
    ),
    "publish.pages-elsewhere": Wording(
        "feed and pages of this show live at {address}, which only its own settings lead to",
        "run this in the show's folder, where sendeturm.toml names the webspace",
    ),
    "publish.feed-knows-more": Wording(
        "the published feed has episodes the storage does not know ({count}),"
        " the first has the identity {first}",
        "the feed is left as it is; if another program made it, publish to a place of its own,"
        " otherwise bring back .sendeturm/episodes/ in the storage from a backup",
    ),
    # Episodes
    "publish.no-jingle": Wording(
        "there is no sound file {value}", "put it there, or correct its name under [sound]"
    ),
    "publish.fits-already": Wording(
        "this finished file sounds right already: {lufs:figure} LUFS, peaks of {peak:figure} dB",
        'to publish it untouched, write sound = "as is" between the +++ lines; otherwise it is'
        " mastered and encoded once more",
    ),
    "publish.several-as-is": Wording(
        "an episode of several files cannot go out as it is",
        'write sound = "mastered" between the +++ lines',
    ),
    "publish.no-recording": Wording(
        "this episode has no recording and is not published yet",
        "put the recording beside it, with the same name but for the ending (.wav, .flac, .mp3 …)",
    ),
    "publish.no-recording-here": Wording(
        "there is no recording of this episode here to listen to",
        "put the recording into episodes/, with the episode's name",
    ),
    "publish.has-transcript": Wording(
        "the episode has a transcript already", "to have it written anew, add --replace"
    ),
    "publish.nobody-speaks": Wording(
        "no words were understood in this recording",
        "see whether it is the right one, or try a larger --model",
    ),
    "publish.slug-is-fixed": Wording(
        "the address of the episode's page is fixed since it was published: {slug}",
        'write slug = "{slug}", or delete the line',
    ),
    "publish.lost-site-file": Wording(
        "{name} of the show's own look is no longer in the storage",
        "publish from the show's folder, where it lies",
    ),
    "publish.page-slug-taken": Wording(
        "an episode has the address {slug} already, so this page is left out",
        "give the file another name",
    ),
    "publish.slug-taken": Wording(
        "another episode's page has the address {slug} already",
        "write another slug, or delete the line and get a free one",
    ),
    "publish.draft-on-air": Wording(
        "this is marked as a draft, but it is on the air",
        "it stays on the air as it is; delete draft = true to go on changing it",
    ),
    "publish.taken-back": Wording(
        "this episode was taken back and stays away",
        "to bring it back: sendeturm publish --again {stem};"
        " with draft = true it is no longer named here",
    ),
    "publish.undone": Wording(
        "this change was undone and stays away",
        "change the file, or bring it back: sendeturm publish --again {stem}",
    ),
    "publish.show-undone": Wording(
        "this change of the show was undone and stays away",
        "change the settings, or bring it back: sendeturm publish --again show",
    ),
    "publish.nothing-again": Wording(
        "--again {name} brings nothing back: nothing of that name was taken back",
        "leave it out, or write the name of the episode's file without its ending",
    ),
    "publish.nothing-to-undo": Wording(
        "there is no publication in {place} that could be undone",
        "sendeturm unpublish takes single episodes off the air",
    ),
    "publish.changed-meanwhile": Wording(
        "somebody else has published this at the same time",
        "look what is on the air now, and run it again",
    ),
    "publish.sound-lost": Wording(
        "the former sound of the episode is not in {place} any more",
        "publish the former recording again",
    ),
    "publish.chapter-too-late": Wording(
        "the chapter {title} begins after the end of the recording ({duration_s} seconds)",
        "correct its time or leave it out",
    ),
    "publish.no-chapter-picture": Wording(
        "the picture of the chapter {title} is not there: {value}",
        "put it into episodes/, or correct its name",
    ),
    "publish.transcript-too-late": Wording(
        "the transcript goes on at {at}, after the end of the episode ({end})",
        "take the transcript of this very recording, or delete what lies after the end",
    ),
    "publish.closed": Wording(
        "the show is closed, and many apps look for new episodes no more",
        "take closed = true away before you publish, if it goes on",
    ),
    "publish.lost-soundbite": Wording(
        "a soundbite ends after the episode ({duration_s} seconds), or was cut out of it",
        "correct its start_s and duration_s, or leave it out",
    ),
    # The storage
    "publish.nothing-published": Wording(
        "nothing is published in {place} yet",
        "run sendeturm publish in the show's folder first, or correct the place",
    ),
    "publish.newer-format": Wording(
        "this was written by a newer sendeturm (format {found}, known here: {known})",
        "install the newest one: pip install --upgrade sendeturm",
    ),
    "publish.broken-record": Wording(
        "this file in the storage is damaged",
        "bring it back from a backup of the storage, or delete it there and run sendeturm publish"
        " in the show's folder",
    ),
    "publish.not-arrived": Wording(
        "this file did not arrive whole in {place}",
        "nothing that listeners see has changed; run it again",
    ),
    "publish.never-settles": Wording(
        "someone else is publishing at the same time",
        "wait a minute, then run sendeturm feed",
    ),
    # This computer
    "publish.cannot-write": Wording(
        "this file cannot be written ({reason})",
        "make room on the disk, or give yourself the right to write there",
    ),
    "publish.bad-now": Wording(
        "the time in SENDETURM_NOW cannot be read: {value}",
        "write it with its zone, for example 2026-11-20T06:00:00+01:00",
    ),
    "publish.not-there": Wording(
        "this file of a published episode is not in {place}",
        "publish the episode again from the computer that has its recording",
    ),
    "publish.in-the-way": Wording(
        "{other} is in the way, the cover was left as it is", "move it away, and try again"
    ),
}
