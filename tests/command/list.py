"""Prints the names of the tests, one a line, in the order in which they run.  It reads them from
what was built: this works on any machine, and boots nothing.

GLOBs pick by name, as behind run=: `*` and `?`, a leading - leaves out.  Tests that run only on
request are listed where a GLOB writes their group out, as in 'fault/*'.
"""

import os

from .arguments import Parser
from .mistake import Mistake, built, readable
from .platform import ROOT
from .tables import Malformed, of_kernel, of_module
from .words import matches

EXAMPLE = "trapline list --claims 'ept/*,-ept/sub_page*'"


def main(arguments):
    options = parse(arguments)
    globs = [glob for word in options.globs for glob in word.split(",")]
    try:
        tests = everything(options)
    except Malformed as error:
        raise Mistake(error) from error
    for test in tests:
        if is_picked(test, globs):
            print(f"{test.name}: {test.claim}" if options.claims else test.name)
    return 0


def parse(arguments):
    parser = Parser("list", __doc__, EXAMPLE)
    option = parser.add_argument
    option("globs", nargs="*", metavar="GLOB")
    option("--claims", action="store_true", help="behind each name, what the test claims")
    option("--module", action="append", default=[], metavar="FILE",
           help="list the tests of this file instead of the suite's; may be repeated")
    option("--build", default=os.path.join(ROOT, "build"), metavar="FOLDER",
           help="where kernel and scenarios were built")
    # A glob that leaves out begins as an option does.
    leaving_out = [word for word in arguments if word.startswith("-") and not word.startswith("--")
                   and word != "-h"]
    options = parser.read([word for word in arguments if word not in leaving_out])
    options.globs += leaving_out
    return options


def everything(options):
    """Every test there is, those of the kernel first, then those in C of the modules."""
    tests = of_kernel(built(options.build, "trapline.elf"))
    modules = ([readable(path, "module") for path in options.module] or
               [built(options.build, "suite.bin")])
    loaded = [of_module(path) for path in modules]
    for kind in 0, 1:
        for each in loaded:
            tests += each[kind]
    return tests


def is_picked(test, globs):
    wanted = [glob for glob in globs if not glob.startswith("-")]
    if any(matches(test.name, glob[1:]) for glob in globs if glob.startswith("-")):
        return False
    if not wanted:
        return not test.on_request
    return any(matches(test.name, glob) and (not test.on_request or names_group(glob, test.name))
               for glob in wanted)


def names_group(glob, name):
    """Whether the glob writes the group out, up to its /."""
    group = name[:name.index("/") + 1]
    return glob.startswith(group)
