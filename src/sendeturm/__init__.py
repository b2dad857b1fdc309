"""sendeturm: from a recording to a podcast on your own bucket."""

__version__ = "0.1.0"
