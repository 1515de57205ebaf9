"""Compares two reports, saved as they came out of `trapline run` or of a serial line: of two
hypervisors, or of two versions of one.  Prints what differs, one line a difference, A's side and
B's side with | between them, and nothing else: capabilities, verdicts, VM exits, costs.

Exits are compared of the tests that both reports show exits of (log=full shows all); their walks,
which hold host addresses, and times are not.

Ends with 0 if nothing differs, 1 if something does, 2 if a file is no report or nothing can be
printed.
"""

import re
import sys
from itertools import zip_longest

from . import fingerprint, mistake
from .arguments import Parser
from .mistake import Mistake
from .processes import silence
from .results import NoReport, load
from .verdicts import by_name, differing, in_words, kind

EXAMPLE = "trapline compare bochs.log kvm.log --tolerance=5"
EXIT = re.compile(r"# exit (\d+) (\w+):?(?: (.*))?")
BENCH = re.compile(r"# bench (\w+) (\d{1,20}) (\S+)")


def main(arguments):
    options = parse(arguments)
    try:
        differences = compare(options)
        sys.stdout.flush()
    except NoReport as error:
        raise Mistake(error) from error
    except OSError as error:
        if not error.filename:
            silence(sys.stdout)
            error.filename = "standard output"
        raise Mistake(mistake.in_words(error)) from error
    return 1 if differences else 0


def compare(options):
    """Prints what differs; how much that is."""
    a, b = load(options.a), load(options.b)
    introduce("A", options.a, a)
    introduce("B", options.b, b)
    tests = by_name(a.all), by_name(b.all)
    sections = {"Verdicts": verdicts(*tests)} if options.verdicts else {
        "Capabilities": capabilities(a, b),
        "Verdicts": verdicts(*tests),
        "Exits": exits(*tests),
        f"Costs, by more than {options.tolerance:g} %": costs(a, b, options.tolerance / 100),
    }
    sections = {title: list(lines) for title, lines in sections.items()}
    for title, lines in sections.items():
        if lines:
            print("", f"{title}:", *(f"  {line}" for line in lines), sep="\n")
    differences = sum(map(len, sections.values()))
    print("", f"{differences or 'no'} difference{'s'[:differences > 1]}", sep="\n")
    return differences


def parse(arguments):
    parser = Parser("compare", __doc__, EXAMPLE)
    parser.add_argument("a", metavar="A")
    parser.add_argument("b", metavar="B")
    parser.add_argument("--verdicts", action="store_true", help="compare nothing but verdicts")
    parser.add_argument("--tolerance", type=float, default=10, metavar="PERCENT",
                        help="how much two costs may differ: 10")
    options = parser.read(arguments)
    if not options.tolerance >= 0:
        raise Mistake(f"--tolerance={options.tolerance:g}: a percentage is 0 or more")
    return options


def introduce(letter, path, results):
    counts = {}
    for result in results.all:
        counts[kind(result)] = counts.get(kind(result), 0) + 1
    said = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    below = ", ".join(fingerprint.below(results.fingerprint))
    on = f", on {below}" if below else ""
    print(f"{letter} is {path}{on}: {said or results.refusal or 'no results'}")
    missing = (results.plan or 0) - len(results.all)
    if missing or results.plan is None:
        print(f"  it is not whole: {missing} of {results.plan} results are missing"
              if results.plan else "  it has no plan")


def capabilities(a, b):
    """What one offers and the other does not."""
    a, b = fingerprint.capabilities(a.fingerprint), fingerprint.capabilities(b.fingerprint)
    for name in sorted(a.keys() & b.keys()):
        here, there = a[name], b[name]
        lines = list(differences(name, here, there)) if here.exists() and there.exists() else []
        if not lines and here.value() != there.value():
            lines = [f"{name}: {here.value()} | {there.value()}"]
        yield from lines


def differences(name, here, there):
    """Of a capability MSR that both have; none if all that differs is bits without a name."""
    items = here.items(), there.items()
    for item in [*items[0], *(item for item in items[1] if item not in items[0])]:
        labels = [offer_in_words(each.get(item)) for each in items]
        if labels[0] != labels[1]:
            yield f"{name}, {item}: {labels[0]} | {labels[1]}"
    if here.meaning() != there.meaning():
        yield f"{name}: {apart(here.meaning(), there.meaning(), ', ')}"


def offer_in_words(label):
    return {None: "no", "offers": "yes"}.get(label, label)


def apart(here, there, between):
    """Two lists without what they have in common."""
    in_here, in_there = set(here), set(there)
    only_here = [item for item in here if item not in in_there]
    only_there = [item for item in there if item not in in_here]
    return " | ".join(between.join(items) or "-" for items in (only_here, only_there))


def verdicts(a, b):
    for name, here, there in differing(a, b):
        yield f"{name}: {in_words(here)} | {in_words(there)}"


def exits(a, b):
    """Of the tests that both show exits of, where one was skipped or not shown says the verdict."""
    for name in a:
        here, there = exits_of(a[name]), exits_of(b.get(name))
        if not here or not there:
            continue
        for number, pair in enumerate(zip_longest(here, there), 1):
            if pair[0] != pair[1]:
                yield f"{name}, exit {number}: {both(*pair)}"


def exits_of(result):
    """(reason, details) of each exit in turn.  After RDTSC, what is in RAX is the time."""
    said = result.said if result else ()
    found = [EXIT.fullmatch(line) for line in said]
    found = [(exit[2], exit[3] or "") for exit in found if exit]
    if any(reason.startswith("rdtsc") for reason, _ in found):
        found = [(reason, re.sub(r"\brax=\S+ ?", "", details)) for reason, details in found]
    return found


def both(here, there):
    """Two exits, of which what they have in common is said once."""
    if here and there and here[0] == there[0]:
        return f"{here[0]} {apart(here[1].split(), there[1].split(), ' ')}"
    return " | ".join(" ".join(one).strip() if one else "no exit" for one in (here, there))


def costs(a, b, tolerance):
    a, b = costs_of(a), costs_of(b)
    for name in a:
        if name in b and abs(a[name][0] - b[name][0]) > tolerance * a[name][0]:
            yield f"{name}: {a[name][0]} | {b[name][0]} {b[name][1]}"


def costs_of(results):
    said = [line for result in results.all for line in result.said] + results.said
    found = filter(None, map(BENCH.fullmatch, said))
    return {bench[1]: (int(bench[2]), bench[3]) for bench in found}
