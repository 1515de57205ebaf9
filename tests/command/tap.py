"""The lines of a report to which TAP version 13, or Trapline, gives a meaning (docs/report.md).

No number in them has more digits than Python reads at once, and no name is longer than a kernel's.
"""

import re
from enum import IntEnum

VERSION = "TAP version 13"
FIRST = "# trapline "                   # begins the line behind the version
NAME = r"[^#]{0,299}[^#\s]"
PLAN = re.compile(r"1\.\.(\d{1,9})(?: # SKIP ?(?P<reason>.*))?")
STARTS = "# start "
START = re.compile(rf"{STARTS}(\d{{1,9}}) - ({NAME})")
RESULT = re.compile(rf"(?P<verdict>ok|not ok) (?P<number>\d{{1,9}}) - (?P<name>{NAME})"
                    r"(?: # (?P<directive>[A-Z]+)\b ?(?P<reason>.*))?")
VERDICTS = {"SKIP": "ok", "ERROR": "not ok"}    # that a machine's directive goes with
MODULES = re.compile(r"# modules: (?:none|((?: ?\d{1,15})+) bytes)")
SUMMARY = "# summary "
COUNTS = re.compile(r"# summary (\d{1,9}) passed, (\d{1,9}) failed, (\d{1,9}) skipped"
                    r"(?P<rest>;.*)?")
NEXT_BOOT = "# next boot: "            # instead of a summary
# Of what comes next the machine may die, or has to if it follows the SDM.
ANNOUNCED = re.compile(r"# (?P<kind>may end|has to end) the machine: (?P<what>.*)")
BEYOND_BELIEF = re.compile(r"\d{13}")   # of exits, or of milliseconds
BAIL_OUT = re.compile(r"\s*bail out!.*", re.IGNORECASE)
# Any reader of TAP takes such a line for a part of the stream, whatever else is wrong with it.
MEANT = re.compile(r"\s*(?:(?:not )?ok\b|1\.\.|bail out!|tap version|pragma ).*", re.IGNORECASE)
MOST_TESTS = 1000000                    # that are believed of a plan
LONGEST = 1000                          # characters that are shown of a line without an end


class Status(IntEnum):
    """What became of a run; of a machine, the first three, as the kernel's exit code says."""

    PASSED = 0
    FAILED = 1
    SKIPPED = 77
    NO_ANSWER = 124


def plain_kind(found):
    """What the machine itself takes a result for."""
    if found["directive"] == "SKIP":
        return "skipped"
    return "passed" if found["verdict"] == "ok" else "failed"


def shortened(text):
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}... ({len(text)} characters)"
