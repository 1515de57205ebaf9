"""What a platform is known to get wrong: tests/known/<platform>-<version>.

One line a test: `name | reason | title of the SDM's section`; `# comments` and blank lines.  A test
that would take the platform down has a fourth field, `left out`.  `name except=QUIRK | ...` is a
quirk that the test can correct for: the kernel is told by its word `except=`.
"""

import re
from typing import NamedTuple


class Known(NamedTuple):
    reason: str
    section: str
    left_out: bool


class Malformed(Exception):
    """A line of the list that cannot be read; says which, and what is allowed."""


def load(path):
    """Known failures by test name, or `name except=QUIRK`."""
    known = {}
    with open(path, encoding="ascii", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            fields = [field.strip() for field in line.split("|")]
            wrong = mistake(fields, known)
            if wrong:
                raise Malformed(f"{path}:{number}: {wrong}")
            known[fields[0]] = Known(*fields[1:3], left_out=len(fields) == 4)
    return known


def split_quirks(known):
    """The failures, and quirks as (test name, quirk's name) -> Known."""
    quirks = {tuple(name.split(" except=")): entry for name, entry in known.items() if " " in name}
    return {name: entry for name, entry in known.items() if " " not in name}, quirks


def mistake(fields, known):
    """What is wrong with a line, or None."""
    if len(fields) not in (3, 4) or not all(fields):
        return "a line is `name | reason | title of the SDM's section`"
    if fields[3:] not in ([], ["left out"]):
        return f"the fourth field can only be 'left out', not '{fields[3]}'"
    if " except=" in fields[0] and fields[3:]:
        return "a test with except= is not left out"
    if not re.fullmatch(r"[\w./+-]+( except=\w+)?", fields[0]):
        return f"'{fields[0]}' cannot be a test's name: letters, digits and _ . / + - make one"
    if any("#" in field for field in fields):
        return "'#' would end the reason early in a TAP line; write it in words"
    if fields[0] in known:
        return f"'{fields[0]}' stands in the list twice"
    return None
