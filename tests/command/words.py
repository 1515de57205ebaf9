"""Words of the kernel command line (docs/report.md): run=GLOBS, from=N, log=full, ..."""

import re
import sys
from fnmatch import fnmatchcase

from .mistake import Mistake
from .spelling import proposal

WORDS = ["run=", "from=", "to=", "order=", "times=", "log=", "seed=", "count=", "except=", "list",
         "bench", "census"]
VALUES = {                              # of words that take no others
    "log=": ["log=full", "log=scenario", "log=failures", "log=quiet"],
    "order=": ["order=plan", "order=reverse", "order=random", "order=given"],
}


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


def values(chosen, key):
    return [word.partition("=")[2] for word in chosen if word.startswith(f"{key}=")]


def number(chosen, key, usual=1):
    """What `key=` says; the usual number if nothing does, or what the kernel refuses: it takes
    64 bits."""
    given = [text.lstrip("0") for text in values(chosen, key) if text.isdecimal()]
    taken = [int(text) for text in given if text and len(text) <= 20 and int(text) < 1 << 64]
    return taken[-1] if taken else usual


def is_quiet(chosen):
    """Whether the kernel leaves out the lines that say which test starts."""
    taken = [level for level in values(chosen, "log") if f"log={level}" in VALUES["log="]]
    return taken[-1:] == ["quiet"]


def plain_name(name):
    """Of a test that is played several times: without what tells the times apart."""
    return re.sub(r"@\d+$", "", name)
