"""Which test changes the verdict of a later one: `trapline run --bisect-order`.

Two runs, one in the order of the plan and one in another order, show which verdicts depend on the
order.  Each such test is then played alone.  Where its verdict in a run is another one than that,
runs that begin later and later, and end with it, find the test before it that is to blame.
"""

import copy
import tempfile
from typing import NamedTuple

from .mistake import Mistake
from .patience import Over, Patience
from .report import Status
from .session import Session
from .verdicts import by_name, differing, kind
from .words import glob_of, instead, plain_name

LIMIT = 3600                            # seconds for all of it, if the user says nothing else
PLAN = ["order=plan", "times=1"]
OTHER = "order=reverse"                 # where the user's words say nothing of an order
NOT_OURS = ("list", "bench", "from=", "to=")


class Play(Session):
    """A run whose report is not printed; its results are kept."""

    def __init__(self, options, folder):
        super().__init__(options, folder)
        self.heard = []

    def say(self, line):
        result = self.results.line(line)
        if result:
            self.heard.append(result)


class Played(NamedTuple):
    """What came of a run."""
    words: list
    status: Status
    trouble: str                        # why it is not whole, or None
    results: list

    def numbered(self, number):
        return next((result for result in self.results if result.number == number), None)

    def order(self):
        """The words that make this order."""
        return [word for word in self.words if word.startswith(("order=", "seed=", "times="))]


def bisect(options):
    """Prints what depends on the order, and on which test; the status of it all."""
    refuse_words(options.words)
    bisection = Bisection(options)
    try:
        return bisection.all()
    except Over as over:
        print(f"# given up: {over}", flush=True)
        return Status.FAILED


def refuse_words(words):
    """Those that do not go with several runs, or that leave nothing to compare."""
    for word in words:
        if word.startswith(NOT_OURS):
            raise Mistake(f"--bisect-order chooses what runs by itself; it takes no {word}")
    if "order=plan" in words and not any(word.startswith("times=") for word in words):
        raise Mistake("--bisect-order compares an order with order=plan; give another one: "
                      "order=reverse, order=random, order=given, or times=2")


class Bisection:
    def __init__(self, options):
        self.options = options
        self.patience = Patience(0, options.limit or LIMIT)
        self.to_blame = []              # names of the tests found so far

    def all(self):
        plan = self.whole(*PLAN)
        if plan.status in (Status.NO_ANSWER, Status.SKIPPED):
            return plan.status
        asked = any(word.startswith(("order=", "times=")) for word in self.options.words)
        other = self.whole(*([] if asked else [OTHER]))
        found = list(differing(by_name(plan.results), by_name(other.results)))
        for name, here, there in found:
            print("differs", name, in_a_word(here), in_a_word(there), sep=" | ", flush=True)
            self.explain(name, [(plan, here), (other, there)])
        print(f"# verdicts that depend on the order: {len(found)}", flush=True)
        return Status.FAILED if found or plan.trouble or other.trouble else Status.PASSED

    def whole(self, *words):
        """A run of everything, with these words instead of the user's."""
        run = self.play(instead(self.options.words, *words))
        print(f"# {' '.join(run.order())}: {len(run.results)} verdicts", flush=True)
        if run.trouble:
            print(f"# {run.trouble}", flush=True)
        return run

    def play(self, words):
        """One run of the machine with these words."""
        self.patience.hold()
        options = copy.copy(self.options)
        options.words, options.limit = words, self.patience.left()
        options.annotations = options.strict = False
        with tempfile.TemporaryDirectory(prefix="trapline.") as folder:
            session = Play(options, folder)
            status = session.all()
        self.patience.hold()
        return Played(words, status, session.report.trouble(), session.heard)

    def explain(self, name, runs):
        """Finds why the test has another verdict in a run than alone."""
        if None in (result for _, result in runs):
            return
        alone = self.pick([plain_name(name)], 1)
        for run, result in runs:
            if kind(result) != kind(alone):
                self.find(Effect(run, result, alone))

    def pick(self, names, number, *words):
        """The result with this number where only these tests are played, in this order."""
        run = "run=" + ",".join(map(glob_of, names))
        return self.play(instead(self.options.words, run, "order=given", "times=1",
                                 *words)).numbered(number)

    def find(self, effect):
        """Blames one test; or where no single one is to blame, the fewest that were found to be."""
        before = [name for name in self.to_blame if effect.number_of(name) < effect.number]
        if any(self.is_behind(effect, name) for name in before):
            return
        first = self.latest_first(effect)
        if not self.is_behind(effect, effect.name_of(first)):
            self.tell_window(effect, first)

    def latest_first(self, effect):
        """The number of the last test with which a run can begin and still have the effect."""
        has_it, has_it_not = 1, effect.number
        while has_it_not - has_it > 1:
            middle = (has_it + has_it_not) // 2
            shows = self.window_shows(effect, middle)
            print(f"# from {middle} to {effect.number}: {'as there' if shows else 'not'}",
                  flush=True)
            if shows:
                has_it = middle
            else:
                has_it_not = middle
        return has_it

    def window_shows(self, effect, first):
        run = self.play(effect.window(first))
        return effect.is_in(run.numbered(effect.number))

    def is_behind(self, effect, name):
        """Whether the two tests are enough; if so, says so."""
        names = [plain_name(name), plain_name(effect.result.name)]
        words = ["times=2"] if names[0] == names[1] else []
        if not effect.is_in(self.pick(names[len(words):], 2, *words)):
            return False
        shown_by = " ".join([f"run={','.join(names[len(words):])}", *(words or ["order=given"])])
        self.tell("pair", effect, name, shown_by)
        self.to_blame.append(name)
        return True

    def tell_window(self, effect, first):
        """No test alone is to blame: a run that begins with the first has the effect, or none has
        it any more."""
        shown_by = " ".join(effect.window(first))
        if first > 1 or self.window_shows(effect, first):
            count = effect.number - first
            self.tell("window", effect, f"{count} tests from {effect.name_of(first)} on", shown_by)
        else:
            self.tell("unsteady", effect, "", shown_by)

    @staticmethod
    def tell(finding, effect, behind, shown_by):
        print(finding, effect.result.name, in_a_word(effect.result), behind,
              in_a_word(effect.alone), shown_by, sep=" | ", flush=True)


class Effect:
    """A verdict that a test has in a run, and not alone."""

    def __init__(self, run, result, alone):
        self.run = run
        self.result = result
        self.alone = alone
        self.number = result.number

    def is_in(self, result):
        return kind(result) == kind(self.result)

    def window(self, first):
        """The words for a run that begins with this number, and ends with the test."""
        return instead(self.run.words, f"from={first}", f"to={self.number}")

    def name_of(self, number):
        return self.run.numbered(number).name

    def number_of(self, name):
        """Of a test in this run; none is as late as one that did not run."""
        numbers = [result.number for result in self.run.results if result.name == name]
        return numbers[0] if numbers else self.number


def in_a_word(result):
    return kind(result) or "not run"
