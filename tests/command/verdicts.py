"""The verdicts of two runs side by side, by name, in whatever order the tests were played."""

from .words import plain_name

KINDS = {"known": "failed"}             # what a list expects is no other verdict
BY_CHANCE = "# known at times: "        # begins what a run says of a test that need not fail


def kind(result):
    """What a result counts as; None of none."""
    return result and KINDS.get(result.outcome, result.outcome)


def by_name(results):
    return {result.name: result for result in results}


def differing(a, b):
    """(name, A's result, B's result) of each test whose verdicts differ, from two dictionaries by
    name.  A result is None where the test was not run.  A test that one of the runs has played
    several times is compared each time with the one result of the other."""
    for name in [*a, *(name for name in b if name not in a)]:
        here, there = of_test(a, name, b), of_test(b, name, a)
        if kind(here) != kind(there) and not (by_chance(here) or by_chance(there)):
            yield name, here, there


def of_test(results, name, others):
    """The result of that name; where the other run alone has such a name, of the plain one."""
    if name in results or name not in others:
        return results.get(name)
    return results.get(plain_name(name))


def by_chance(result):
    """Whether a list says of a failure that it comes and goes."""
    return bool(result) and any(line.startswith(BY_CHANCE) for line in result.said)


def in_words(result):
    """The verdict of one run, and why."""
    if result is None:
        return "not run"
    if result.outcome == "passed":
        return "passed"
    return f"{kind(result)} ({result.why().split('; ')[0]})"
