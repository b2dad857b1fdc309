"""What the room `pictures` says."""

from sendeturm.i18n.wording import Wording

WORDINGS: dict[str, Wording] = {
    "pictures.missing": Wording(
        "the picture is not there",
        "put it there, or write the name of the picture you have",
    ),
    "pictures.unreadable": Wording(
        "the picture cannot be read: {reason}",
        "check who may read it",
    ),
    "pictures.empty": Wording(
        "the picture is empty (0 bytes)",
        "copy it again",
    ),
    "pictures.too-heavy": Wording(
        "the picture is larger than {most_mb} MB",
        "save it as a JPEG of 3000 × 3000 pixels",
    ),
    "pictures.too-many-pixels": Wording(
        "the picture has more than {most_megapixels} million pixels",
        "scale it down to 3000 × 3000 pixels",
    ),
    "pictures.not-a-picture": Wording(
        "this is no picture in JPEG, PNG or WebP",
        "save it as JPEG or PNG in a picture program; a new name alone is not enough",
    ),
    "pictures.damaged": Wording(
        "the picture is damaged or breaks off",
        "copy or save it again",
    ),
    "pictures.not-square": Wording(
        "the cover is not square: {pixels} pixels",
        "crop it to {side_px} × {side_px} pixels or less, in any picture program",
    ),
    "pictures.too-small": Wording(
        "the cover is too small: {pixels} pixels",
        "save it with {least_px} × {least_px} pixels at least, better 3000 × 3000",
    ),
}
