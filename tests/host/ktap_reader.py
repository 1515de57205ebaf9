#!/usr/bin/env python3
"""ktap_reader.py FILE -- reads the file as KTAP, as Linux' kunit.py does

Prints the tests that failed and then one line of counts.  Ends with status 1 if a line breaks
the rules of "The Kernel Test Anything Protocol (KTAP), version 1" of Linux' documentation:

  - any lines may stand before the version line; a prefix in front of the version, such as a time
    stamp, stands in front of every later line, too
  - versions are KTAP 1, TAP 13 and TAP 14
  - the plan comes after the version line, before all results, and once
  - results are `ok NUMBER NAME` or `not ok NUMBER NAME`; `- ` may stand before NAME, which has no
    `#`; ` # DIRECTIVE text` may follow.  Only the directive SKIP changes the result; kunit.py looks
    for it after every ` # `
  - numbers are 1, 2, 3 and so on to the end of the plan; a missing test counts as crashed
  - tests within tests begin with a version line or `# Subtest`, and may be indented
  - all other lines begin with `#`.  KTAP itself allows any other line, but then no program could
    tell a result that was damaged on its way from such a line
"""

import re
import sys

VERSION = re.compile(r"(?P<prefix>.*?)(KTAP version 1|TAP version 1[34])")
PLAN = re.compile(r"\s*1\.\.(\d+)\b.*")
RESULT = re.compile(r"(ok|not ok) (\d+) (?:- )?([^#]*[^#\s])(?: # (.*))?")
LIKE_A_RESULT = re.compile(r"\s*(not )?ok\b")


class Reader:
    def __init__(self, lines):
        self.wrong = []
        self.outcomes = []
        self.plan = None
        lines = self.report(lines)
        for number, line in enumerate(lines, 1):
            self.line(line, f"line {number}: {line}")
        if self.plan is None:
            self.wrong.append("no plan")
        elif self.plan != len(self.outcomes):
            self.wrong.append(f"{len(self.outcomes)} results, the plan is {self.plan}")
            self.outcomes += [("crashed", "")] * (self.plan - len(self.outcomes))

    def report(self, lines):
        """The lines after the version line, each without the prefix of that line."""
        for start, line in enumerate(lines):
            version = VERSION.fullmatch(line)
            if version:
                return [line[len(version["prefix"]):] for line in lines[start + 1:]]
        self.wrong.append("no version line")
        return []

    def line(self, line, where):
        result, plan = RESULT.fullmatch(line), PLAN.fullmatch(line)
        if result:
            self.result(where, *result.groups())
        elif plan:
            if self.plan is not None or self.outcomes:
                self.wrong.append(f"a plan that comes late or twice, {where}")
            self.plan = int(plan[1])
        elif LIKE_A_RESULT.match(line):
            self.wrong.append(f"a result that cannot be read, {where}")
        elif VERSION.fullmatch(line) or re.match(r"\s*# Subtest: ", line):
            self.wrong.append(f"tests within tests, {where}")
        elif not line.startswith("#"):
            self.wrong.append(f"neither a result nor a diagnostic, {where}")

    def result(self, where, verdict, number, name, directive):
        if int(number) != len(self.outcomes) + 1:
            self.wrong.append(f"expected number {len(self.outcomes) + 1}, {where}")
        skipped = re.match(r"(.* # )?SKIP", directive or "")
        outcome = "skipped" if skipped else "passed" if verdict == "ok" else "failed"
        self.outcomes.append((outcome, name))


def main(path):
    with open(path, encoding="ascii") as file:
        reader = Reader(file.read().splitlines())
    for outcome, name in reader.outcomes:
        if outcome == "failed":
            print(outcome, name)
    for wrong in reader.wrong:
        print(f"ktap_reader.py: {wrong}")
    found = [outcome for outcome, name in reader.outcomes]
    counts = {kind: found.count(kind) for kind in ("passed", "failed", "crashed", "skipped")}
    print(f"Ran {len(found)} tests:",
          ", ".join(f"{kind}: {count}" for kind, count in counts.items() if count))
    return 1 if reader.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
