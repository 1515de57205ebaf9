"""The modules that machines are given, and which of them arrived.

A boot loader that has no room for a module goes on without it.  The kernel says how many bytes each
of its modules has; what is not among them is a test at fault.
"""

import os
from typing import NamedTuple

from .plain import plain_text


class Module(NamedTuple):
    names: list                         # of the tests that fail if it is lost
    size: int                           # bytes


class Lost(NamedTuple):
    name: str
    complaints: list


def module(path, names=None):
    """A file that is given; `names` of the scenarios that it holds, if they are known."""
    return Module(names or [test_name(path)], os.path.getsize(path))


def test_name(path):
    name = plain_text(os.path.basename(path)).replace("#", "_")
    return f"module/{name[:200].strip() or '_'}"


def sizes(found):
    """From the kernel's line (tap.MODULES)."""
    return list(map(int, (found[1] or "").split()))


def lost(given, loaded):
    """The tests for those of the given modules that are not among the loaded sizes, in order.  A
    platform may hand over all of them as one."""
    if sum(each.size for each in given) == sum(loaded):
        return []
    names = []
    for each in given:
        if loaded[:1] == [each.size]:
            loaded = loaded[1:]
        else:
            names += [Lost(name, [complaint(each.size)]) for name in each.names]
    return names


def complaint(size):
    return (f"it was given and did not arrive: {size} bytes that the boot loader lost, as it does "
            "where they do not fit into the machine's memory")
