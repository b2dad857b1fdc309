"""What the room `sound` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    "sound.no-file": Wording("there is no such recording", "check the name and the folder"),
    "sound.unreadable": Wording(
        "the recording cannot be read: {reason}", "check the file's permissions and its disk"
    ),
    "sound.empty": Wording(
        "the recording is empty: 0 bytes", "export it again from the audio editor"
    ),
    "sound.not-audio": Wording(
        "this is no sound file that can be read: damaged, incomplete, or something else",
        "export it again from the audio editor as WAV, FLAC, MP3 or M4A",
    ),
    "sound.no-track": Wording(
        "there is no sound in this file, only pictures or text",
        "export the recording with its sound track",
    ),
    "sound.no-sound": Wording(
        "not one second of sound can be read from this file",
        "export it again from the audio editor",
    ),
    "sound.channels": Wording(
        "nobody can tell what the {channels} channels of this recording are",
        "mix them down to stereo in the audio editor",
    ),
    "sound.damaged": Wording(
        "the recording is damaged or ends too early: about {lost_s:figure} s of it are lost",
        "listen to the result, or copy the recording again from where it was made",
    ),
    "sound.unclosed": Wording(
        "the recording was never closed: by its own words it ends after {told_s:figure} s, but"
        " there is more, and all of it was taken",
        "listen to the end of the result",
    ),
    "sound.breaks-off": Wording(
        "the recording breaks off: the mark of its end is missing",
        "listen to the end of the result, or copy the recording again from where it was made",
    ),
    "sound.still-written": Wording(
        "the recording may still be growing: it changed {age_s} s ago, and its end is not there",
        "wait until it is finished, then repeat",
    ),
    "sound.senseless": Wording(
        "{samples} values in the recording are no sound and were replaced by silence",
        "listen to the result, or export the recording again",
    ),
    "sound.silent": Wording("the recording is silent", "check whether the microphone was recorded"),
    "sound.faint": Wording(
        "nothing but faint noise is to be heard: {lufs:figure} LUFS",
        "check whether the right microphone was recorded",
    ),
    "sound.quiet": Wording(
        "recorded very softly: turned up by {gain_db:figure} dB, and its noise with it"
    ),
    "sound.too-short": Wording(
        "the recording is too short: {duration_ms} ms", "record at least half a second"
    ),
    "sound.bitrate": Wording(
        "an MP3 cannot have {bitrate_kbps} kbit/s", "choose one of {known}, or leave it out"
    ),
    "sound.changed": Wording(
        "the recording changed while it was being read", "wait until it is finished, then repeat"
    ),
    "sound.not-finished": Wording(
        "this file ({found}) cannot go out as it is: podcast apps play MP3, M4A with AAC, and Opus",
        'write sound = "mastered" between the +++ lines, or export it as MP3, M4A or Opus',
    ),
    "sound.fitted-already": Wording(
        "was finished already, at {lufs:figure} LUFS with peaks of {peak:figure} dB: with sound ="
        " “as is” between the +++ lines it would have gone out untouched"
    ),
    "sound.as-is": Wording(
        "published as it is, not encoded again: {lufs:figure} LUFS, peaks of {peak:figure} dB"
    ),
    "sound.as-is-far-off": Wording(
        "this finished file has {lufs:figure} LUFS, the show aims at {target:figure}",
        'leave it, or write sound = "mastered" between the +++ lines',
    ),
    "sound.dual-mono": Wording(
        "both channels are the same: published as mono", "nothing to do; mono sounds no different"
    ),
    "sound.offset": Wording("the signal did not lie around zero and was moved there"),
    "sound.joined": Wording("{parts} parts joined, equally loud"),
    "sound.mixed": Wording(
        "{speakers} mixed, equally loud; before it was {apart_lu:figure} dB apart"
    ),
    "sound.levelled": Wording(
        "voices {before_lu:figure} → {after_lu:figure} LU apart,"
        " loudness range {range_before_lu:figure} → {range_after_lu:figure} LU,"
        " pauses {floor_before_lufs:figure} → {floor_after_lufs:figure} LUFS"
    ),
    "sound.silent-track": Wording(
        "the track of {speaker} is silent and was left out",
        "check whether this microphone was recorded",
    ),
    "sound.silent-jingle": Wording(
        "the intro or outro is silent and was left out", "choose another file in [sound]"
    ),
    "sound.trimmed": Wording(
        "silence cut off: {start_s:figure} s at the start, {end_s:figure} s at the end"
    ),
    "sound.shortened": Wording("{pauses} long pauses shortened, {shortened_s:figure} s in all"),
    "sound.encoded-again": Wording(
        "encoded {times} times until it was exact: at first the encoder made {lufs:figure} LUFS and"
        " peaks of {peak:figure} dB of it"
    ),
    "sound.alternate-encoded-again": Wording(
        "the {kind} encoded {times} times until it was exact: at first {lufs:figure} LUFS and peaks"
        " of {peak:figure} dB"
    ),
    "sound.missed-loudness": Wording(
        "the loudness came out at {reached:figure} LUFS instead of {target:figure}",
        "choose a quieter target in [sound] loudness_lufs, or compress the recording first",
    ),
    "sound.missed-peak": Wording(
        "the highest peak came out at {reached:figure} dB instead of at most {ceiling:figure}",
        "choose a higher [sound] bitrate_kbps",
    ),
    "sound.no-room": Wording(
        "the disk is full: {reason}", "make room, then repeat; nothing was published by halves"
    ),
    "sound.no-cache": Wording(
        "finished sound cannot be kept here: {reason}", "check the folder's permissions"
    ),
    # Writing down what is said
    "sound.no-engine": Wording(
        "what writes down speech is not installed",
        "install it: pip install 'sendeturm[transcribe]'",
    ),
    "sound.no-model": Wording(
        "the model {model} cannot be loaded: {reason}",
        "choose tiny, base, small, medium or large-v3, and be online when it is used first",
    ),
    "sound.unknown-language": Wording(
        "the model does not know the language {language}",
        'set another one: language = "en" in the episode\'s notes file',
    ),
}
