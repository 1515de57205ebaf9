"""What one machine says, held against the form that a report has:

    TAP version 13
    1..N                        or 1..0 # SKIP reason, which ends the report
    # start I - name            and then the verdict of that test: for each I from the first to N
    # summary ...               which counts the verdicts, and ends the report

In place of the summary `# next boot: ...` may stand between two tests: the machine ends early, and
another one has to go on.
Lines of other kinds may stand anywhere.  With log=quiet there are no `# start` lines.
"""

from .tap import (BEYOND_BELIEF, COUNTS, FIRST, MOST_TESTS, VERDICTS, VERSION, Status, plain_kind,
                  shortened)


class Stream:
    def __init__(self, first, quiet, complain):
        self.quiet = quiet              # whether verdicts come without a start
        self.complain = complain        # called with what cannot be
        self.answered = False           # has the machine said VERSION?
        self.modules = None             # bytes of each one that arrived; None: not said
        self.plan = None                # number of tests
        self.last = first - 1           # number of the test that had its turn last
        self.running = None             # (number, name) of the test that runs
        self.heard = {"passed": 0, "failed": 0, "skipped": 0}
        self.announced = None           # why the machine may end before the next verdict
        self.known = 0                  # of those that failed, how many are known to
        self.bailed_out = False
        self.complete = False           # has the report come to its end?
        self.gives_over = False         # has the machine ended it between two tests?
        self.doubtful = False           # may the last line be that of a machine which was reset?

    def begins_again(self, text):
        """Whether the machine was reset: it says VERSION once more, perhaps behind a line that it
        did not finish.  A diagnostic may end so by itself; the next line tells."""
        doubtful, self.doubtful = self.doubtful, text.endswith(VERSION)
        if self.doubtful and not text.startswith("# "):
            return True
        return doubtful and text.startswith(FIRST)

    def planned(self, plan, skipped):
        """The plan; `skipped`: whether it says that nothing runs."""
        if self.plan is not None:
            self.complain(f"it plans 1..{plan}, and had planned 1..{self.plan}")
        elif self.bailed_out:
            self.complain(f"it plans 1..{plan} behind Bail out!")
        elif skipped and plan:
            self.complain(f"it plans 1..{plan} and says that nothing runs")
        elif plan > MOST_TESTS:
            self.complain(f"it plans 1..{plan}; more than {MOST_TESTS} tests are not believed")
        if self.plan is None:
            self.plan = plan
            self.complete = plan == 0

    @property
    def over(self):
        return self.complete or self.gives_over

    def misplaced(self):
        """Where the stream is, if no test can run there; else None."""
        if self.plan is None:
            return "before the plan"
        if self.complete:
            return "behind the end of the report"
        if self.gives_over:
            return "behind '# next boot'"
        return "behind Bail out!" if self.bailed_out else None

    def start(self, number, name):
        test = f"test {number} - {name}"
        if self.misplaced():
            self.complain(f"{test} starts {self.misplaced()}")
        elif self.running:
            self.complain(f"{test} starts while test {in_words(self.running)} runs")
        elif number != self.last + 1 or number > self.plan:
            self.complain(f"{test} starts, but {self.next_in_words()}")
        self.running = number, name
        self.announced = None
        if self.last < number <= (self.plan or 0):
            self.last = number - 1

    def next_in_words(self):
        return f"test {self.last + 1} comes next" if self.last < self.plan else "no test is left"

    def result(self, text, found):
        """Whether this verdict is one: of the test that runs, and the first of it."""
        self.heard[plain_kind(found)] += 1
        number = int(found["number"])
        objection = self.objection(number, found)
        self.running = self.announced = None
        if objection:
            self.complain(f"'{shortened(text)}' {objection}")
            return False
        if number != self.last + 1:
            self.complain(f"'{shortened(text)}' comes, but {self.next_in_words()}")
        self.last = number
        return True

    def objection(self, number, found):
        """Why this verdict cannot be, or None."""
        test = number, found["name"]
        if self.misplaced():
            return f"stands {self.misplaced()}"
        if self.running not in (None, test):
            return f"while test {in_words(self.running)} runs"
        if not self.last < number <= self.plan:
            return "comes twice or is not in the plan"
        if self.running is None and not self.quiet:
            return "is of a test that never started"
        directive = found["directive"]
        if directive and VERDICTS.get(directive) != found["verdict"]:
            return f"says '{found['verdict']}' and {directive}"
        return None

    def summary(self, text):
        """The machine's last word: it tells whether results were lost or changed on their way."""
        counts = COUNTS.fullmatch(text)
        if self.misplaced():
            self.complain(f"its summary stands {self.misplaced()}")
        elif self.running:
            self.complain(f"its summary comes while test {in_words(self.running)} runs")
        if not counts or BEYOND_BELIEF.search(text):
            self.complain("its summary cannot be read")
        elif list(map(int, counts.group(1, 2, 3))) != list(self.heard.values()):
            self.complain(f"its summary counts otherwise than the results that came: "
                          f"{self.heard_in_words()}")
        self.complete = True

    def give_over(self):
        """The machine ends before the next test.  One that has ended none would be followed by
        others without an end."""
        if self.misplaced():
            self.complain(f"'# next boot' stands {self.misplaced()}")
        elif self.running:
            self.complain(f"'# next boot' comes while test {in_words(self.running)} runs")
        elif not any(self.heard.values()):
            self.complain("'# next boot' comes before any verdict")
        elif self.last >= self.plan:
            self.complain("'# next boot' comes, but no test is left")
        self.gives_over = True

    def bail_out(self):
        if self.over:
            self.complain("Bail out! stands behind the end of the report")
        self.bailed_out = True

    def ended_as(self, status):
        """The machine has ended and said what became of its tests: a Status, or None."""
        heard = self.heard
        expected = (Status.FAILED if heard["failed"] or self.gives_over else
                    Status.PASSED if heard["passed"] else Status.SKIPPED)
        if status not in (None, expected):
            early = ", and the rest is for the next boot" if self.gives_over else ""
            self.complain(f"the machine ended as {Status(status).name.lower()}, but its results "
                          f"are {self.heard_in_words()}{early}")

    def heard_in_words(self):
        return ", ".join(f"{count} {kind}" for kind, count in self.heard.items())


def in_words(test):
    return " - ".join(map(str, test))
