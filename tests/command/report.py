"""The reports of one or several boots, merged into one stream of TAP version 13.

A machine may die in the middle of a test.  That test is then `not ok`, the next boot goes on after
it, and what comes out is one stream all the same: the plan first, every number once.
"""

import re
from enum import IntEnum

from .words import picks

VERSION = "TAP version 13"
PLAN = re.compile(r"1\.\.(\d{1,9})(?: # SKIP ?(?P<reason>.*))?")
START = re.compile(r"# start (\d{1,9}) - (.+)")
RESULT = re.compile(r"(?P<verdict>ok|not ok) (?P<number>\d{1,9}) - (?P<name>[^#]*[^#\s])"
                    r"(?: # (?P<directive>[A-Z]+)\b ?(?P<reason>.*))?")
SUMMARY = "# summary "
COUNTS = re.compile(r"# summary (\d{1,9}) passed, (\d{1,9}) failed, (\d{1,9}) skipped\b.*")
BAIL_OUT = "Bail out!"


class Status(IntEnum):
    PASSED = 0
    FAILED = 1
    SKIPPED = 77
    NO_ANSWER = 124


class Report:
    def __init__(self, write, first, name_of, mistaken=(), strict=False):
        self.write = write              # called with one line of text
        self.first = first              # number of the test that the first boot starts with
        self.name_of = name_of          # the name of a test, by number, if its machine did not say
        self.mistaken = mistaken        # scenarios that no machine is given: the last tests
        self.strict = strict            # a known failure that passes fails the run
        self.below = []                 # what is to be said of the machine below
        self.known = {}                 # name -> Known: what this platform gets wrong
        self.mended = []                # names of those that passed, though they always fail
        self.left_out = {}              # the same, of tests that are not to run
        self.plan = None                # number of tests
        self.names = {}                 # number -> name, of the tests that have a result
        self.last = 0                   # number of the test that has the latest one
        self.count = {"passed": 0, "failed": 0, "known to fail": 0, "skipped": 0}
        self.broken = False             # the stream itself is wrong, whatever the results say
        self.boots = 0
        self.answered = self.planned = False
        self.running = None             # (number, name) of the test that runs
        self.given_up = None            # why no other machine starts
        self.lost_boots = 0             # in a row, that ended before their plan

    def leave_out(self, globs):
        """Takes from the known failures what would take the platform down; the names of those that
        the globs pick."""
        self.left_out = {name: known for name, known in self.known.items() if known.left_out}
        self.known = {name: known for name, known in self.known.items() if not known.left_out}
        self.left_out = {name: known for name, known in self.left_out.items()
                         if picks(globs, name)}
        return list(self.left_out)

    def boot(self):
        """A machine starts."""
        self.boots += 1
        self.answered = False           # has this machine said VERSION?
        self.planned = False
        self.complete = False           # has it come to its end?
        self.running = None
        self.bailed_out = False
        self.heard = {"passed": 0, "failed": 0, "skipped": 0}
        self.before = []                # what firmware and boot loader said

    def line(self, text):
        """One whole line from the machine."""
        if not self.answered:
            self.version(text)
        elif PLAN.fullmatch(text):
            self.plan_line(text)
        elif RESULT.fullmatch(text):
            self.result(text)
        elif text.startswith(BAIL_OUT):
            self.bailed_out = True
            self.write(f"# {text}")
        elif text.startswith(SUMMARY):
            self.summary(text)
        else:
            self.diagnostic(text)

    def summary(self, text):
        """The machine's last word: it tells whether results were lost or changed on their way."""
        self.complete = True
        self.write(text if self.boots == 1 else f"# boot {self.boots}: {text[2:]}")
        counts = COUNTS.fullmatch(text)
        if counts and list(map(int, counts.groups())) != list(self.heard.values()):
            heard = ", ".join(f"{count} {kind}" for kind, count in self.heard.items())
            self.complain(f"its summary counts otherwise than the results that came: {heard}")

    def version(self, text):
        self.answered = text.endswith(VERSION)
        if not self.answered:
            self.before.append(text)
        elif self.boots == 1:
            self.write(VERSION)
            for line in self.below:
                self.write(f"# {line}")
            for line in self.before:
                if line.startswith("# "):   # what the platform says of itself
                    self.write(line)

    def diagnostic(self, text):
        """Anything else; what a later boot says before its plan has been said by the first."""
        started = START.fullmatch(text)
        if started:
            self.running = int(started[1]), started[2]
        if self.planned or self.boots == 1:
            self.write(text)

    def note(self, text):
        """What the layers below say beside the report: of the test that runs."""
        text = f"the L0 says: {text}"
        if self.answered:
            self.diagnostic(f"# {text}")
        else:
            self.before.append(text)

    def plan_line(self, text):
        plan = int(PLAN.fullmatch(text)[1])
        if self.planned or self.plan not in (None, plan):
            self.complain(f"boot {self.boots} plans {text}, but the plan is 1..{self.plan}")
        elif self.plan is None:
            self.plan = plan
            self.complete = plan == 0
            self.write_plan(text)
        self.planned = True
        self.lost_boots = 0

    def write_plan(self, text):
        """The machine's plan, and behind it the scenarios that it does not know of."""
        if self.mistaken:
            reason = PLAN.fullmatch(text)["reason"]
            text = f"1..{self.plan + len(self.mistaken)}"
            if reason:
                self.write(f"# nothing else runs: {reason}")
        self.write(text)

    def no_machine(self, reason=None):
        """Instead of all boots."""
        self.write(VERSION)
        self.plan = 0
        self.write_plan(f"1..0 # SKIP {reason}" if reason else "1..0")

    def write_mistaken(self):
        """What is wrong with the scenarios that no machine was given, and, where there is a plan,
        their verdicts.  A # in a reason would be another directive to some parsers."""
        for number, scenario in enumerate(self.mistaken, (self.plan or 0) + 1):
            for line in scenario.complaints:
                self.write(f"# {line}")
            if self.plan is not None:
                reason = scenario.complaints[0].replace("#", "\\#")
                self.write(f"not ok {number} - {scenario.name} # ERROR {reason}")
            self.count["failed"] += 1

    def result(self, text, died=False):
        found = RESULT.fullmatch(text)
        number, name = int(found["number"]), found["name"]
        self.heard[plain_kind(found)] += 1
        if self.running not in (None, (number, name)):
            self.complain(f"'{text}' while test {self.running[0]} - {self.running[1]} runs")
        elif number in self.names or not 1 <= number <= (self.plan or 0):
            self.complain(f"'{text}' comes twice or is not in the plan")
        elif name in self.names.values() and found["directive"] != "ERROR":
            self.complain(f"'{text}' has the name of another test")
        else:
            self.verdict(text, found, self.known.get(name) if not died else None)
        self.running = None

    def verdict(self, text, found, known):
        """`known`: why it may fail; a machine may not die of it."""
        name, directive = found["name"], found["directive"]
        if directive == "SKIP":
            kind = "skipped"
        elif found["verdict"] == "ok":
            kind = "passed"
            if known and not known.sometimes:
                self.mended.append(name)
                self.write(f"# known failure passes: {name} (listed because: {known.reason})")
        elif known and not directive:
            kind = "known to fail"
            self.write(f"# known: {known.reason} (SDM, \"{known.section}\")")
            text += f" # TODO {known.reason}"
        else:
            kind = "failed"
        self.last = int(found["number"])
        self.names[self.last] = name
        self.count[kind] += 1
        self.write(text)

    def complain(self, text):
        self.broken = True
        self.write(f"# the report contradicts itself: {text}")

    def ended(self, reason, cut_off=""):
        """The machine is gone: `reason` says how, None if as it should; `cut_off` is a line it did
        not finish.  Blames the test that ran, if any."""
        if cut_off:
            self.write(f"# cut off: {cut_off}")
        if not self.answered:
            for line in self.before:
                self.write(f"# said before the report: {line}")
        if self.complete and reason is None:
            return
        if reason or not self.bailed_out:
            self.write(f"# {reason or 'the machine ended before the report did'}")
        self.lost_boots += not self.planned
        missing = self.first_missing()
        if self.planned and missing and not self.broken:
            number, name = self.running or (missing, self.name_of(missing))
            self.result(f"not ok {number} - {name}", died=True)
        elif self.planned or self.boots == 1 or self.lost_boots > 1:
            self.broken = True

    def due(self):
        """The numbers of the tests that have to run."""
        return range(self.first, (self.plan or 0) + 1)

    def missing(self):
        """How many tests have no result.  A damaged plan may have any number of them."""
        return len(self.due()) - sum(number in self.due() for number in self.names)

    def first_missing(self):
        """The number of the first test without a result, or None."""
        return next((number for number in self.due() if number not in self.names), None)

    def next_boot(self):
        """The number of the test that another boot should go on with, or None."""
        return None if self.broken or self.complete else self.first_missing()

    def give_up(self, text):
        """No other machine starts."""
        self.given_up = text
        self.write(f"# {text}")

    def close(self, whole):
        """The last lines of the stream, and its status; `whole`: every test there is has run."""
        missing = self.missing()
        self.write_mistaken()
        for name in self.known if whole and self.plan else ():
            if name not in self.names.values():
                self.write(f"# known failure is no test's name: {name}")
        if missing:
            self.write(f"# {missing} of {self.plan} tests have no result")
        if self.strict and self.mended:
            self.write(f"# --strict: known failures pass: {', '.join(self.mended)}")
        for name, known in self.left_out.items():
            self.write(f"# left out: {name}: {known.reason} (SDM, \"{known.section}\")")
        if self.boots > 1 or self.count["known to fail"] or self.left_out or self.mistaken:
            if self.left_out:
                self.count["left out"] = len(self.left_out)
            counts = ", ".join(f"{count} {kind}" for kind, count in self.count.items())
            self.write(f"# in all: {counts}; {self.boots} boot{'s'[:self.boots != 1]}")
        return self.status()

    def trouble(self):
        """Why this is no whole report or not the expected one, None if it is."""
        because = f"; {self.given_up}" if self.given_up else ""
        if self.unanswered():
            return f"no answer: the machine never started a report{because}"
        if self.plan is None:
            return f"the report has no plan{because}"
        if self.missing():
            return f"{self.missing()} of {self.plan} tests have no result{because}"
        if self.broken:
            return f"the report contradicts itself, or does not end as it should{because}"
        if self.strict and self.mended:
            return f"known failures pass: {', '.join(self.mended)}"
        return None

    def unanswered(self):
        """Whether no machine has started a report, where one should have."""
        return self.plan is None and self.boots <= 1 and not self.answered

    def status(self):
        if self.unanswered():
            return Status.NO_ANSWER
        if self.trouble() or self.count["failed"]:
            return Status.FAILED
        return Status.SKIPPED if self.count["skipped"] == len(self.due()) else Status.PASSED


def plain_kind(found):
    """What the machine itself takes a result for."""
    if found["directive"] == "SKIP":
        return "skipped"
    return "passed" if found["verdict"] == "ok" else "failed"
