"""What an L0 is known to get wrong: tests/known/, one list for each L0.

    newest bochs 3.0

    # What proves it: the place in the source that differs from the SDM.
    name | bochs < 3.0 | reason | title of the SDM's section

A line is one test.  Its second field says for which versions it is true (versions.py).  A test that
would take the platform down has a fifth field, `left out`; one that fails by chance, or only on some
processors, has `sometimes` there.  `name except=QUIRK | ...` is a quirk that the test can correct
for: the kernel is told by its word `except=`.

The comment right above a line proves it, also for the lines that follow without a blank one in
between.  `newest` says which version of a product the list was checked with.  A line that is true
for every version to come needs both: whoever raises `newest` answers for it.
"""

import os
import re
from typing import NamedTuple

from .spelling import proposal
from .versions import PRODUCTS, VERSION, Span, When, Wrong, behind, parts, read_when

NEWEST = "newest"
LEFT_OUT = "left out"
SOMETIMES = "sometimes"
FORM = "name | versions | reason | title of the SDM's section"


class Known(NamedTuple):
    name: str                           # of the test, or `name except=QUIRK`
    when: When
    reason: str
    section: str
    how: str                            # LEFT_OUT, SOMETIMES or nothing
    proof: str                          # the comment above

    @property
    def left_out(self):
        return self.how == LEFT_OUT

    @property
    def sometimes(self):
        return self.how == SOMETIMES


class Malformed(Exception):
    """A line of the list that cannot be read; says which, and what is allowed."""


class List:
    def __init__(self, path):
        self.path = path
        self.newest = {}                # product -> the newest version it was checked with
        self.entries = []
        self.proof = []                 # lines of the comment that the next line has above it
        self.open = False               # whether the next line belongs to that comment
        with open(path, encoding="ascii", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    self.line(line.strip())
                except Wrong as wrong:
                    raise Malformed(f"{path}:{number}: {wrong}") from wrong

    def line(self, text):
        if text.startswith("#"):
            if not self.open:
                self.proof = []
            self.open = True
            self.proof.append(text[1:].strip())
            return
        self.open = False
        if not text:
            self.proof = []
        elif text.split()[0] == NEWEST and "|" not in text:
            self.read_newest(text.removeprefix(NEWEST).strip())
        else:
            self.read_entry([field.strip() for field in text.split("|")])

    def read_newest(self, text):
        product, _, version = text.partition(" ")
        if product not in PRODUCTS:
            raise Wrong(f"'{product}' cannot have versions{proposal(product, PRODUCTS)}")
        if product in self.newest or self.entries:
            raise Wrong(f"`{NEWEST} {product} VERSION` stands once, before every test")
        if not re.fullmatch(VERSION, version):
            raise Wrong(f"'{version}' is no version; a line is `{NEWEST} {product} VERSION`")
        self.newest[product] = version

    def read_entry(self, fields):
        refuse_shape(fields)
        when = read_when(fields[1])
        entry = Known(fields[0], when, *fields[2:4], "".join(fields[4:]), " ".join(self.proof))
        for product, span in when.spans.items():
            self.refuse_unseen(product, span, entry)
        for other in self.entries:
            if other.name == entry.name and other.when.meets(when):
                raise Wrong(f"'{entry.name}' stands in the list twice for the same version: "
                            f"{other.when.text}, {when.text}")
        self.entries.append(entry)

    def refuse_unseen(self, product, span, entry):
        """Nothing is claimed of a version that nobody checked."""
        newest = self.newest.get(product)
        if span.end is None and not newest:
            raise Wrong(f"'{entry.when.text}' has no end, so `{NEWEST} {product} VERSION` has to "
                        "say above which version the list was checked with")
        if span.end is None and not entry.proof:
            raise Wrong(f"'{entry.when.text}' has no end, so a comment right above has to prove "
                        "that it is still true")
        checked = newest and Span((), behind(newest))
        if checked and (not checked.has(span.first) or span.end and span.end > checked.end):
            raise Wrong(f"'{entry.when.text}' tells of versions behind {product} {newest}, the "
                        "newest that the list was checked with")

    def true_for(self, below):
        """The entries by name that hold for what is below: versions, and the processor."""
        return {entry.name: entry for entry in self.entries if entry.when.holds(below)}

    def notes(self, below):
        """What of the versions below the list cannot know."""
        name = os.path.basename(self.path)
        for product in {product for entry in self.entries for product in entry.when.spans}:
            if not below.get(product):
                yield (f"nobody could tell which {product} this is: what the list '{name}' says of "
                       "its versions is not expected")
        for product, newest in self.newest.items():
            if below.get(product) and parts(below[product]) >= behind(newest):
                yield (f"{product} {below[product]} is newer than {newest}, the newest that the "
                       f"list '{name}' was checked with")


def read(paths, below):
    """What the lists have that is true for what is below, and what to say of the versions."""
    lists = [List(path) for path in paths]
    entries = {}
    for each in lists:
        entries.update(each.true_for(below))
    return entries, [note for each in lists for note in each.notes(below)]


def split_quirks(known):
    """The failures, and quirks as (test name, quirk's name) -> Known.  What the matrix of VM entry is
    known to find, entry/random goes without."""
    quirks = {tuple(name.split(" except=")): entry for name, entry in known.items() if " " in name}
    failures = {name: entry for name, entry in known.items() if " " not in name}
    quirks.update({("entry/random", name): entry for name, entry in failures.items()
                   if name.startswith(("entry_rules/", "entry_fields/", "entry_aftermath/"))})
    return failures, quirks


def refuse_shape(fields):
    """Raises Wrong if a line's fields are not those of an entry, whatever versions it tells of."""
    if len(fields) not in (4, 5) or not all(fields):
        raise Wrong(f"a line is `{FORM}`")
    how = fields[4] if fields[4:] else SOMETIMES
    if how not in (LEFT_OUT, SOMETIMES):
        raise Wrong(f"the fifth field cannot be '{how}'{proposal(how, [LEFT_OUT, SOMETIMES])}")
    if " except=" in fields[0] and fields[4:]:
        raise Wrong(f"a test with except= is not {how}")
    if not re.fullmatch(r"[\w./+-]+( except=[\w/]+)?", fields[0]):
        raise Wrong(f"'{fields[0]}' cannot be a test's name: letters, digits and _ . / + - make "
                    "one")
    if any("#" in field for field in fields):
        raise Wrong("'#' would end the reason early in a TAP line; write it in words")
