"""Words of the kernel command line (docs/report.md): run=GLOBS, from=N, log=full, ..."""

import re
from fnmatch import fnmatchcase

from .mistake import Mistake


def kernel_words(words):
    """The words, if a command line can be made of them."""
    for word in words:
        if not re.fullmatch(r"[!-~]+", word) or re.search(r"['\"\\]", word):
            raise Mistake(f"{word!r} cannot be a word for the kernel: no spaces, quotes or \\")
    return words


def instead(chosen, *others):
    """The words, and others that take the place of those with the same key."""
    keys = [word.split("=")[0] for word in others]
    return [word for word in chosen if word.split("=")[0] not in keys] + list(others)


def globs(chosen):
    """What `run=` says."""
    return [glob for word in chosen if word.startswith("run=")
            for glob in word.removeprefix("run=").split(",")]


def picks(chosen, name):
    """Whether globs as in `run=` may pick the test."""
    wanted = [glob for glob in chosen if not glob.startswith("-")] or ["*"]
    return any(fnmatchcase(name, glob) for glob in wanted)


def number(chosen, key):
    """What `key=` says, 1 if nothing does, or what the kernel refuses."""
    given = [word.partition("=")[2] for word in chosen if word.startswith(f"{key}=")]
    return max(1, int(given[-1])) if given and given[-1].isdecimal() else 1
