#!/usr/bin/env python3
"""floors.py [--tree=DIR] [--objects=DIR] CHECK -- which source file may depend on which other one

A file depends on another one if it includes it, or if it uses a function or an object that the
other one defines.  The uses are read from the object files under --objects (DIR/FILE.o for each
FILE.c and FILE.asm); without --objects only includes count.  CHECK is one of

    floors      a folder depends on itself and on the floors below it, in the order of FLOORS
    rooms       a room of tests/ depends on itself and on the rooms that the table ROOMS gives it
    top         tests/ itself holds folders, and no file but a README.md
    circles     no file depends on itself by way of others; NAME.c, NAME.h, NAME.asm, NAME.inc and
                NAME.def of one folder count as one file; the modules of the host command are
                checked by what they import of each other

Prints what is wrong, a line for each dependency that is too much, and then ends with status 1.
"""

import argparse
import glob
import os
import re
import subprocess
import sys
from collections import defaultdict, deque
from typing import NamedTuple

FLOORS = ["iso", "drivers", "kernel", "ept", "vmx", "tests"]

# On which other rooms a room of tests/ may depend.
ROOMS = {
    "language": "",
    "model": "",
    "report": "language",
    "rules": "",
    "module": "report",
    "script": "language report module",
    "player": "language report module script",
    "kernel": "report",
    "program": "language report module script player kernel",
    "suites": "rules language report module script player kernel model",
    "host": "language report module script player kernel model suites program",
    "explain": "model",
    "kvm": "",
}

# The same for the rooms of tests/suites/.
SUITES = {
    "apic": "guest",
    "cases": "",
    "conditions": "guest",
    "delivery": "guest",
    "ept": "cases",
    "entry": "cases",
    "extension": "",
    "guest": "",
    "machine": "",
    "operands": "guest",
    "probe": "",
    "shadowing": "guest",
    "state": "guest",
    "time": "guest",
    "vmx": "",
}

# Every room may depend on all floors below tests/, but for these.  The model judges what ept/ and
# vmx/ do, so it shares no code with them.
BELOW = {"model": "kernel/types kernel/print", "kvm": "iso/layout"}

# Uses that do not count, each with the reason.
NOT_COUNTED = {
    # The compiler adds them to every function that has an array; no author asked for them.  The
    # printing that ends a run because of them has such functions itself.
    "__stack_chk_fail", "__stack_chk_guard",
    # By this name the kernel starts whatever program stands above it (kernel/start.h).
    "program",
}

SOURCE = re.compile(r".*\.(c|h|asm|inc|def)")
COMMAND = "tests/command"
IMPORT = re.compile(r"from \.(\w*) import (.*)")
INCLUDE = re.compile(r'\s*[#%]\s*include\s+"([^"]*)"')

# nm's letters for a symbol that an object file uses but does not define.
UNDEFINED = "Uvw"

# Files in the scenario language do not count: they include scenario.inc without its path.
SCENARIOS = ("tests/scenarios", "tests/mistakes", "tests/host/dumps")

# Programs of their own, which are not linked into the kernel or its suites.
NOT_LINKED = ("iso/", "tests/host/", "tests/boot/", "tests/kvm/", "tests/explain/")


class Dependency(NamedTuple):
    file: str
    other: str
    text: str                           # the dependency in words, for the output


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--tree", default=".")
    arguments.add_argument("--objects")
    arguments.add_argument("check", choices=["floors", "rooms", "top", "circles"])
    arguments = arguments.parse_args()
    wrong = check(arguments.check, arguments.tree, arguments.objects)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def check(name, tree, objects):
    """The lines that say what is wrong."""
    if name == "top":
        return list(files_at_the_top(tree))
    dependencies = [*includes(tree), *(imports(tree) if name == "circles" else [])]
    if objects is not None:
        linked = linked_sources(tree)
        not_built = [path for path in linked if not os.path.exists(object_of(objects, path))]
        if not_built:
            return [f"{path} was not built" for path in not_built]
        dependencies += uses(objects, linked)
    checks = {"floors": against_floors, "rooms": against_rooms, "circles": circles}
    return list(checks[name](dependencies))


# --- What depends on what ---


def sources(tree):
    """The paths of all source files, from the top of the tree, in order."""
    found = []
    for floor in FLOORS:
        for folder, folders, files in os.walk(os.path.join(tree, floor)):
            here = os.path.relpath(folder, tree)
            folders[:] = [name for name in folders if f"{here}/{name}" not in SCENARIOS]
            found += [f"{here}/{name}" for name in files if SOURCE.fullmatch(name)]
    return sorted(found)


def linked_sources(tree):
    return [path for path in sources(tree)
            if path.endswith((".c", ".asm")) and not path.startswith(NOT_LINKED)]


def includes(tree):
    for path in sources(tree):
        with open(os.path.join(tree, path), encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                found = INCLUDE.match(line)
                if found:
                    yield Dependency(path, found[1], f"{path}:{number} includes {found[1]}")


def imports(tree):
    """`from .other import name`, and `from . import other, another`."""
    for path in sorted(glob.glob(os.path.join(tree, COMMAND, "*.py"))):
        module = os.path.relpath(path, tree)
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                for other in imported(line):
                    yield Dependency(module, f"{COMMAND}/{other}.py",
                                     f"{module}:{number} imports {other}")


def imported(line):
    """The modules of the same package that a line of Python imports."""
    found = IMPORT.match(line)
    if not found:
        return []
    return [found[1]] if found[1] else found[2].strip().split(", ")


def uses(objects, linked):
    path_of = {object_of(objects, path): path for path in linked}
    if not path_of:                                     # nm without a name would read a.out
        return
    said = subprocess.run(["nm", "--print-file-name", "--extern-only", "--format=posix", *path_of],
                          check=True, text=True, stdout=subprocess.PIPE)
    owner, users = {}, []
    for line in said.stdout.splitlines():
        file, symbol, kind = line.split()[:3]
        path = path_of[file.removesuffix(":")]
        if kind not in UNDEFINED:
            owner[symbol] = path
        elif symbol not in NOT_COUNTED:
            users.append((path, symbol))
    for path, symbol in users:
        if symbol in owner:                             # else it is defined in a linker script
            yield Dependency(path, owner[symbol], f"{path} uses {symbol} of {owner[symbol]}")


def object_of(objects, path):
    return os.path.join(objects, path + ".o")


# --- Floors and rooms ---


def against_floors(dependencies):
    for file, other, text in dependencies:
        here, there = file.split("/")[0], other.split("/")[0]
        if there not in FLOORS or there == other:
            yield f"{text}: that names no folder"
        elif FLOORS.index(there) > FLOORS.index(here):
            yield f"{text}: {there}/ is above {here}/"


def against_rooms(dependencies):
    for file, other, text in dependencies:
        reason = file.startswith("tests/") and why_not(file.split("/"), other.split("/"))
        if reason:
            yield f"{text}: {reason}"


def why_not(file, other):
    """Why the file of tests/ may not depend on the other one; None if it may."""
    room = file[1]
    if other[0] != "tests":
        allowed = BELOW.get(room, " ".join(FLOORS)).split()
        is_allowed = other[0] in allowed or noun("/".join(other)) in allowed
        return None if is_allowed else f"tests/{room}/ may not depend on {other[0]}/"
    if room == other[1] == "suites":
        return why_not_room(SUITES, "tests/suites", file[2], other[2])
    return why_not_room(ROOMS, "tests", room, other[1])


def why_not_room(table, folder, room, other):
    if room not in table:
        return f"tests/host/floors.py does not know the room {folder}/{room}/"
    if other == room or other in table[room].split():
        return None
    return f"{folder}/{room}/ may not depend on {folder}/{other}/"


def files_at_the_top(tree):
    tests = os.path.join(tree, "tests")
    for name in sorted(os.listdir(tests)):
        if name != "README.md" and not os.path.isdir(os.path.join(tests, name)):
            yield f"tests/{name} is in no room"


# --- Circles ---


def noun(path):
    return os.path.splitext(path)[0]


def circles(dependencies):
    """For each file in a circle a shortest one that it is in, but every circle once only."""
    steps = defaultdict(lambda: defaultdict(list))
    for file, other, text in dependencies:
        steps[noun(file)][noun(other)].append(text)
    told = set()
    for start in sorted(steps):
        circle = shortest_circle(steps, start) if start not in told else []
        told.update(circle)
        if circle:
            yield f"a circle of {len(circle)} files:"
        for here, there in zip(circle, circle[1:] + circle[:1]):
            yield from (f"  {text}" for text in steps[here][there])


def shortest_circle(steps, start):
    """The files on a shortest way from `start` by way of others back to it; empty if there is none.
    """
    came_from = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in sorted(steps.get(here, ())):
            if there == start and here != start:
                return way(came_from, start, here)
            if there not in came_from and there != start:
                came_from[there] = here
                waiting.append(there)
    return []


def way(came_from, start, end):
    found = [end]
    while found[0] != start:
        found.insert(0, came_from[found[0]])
    return found


if __name__ == "__main__":
    sys.exit(main())
