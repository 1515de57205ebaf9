"""What a platform is known to get wrong: tests/known/<platform>-<version>.

One line a test: `name | reason | title of the SDM's section`; `# comments` and blank lines.
"""

import re
from typing import NamedTuple


class Known(NamedTuple):
    reason: str
    section: str


class Malformed(Exception):
    """A line of the list that cannot be read; says which, and what is allowed."""


def load(path):
    """Known failures by test name."""
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
            known[fields[0]] = Known(*fields[1:])
    return known


def mistake(fields, known):
    """What is wrong with a line, or None."""
    if len(fields) != 3 or not all(fields):
        return "a line is `name | reason | title of the SDM's section`"
    if not re.fullmatch(r"[\w./+-]+", fields[0]):
        return f"'{fields[0]}' cannot be a test's name: letters, digits and _ . / + - make one"
    if any("#" in field for field in fields):
        return "'#' would end the reason early in a TAP line; write it in words"
    if fields[0] in known:
        return f"'{fields[0]}' stands in the list twice"
    return None
