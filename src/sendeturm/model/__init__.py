"""The values that travel through the house; frozen, pure, without I/O or clock."""

from sendeturm.model.common import (
    Chapter,
    Credit,
    Cue,
    ImageFacts,
    Loudness,
    Person,
    StoredFile,
    TranscriptFile,
)
from sendeturm.model.config import (
    AS_IS,
    LOCAL_ADDRESS,
    Config,
    ShowSettings,
    SoundSettings,
    StorageSettings,
    Taking,
)
from sendeturm.model.episode import (
    Episode,
    EpisodeFacts,
    EpisodeType,
    FrontMatter,
    Recorded,
    Track,
)
from sendeturm.model.markup import Element, FeedText
from sendeturm.model.pictures import Pixels
from sendeturm.model.record import (
    FORMAT,
    FORMAT_MAJOR,
    Record,
    ShowFacts,
    ShowRecord,
    SourceDigests,
)
from sendeturm.model.site import PageFacts, SiteFacts
from sendeturm.model.sound import (
    AudioFacts,
    Cut,
    Material,
    Measurement,
    Recipe,
    Rendition,
    SoundFile,
    Voices,
)

__all__ = [
    "AS_IS",
    "FORMAT",
    "FORMAT_MAJOR",
    "LOCAL_ADDRESS",
    "AudioFacts",
    "Chapter",
    "Config",
    "Credit",
    "Cue",
    "Cut",
    "Element",
    "Episode",
    "EpisodeFacts",
    "EpisodeType",
    "FeedText",
    "FrontMatter",
    "ImageFacts",
    "Loudness",
    "Material",
    "Measurement",
    "PageFacts",
    "Person",
    "Pixels",
    "Recipe",
    "Record",
    "Recorded",
    "Rendition",
    "ShowFacts",
    "ShowRecord",
    "ShowSettings",
    "SiteFacts",
    "SoundFile",
    "SoundSettings",
    "SourceDigests",
    "StorageSettings",
    "StoredFile",
    "Taking",
    "Track",
    "TranscriptFile",
    "Voices",
]
