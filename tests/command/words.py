"""Words of the kernel command line (docs/report.md): run=GLOBS, from=N, log=full, ..."""

import re
import sys
from fnmatch import fnmatchcase

from .mistake import Mistake
from .spelling import proposal

WORDS = ["run=", "from=", "log=", "seed=", "count=", "except=", "list", "bench"]
VALUES = {"log=": ["log=full", "log=failures", "log=quiet"]}    # of words that take no others


def kernel_words(words):
    """The words, if a command line can be made of them.  Of those that the kernel would only report
    as a test in error, among all the others, it is told at once."""
    for word in words:
        if not re.fullmatch(r"[!-~]+", word) or re.search(r"['\"\\]", word):
            raise Mistake(f"{word!r} cannot be a word for the kernel: no spaces, quotes or \\")
        said = advice(word)
        if said:
            print(f"trapline: the kernel takes no word '{word}'{said}", file=sys.stderr)
    return words


def advice(word):
    """What to say of a word that the kernel does not take, None if it takes it."""
    key = re.match("[^=]*=?", word)[0]
    if word.endswith((".asm", ".bin")) and key not in WORDS:
        return f"; did you mean --scenario={word}?"
    if key not in WORDS:
        return proposal(key, WORDS)
    allowed = VALUES.get(key, [word])
    return None if word in allowed else proposal(word, allowed)


def instead(chosen, *others):
    """The words, and others that take the place of those with the same key."""
    keys = [word.split("=")[0] for word in others]
    return [word for word in chosen if word.split("=")[0] not in keys] + list(others)


def globs(chosen):
    """What `run=` says."""
    return [glob for word in chosen if word.startswith("run=")
            for glob in word.removeprefix("run=").split(",")]


def matches(name, glob):
    """As the kernel's globs do: no character but * and ? stands for others."""
    return fnmatchcase(name, glob.replace("[", "[[]"))


def picks(chosen, name):
    """Whether globs as in `run=` may pick the test."""
    wanted = [glob for glob in chosen if not glob.startswith("-")] or ["*"]
    return any(matches(name, glob) for glob in wanted)


def glob_of(name):
    """One that picks the test: behind a leading - it would be left out."""
    return f"?{name[1:]}" if name.startswith("-") else name


def number(chosen, key):
    """What `key=` says, 1 if nothing does, or what the kernel refuses."""
    given = [word.partition("=")[2] for word in chosen if word.startswith(f"{key}=")]
    return max(1, int(given[-1])) if given and given[-1].isdecimal() else 1
