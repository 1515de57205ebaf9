"""What a report says, test by test: read from the stream as `trapline run` writes it."""

import re
import time
from typing import NamedTuple

from .census import TOLD
from .tap import PLAN, RESULT, START, VERSION

# `# file:line: text`: an expectation that does not hold.
PLACE = re.compile(r"# (?P<file>[^:]*\.\w+):(?P<line>\d{1,9}): (?P<text>.+)")


class NoReport(Exception):
    """A file is not a report; says which, and what is missing."""


class Place(NamedTuple):
    file: str
    line: int
    text: str                           # what was found there, what was expected


class Result(NamedTuple):
    number: int
    name: str
    outcome: str                        # passed, failed, error, known or skipped
    reason: str                         # what follows SKIP, TODO or ERROR
    said: tuple                         # its lines before the verdict, without `# start`
    seconds: float                      # between its start and its verdict, as heard

    def place(self):
        """The first place of the source that its lines name, or None."""
        found = next(filter(None, map(PLACE.fullmatch, self.said)), None)
        return found and Place(found["file"], int(found["line"]), found["text"])

    def why(self):
        """One line: what was not as expected, or what ended it."""
        place = self.place()
        last_words = [line[2:] for line in self.said if line.startswith("# Bail out!")]
        last_words += [line[2:] for line in self.said[-1:]]
        return place.text if place else self.reason or next(iter(last_words), "not ok")


class Results:
    def __init__(self):
        self.fingerprint = []           # the lines before the plan
        self.plan = None                # number of tests
        self.refusal = ""               # why there are none
        self.missed = []                # checks that the L0 misses, as `# missed check` tells them
        self.all = []                   # of a saved report, in the order of their verdicts
        self.said = []                  # lines since the last verdict
        self.since = time.monotonic()   # when the test that runs began

    def line(self, text):
        """One line of the report.  Returns the result that it ends, or None."""
        verdict = RESULT.fullmatch(text)
        if verdict:
            return self.verdict(verdict)
        plan = PLAN.fullmatch(text)
        if plan and self.plan is None:
            self.plan, self.refusal = int(plan[1]), plan["reason"] or ""
            self.fingerprint, self.said = self.said, []
            self.since = time.monotonic()
        elif START.fullmatch(text):
            self.since = time.monotonic()
        elif text != VERSION:
            self.said.append(text)
            self.missed += [text.removeprefix(TOLD)] if text.startswith(TOLD) else []
        return None

    def verdict(self, found):
        now = time.monotonic()
        result = Result(int(found["number"]), found["name"], outcome(found), found["reason"] or "",
                        tuple(self.said), now - self.since)
        self.said, self.since = [], now
        return result


def outcome(found):
    """What became of a test, in a word."""
    if found["directive"] == "SKIP":
        return "skipped"
    if found["verdict"] == "ok":
        return "passed"
    return {"TODO": "known", "ERROR": "error"}.get(found["directive"], "failed")


def load(path):
    """The results of a saved report.  Whatever stands before the version is not of the report, and
    a last line without an end was not written whole."""
    with open(path, encoding="ascii", errors="replace", newline="\n") as file:
        lines = [line.rstrip("\r\n") for line in file if line.endswith("\n")]
    begin = next((number for number, line in enumerate(lines, 1) if line.endswith(VERSION)), None)
    if begin is None:
        raise NoReport(f"{path} is no report: the line '{VERSION}' does not stand in it")
    results = Results()
    results.all = list(filter(None, map(results.line, lines[begin:])))
    return results
