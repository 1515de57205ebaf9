"""For which versions of an L0 something is true, as the lists of known failures say it:

    bochs 2.7                   that version, with every release of it: 6.1 is also 6.1.192
    linux 6.1 to 6.11           these two, and what lies between them
    bochs < 3.0                 every version before
    bochs >= 2.7, cpu tigerlake that version and every later one, as one of these processors
    always                      whatever the machine is

Conditions with commas between them have to hold together.  Versions are compared part by part, as
numbers: 2.10 comes after 2.7.
"""

import re
from typing import NamedTuple

from .spelling import proposal

PRODUCTS = ["bochs", "linux", "qemu"]
CPU = "cpu"
ALWAYS = "always"
FORMS = "VERSION, VERSION to VERSION, < VERSION or >= VERSION"
VERSION = r"\d+(?:\.\d+)*"
SPAN = re.compile(rf"(?:(?P<before><)|(?P<open>>=))? ?(?P<one>{VERSION})"
                  rf"(?: to (?P<last>{VERSION}))?")


class Wrong(Exception):
    """Words that say no version; says which, and what is allowed."""


class Span(NamedTuple):
    """Of versions, from the first to the one that is the first behind it, None if it has no end."""
    first: tuple
    end: tuple

    def has(self, version):
        return self.first <= version and (self.end is None or version < self.end)

    def meets(self, other):
        return all(one.end is None or another.first < one.end
                   for one, another in ((self, other), (other, self)))


class When(NamedTuple):
    spans: dict                         # product -> Span
    cpus: tuple                         # one of these; if there is none, every processor
    text: str

    def holds(self, below):
        """Of what is below, the versions and the processor by name."""
        return all(below.get(product) and span.has(parts(below[product]))
                   for product, span in self.spans.items()) and (
                       not self.cpus or below.get(CPU) in self.cpus)

    def meets(self, other):
        """Whether there can be a machine for which both hold."""
        common = self.spans.keys() & other.spans.keys()
        return all(self.spans[product].meets(other.spans[product]) for product in common) and (
            not (self.cpus and other.cpus) or bool(set(self.cpus) & set(other.cpus)))

    def endless(self):
        """The products of which it is said to hold for every version to come."""
        return [product for product, span in self.spans.items() if span.end is None]


def parts(version):
    """A version as numbers that compare: 6.1 of 6.1.0-56-cloud-amd64; zeros at the end say
    nothing."""
    numbers = list(map(int, re.match(VERSION, version)[0].split(".")))
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def behind(version):
    """The first that is not one of its releases: 6.12 for 6.11."""
    *others, last = map(int, version.split("."))
    return (*others, last + 1)


def read_when(text):
    """What the text says.  Raises Wrong."""
    spans, cpus = {}, ()
    for condition in [] if text == ALWAYS else text.split(","):
        product, _, rest = condition.strip().partition(" ")
        if product not in [*PRODUCTS, CPU]:
            raise Wrong(f"'{product}' cannot have versions"
                        f"{proposal(product, [*PRODUCTS, CPU, ALWAYS])}")
        if product in spans or product == CPU and cpus:
            raise Wrong(f"'{text}' has two conditions of {product}; all have to hold together")
        if product == CPU:
            cpus = read_cpus(rest)
        else:
            spans[product] = read_span(product, rest)
    return When(spans, cpus, text)


def read_cpus(text):
    names = tuple(text.split())
    wrong = next((name for name in names if not re.fullmatch(r"\w+", name)), None)
    if wrong or not names:
        raise Wrong(f"behind {CPU} come names of Bochs' processors with spaces between them, not "
                    f"'{wrong or text}'")
    return names


def read_span(product, text):
    found = SPAN.fullmatch(text.strip())
    if not found or found["last"] and (found["before"] or found["open"]):
        raise Wrong(f"'{product} {text}': behind {product} comes {FORMS}")
    first, last = found["one"], found["last"] or found["one"]
    if found["before"]:
        return Span((), parts(first))
    if parts(last) < parts(first):
        raise Wrong(f"'{product} {text}' ends before it begins")
    return Span(parts(first), None if found["open"] else behind(last))
