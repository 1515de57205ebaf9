"""Failures as GitHub's workflow commands, which it shows at the line of the source they name.

They go to stderr: GitHub reads both streams, and what stands on stdout stays the report alone, to
be saved and read by anything.
"""

import os

from .plain import read_back
from .platform import ROOT


def annotation(result):
    """The workflow command for a test's result, None if that is no failure or names no line."""
    place = result.place()
    if result.outcome not in ("failed", "error") or not place:
        return None
    path = in_repository(read_back(place.file))
    where = f"file={as_property(path)},line={place.line}," if path else ""
    return f"::error {where}title={as_property(result.name)}::{as_text(place.text)}"


def in_repository(path):
    """The path as seen from the top of the repository that GitHub checked out, or None."""
    top = os.path.realpath(os.environ.get("GITHUB_WORKSPACE") or ROOT)
    for start in ROOT, os.getcwd():
        absolute = os.path.realpath(os.path.join(start, path))
        if os.path.exists(absolute) and absolute.startswith(f"{top}/"):
            return os.path.relpath(absolute, top)
    return None


def as_text(text):
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def as_property(text):
    return as_text(text).replace(":", "%3A").replace(",", "%2C")
