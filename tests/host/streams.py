#!/usr/bin/python3
"""streams.py -- whether a run passes only if its report is whole, on reports made at random

Hypothesis makes reports, changes some of them as noise and hostile machines might, and has the
runner hear machines that print them.  An oracle, which shares no code with the runner, says from
the lines alone what must become of each.  The same examples are tried each time.

It runs on the system's own interpreter, because that is the one which the package of Hypothesis
serves: a python3 that stands earlier in PATH knows nothing of it.
"""

import contextlib
import io
import os
import re
import sys
import tempfile
import xml.etree.ElementTree as xml

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from command import compare, results, run                           # noqa: E402
from command.mistake import Mistake                                 # noqa: E402

PASSED, FAILED, SKIPPED, NO_ANSWER = 0, 1, 77, 124
EXITS = {PASSED: 1, FAILED: 3, SKIPPED: 155}    # of QEMU, for what the kernel ends with
MACHINE = """#!/bin/sh
at=${3##*from=}
[ "$at" != "$3" ] || at=1
cat "${0%/*}/stream.$at" 2>/dev/null || exit 9
exit $(cat "${0%/*}/exit.$at")
"""
HOSTILE = [
    "Bail out! at once", "bail out!", "TAP version 13", "TAP version 14", "1..0 # SKIP no VMX",
    "1..1", "1..2", "1..999999999", "1..3000000000", "1.." + "9" * 5000, "ok", "not ok", "ok 1",
    "ok 1 - a/test_1", "not ok 1 - a/test_1", "ok 2 - a/test_2", "ok 1 - a/test_1 # TODO later",
    "not ok 1 - a/test_1 # SKIP no", "ok 1 - a/test_1 # ERROR no", "ok 1 - a/test_1 # skip", "okay",
    "ok " + "1" * 5000 + " - a", "# start 1 - a/test_1", "# start 2 - a/test_2", "# start 9 - a",
    "# start 1 - a#b", "# summary 1 passed, 0 failed, 0 skipped", "# summary all is well",
    "# summary 1 passed, 0 failed, 0 skipped; 1 exits; 9007199254740992 ms", "# bench x 1 y", "",
    "#", "# summary " + "1" * 5000 + " passed, 0 failed, 0 skipped", "\x00\xff\x1b[2J",
    "# modules: none", "# TAP version 13", "# trapline 0.1.0", "    ok 1 - a/test_1",
    "pragma +strict", "# next boot: a reset has to give back the local APIC",
    "# the report contradicts itself: not at all", "# in all: 9 passed",
    "# x.asm:" + "1" * 5000 + ": y",
]


# --- Reports ---

def verdict_lines(number, kind, quiet):
    name = f"a/test_{number}"
    start = [] if quiet else [f"# start {number} - {name}"]
    said = [f"# the claim of {name}", "# x.asm:3: rax is 0, expected 1"][:kind == "failed" or 1]
    line = {"passed": f"ok {number} - {name}", "failed": f"not ok {number} - {name}",
            "error": f"not ok {number} - {name} # ERROR it is damaged",
            "skipped": f"ok {number} - {name} # SKIP no such feature"}[kind]
    return start + ([] if quiet else said) + [line]


def whole(kinds, quiet, first=1):
    """The report of a machine whose tests end so, from the first on that it is asked for."""
    lines = ["TAP version 13", "# trapline 0.1.0, PVH, command line: ", f"1..{len(kinds)}"]
    for number, kind in enumerate(kinds, 1):
        lines += verdict_lines(number, kind, quiet) if number >= first else []
    ran = ["failed" if kind == "error" else kind for kind in kinds[first - 1:]]
    counts = ", ".join(f"{ran.count(kind)} {kind}" for kind in ("passed", "failed", "skipped"))
    return [*lines, f"# summary {counts}; 5 exits; 1 ms of the machine's clock"]


def what_becomes(kinds):
    if {"failed", "error"} & set(kinds):
        return FAILED
    return PASSED if "passed" in kinds else SKIPPED


# --- The oracle ---

def speaks(line):
    """Whether it is more than a remark."""
    return line.startswith(("# start ", "# summary ", "# next boot: ")) or not line.startswith("#") and re.match(
        r"\s*((not )?ok\b|1\.\.|bail out!|tap version|pragma )", line, re.IGNORECASE)


def judge(lines, code, quiet):
    """The only status that such a report may have: PASSED or SKIPPED, or None for no pass."""
    begin = next((at for at, line in enumerate(lines) if line.endswith("TAP version 13")), None)
    if begin is None or any(re.match(r"\s*bail out!", line, re.I) for line in lines):
        return None
    behind = lines[begin + 1:]
    if any(one.endswith("TAP version 13") and two.startswith("# trapline ")
           for one, two in zip(behind, behind[1:])):
        return None
    plan, *rest = [line for line in behind if speaks(line)] or [""]
    if re.fullmatch(r"1\.\.0( # SKIP.*)?", plan):
        return SKIPPED if not rest and code in (0, 155) else None
    size = 1 if quiet else 2
    tests = [rest[at:at + size] for at in range(0, len(rest) - 1, size)]
    found = [re.fullmatch(r"(ok \d+ - ([^#]*[^#\s]))( # SKIP\b.*)?", test[-1]) for test in tests]
    if plan != f"1..{len(tests)}" or not all(found):
        return None
    for number, (test, verdict) in enumerate(zip(tests, found), 1):
        name = verdict[2]
        must = [f"# start {number} - {name}", f"ok {number} - {name}"]
        if [*test[:-1], verdict[1]] != must[-size:]:
            return None
    skipped = sum(bool(verdict[3]) for verdict in found)
    counts = f"# summary {len(tests) - skipped} passed, 0 failed, {skipped} skipped"
    if len({verdict[2] for verdict in found}) < len(tests) or re.search(r"\d{13}", rest[-1]):
        return None
    if not (rest[-1] + ";").startswith(counts + ";"):
        return None
    status = SKIPPED if skipped == len(tests) else PASSED
    return status if code in (0, EXITS[status]) else None


# --- The runner ---

class Rig:
    def __init__(self, folder):
        self.folder = folder
        for name in "trapline.elf", "suite.bin", "known":
            open(self.path(name), "wb").close()
        with open(self.path("machine"), "w", encoding="ascii") as file:
            file.write(MACHINE)
        os.chmod(self.path("machine"), 0o755)

    def path(self, name):
        return os.path.join(self.folder, name)

    def hear(self, streams, code, *options):
        """The status of a run with a machine that prints these lines, by its first test."""
        for first, lines in streams.items():
            with open(self.path(f"stream.{first}"), "wb") as file:
                file.write("".join(f"{line}\n" for line in lines).encode("latin-1"))
            with open(self.path(f"exit.{first}"), "w", encoding="ascii") as file:
                file.write(str(code))
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
            status = run.main([
                f"--build={self.folder}", f"--platform=command:{self.path('machine')}",
                f"--known={self.path('known')}", f"--junit={self.path('junit.xml')}",
                "--timeout=5", *options])
        self.said = said.getvalue()
        for first in streams:
            os.unlink(self.path(f"stream.{first}"))
        return status

    def clean_junit(self):
        """Whether a reader of the JUnit file sees nothing wrong."""
        suite = xml.parse(self.path("junit.xml")).getroot()
        return int(suite.get("failures")) + int(suite.get("errors")) == 0


def words(quiet):
    return ["log=quiet"] if quiet else ["log=full"]


# --- What is tried ---

KINDS = st.lists(st.sampled_from(["passed", "passed", "skipped", "failed", "error"]), min_size=1,
                 max_size=6)
CODES = st.sampled_from([0, 0, 1, 3, 155, 9])
PLACE = st.integers(0, 40)
CHANGES = st.lists(st.one_of(
    st.tuples(st.just("insert"), PLACE, st.sampled_from(HOSTILE)),
    st.tuples(st.just("replace"), PLACE, st.sampled_from(HOSTILE)),
    st.tuples(st.just("drop"), PLACE, st.none()),
    st.tuples(st.just("twice"), PLACE, st.none()),
    st.tuples(st.just("swap"), PLACE, PLACE),
    st.tuples(st.just("cut"), PLACE, st.none()),
    st.tuples(st.just("byte"), PLACE, st.tuples(PLACE, st.sampled_from("0123456789 #abcok.!\t\0")))
), min_size=1, max_size=3)


def changed(lines, changes):
    lines = list(lines)
    for change, place, what in changes:
        if not lines:
            break
        at = place % len(lines)
        if change == "insert":
            lines.insert(at + 1, what)
        elif change == "replace":
            lines[at] = what
        elif change == "drop":
            del lines[at]
        elif change == "twice":
            lines.insert(at, lines[at])
        elif change == "swap":
            other = what % len(lines)
            lines[at], lines[other] = lines[other], lines[at]
        elif change == "cut":
            del lines[at:]
        else:
            column, byte = what
            column %= len(lines[at]) + 1
            lines[at] = lines[at][:column] + byte + lines[at][column + 1:]
    return lines


def trial(examples):
    return settings(max_examples=examples, derandomize=True, deadline=None, database=None,
                    suppress_health_check=list(HealthCheck))


def whole_reports_are_what_they_say(rig):
    @trial(150)
    @given(KINDS, st.booleans(), st.booleans())
    def check(kinds, quiet, by_code):
        status = what_becomes(kinds)
        code = EXITS[status] if by_code else 0
        assert rig.hear({1: whole(kinds, quiet)}, code, *words(quiet)) == status, rig.said
        assert rig.clean_junit() == (status != FAILED), rig.said
    check()


def machines_that_share_say_the_same(rig):
    @trial(60)
    @given(KINDS, st.integers(2, 4))
    def check(kinds, machines):
        streams = {first: whole(kinds, False, first) for first in range(1, len(kinds) + 1)}
        found = rig.hear(streams, 0, f"--machines={machines}", "log=full")
        assert found == what_becomes(kinds), rig.said
    check()


def changed_reports_pass_only_if_whole(rig):
    @trial(700)
    @given(st.lists(st.sampled_from(["passed", "passed", "skipped"]), min_size=1, max_size=4),
           CHANGES, CODES, st.booleans())
    def check(kinds, changes, code, quiet):
        lines = changed(whole(kinds, quiet), changes)
        must = judge(lines, code, quiet)
        found = rig.hear({1: lines}, code, *words(quiet))
        assert found == must if must is not None else found in (FAILED, NO_ANSWER), (
            must, found, lines, rig.said)
        assert rig.clean_junit() == (must is not None), rig.said
    check()


def with_it(lines, line, instead):
    """The report with this line at each place, instead of so many others."""
    return ([*lines[:place], line, *lines[place + instead:]] for place in range(len(lines) + 1))


def each_hostile_line_is_judged_at_each_place(rig):
    two, one = whole(["passed", "passed"], False), whole(["passed"], False)
    for line in HOSTILE:
        for stream in [*with_it(two, line, 0), *with_it(one, line, 1)]:
            must = judge(stream, 0, False)
            found = rig.hear({1: stream}, 0, "log=full")
            assert found == must if must is not None else found in (FAILED, NO_ANSWER), (
                must, found, stream, rig.said)


def saved_reports_are_read_or_refused(rig):
    bytes_of_lines = st.lists(st.one_of(st.sampled_from(HOSTILE), st.sampled_from(
        whole(["passed", "failed", "skipped", "error"], False)), st.text(max_size=30)), max_size=30)

    @trial(300)
    @given(bytes_of_lines, bytes_of_lines)
    @example(["TAP version 13", "1..1", "# bench x " + "1" * 5000 + " y", "ok 1 - a"],
             ["TAP version 13", "1..1", "# bench x " + "1" * 5000 + " y", "ok 1 - a"])
    @example(["TAP version 13", "1..1", "# x.asm:" + "1" * 5000 + ": y", "not ok 1 - a"], [])
    def check(one, two):
        paths = [rig.path("one.log"), rig.path("two.log")]
        for path, lines in zip(paths, (one, two)):
            with open(path, "wb") as file:
                file.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
        with contextlib.redirect_stdout(io.StringIO()):
            for path in paths:
                with contextlib.suppress(results.NoReport):
                    [result.why() for result in results.load(path).all]
            with contextlib.suppress(Mistake):
                assert compare.main(paths) in (0, 1)
    check()


CLAIMS = {
    "whole reports end as they say, with JUnit, by the machine's status or without":
        whole_reports_are_what_they_say,
    "machines that share the tests end as one alone would": machines_that_share_say_the_same,
    "each hostile line at each place of a report is judged as the oracle does":
        each_hostile_line_is_judged_at_each_place,
    "a changed report passes only if it is still whole, and JUnit says the same":
        changed_reports_pass_only_if_whole,
    "any saved report is read or refused in words": saved_reports_are_read_or_refused,
}


def main():
    print("TAP version 13")
    with tempfile.TemporaryDirectory() as folder:
        set_hypothesis_home_dir(folder)
        rig = Rig(folder)
        for number, (claim, tried) in enumerate(CLAIMS.items(), 1):
            verdict = "ok"
            try:
                tried(rig)
            except Exception as error:          # pylint: disable=broad-except
                verdict = "not ok"
                print("".join(f"# {line}\n" for line in repr(error).split("\\n")), end="")
            print(f"{verdict} {number} - {claim}", flush=True)
    print(f"1..{len(CLAIMS)}")


if __name__ == "__main__":
    main()
