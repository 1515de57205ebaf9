"""Makes the file that the kernel loads from a scenario (docs/scenarios.md), by nasm.

What does not assemble is told by file and line; the others are made all the same.  Behind -- stand
options for nasm, such as -l LISTING.

Ends with 0 if all of them assembled, 1 if one did not, 2 if it was asked for what cannot be.
"""

import os

from .arguments import Parser
from .mistake import Mistake, in_words, readable
from .nasm import STRICT
from .progress import Progress
from .scenarios import TWIN, WITHOUT_TWIST, assemble_all, usual_name

EXAMPLE = "trapline assemble store.asm store.bin"


def main(arguments):
    jobs = parse(arguments)
    failed = 0
    with Progress("scenarios", len(jobs), live=True) as progress:
        for done in assemble_all(jobs):
            progress.step()
            failed += bool(done.complaints)
            if done.said():
                progress.say(done.said())
    return 1 if failed else 0


def parse(arguments):
    """What is to be made: (source, output, name, options) of each."""
    ours, for_nasm = split(arguments)
    parser = Parser("assemble", __doc__, EXAMPLE)
    parser.add_argument("files", nargs="+", metavar="FILE",
                        help="SCENARIO.asm OUTPUT.bin, or any number of SCENARIO.asm: the output "
                             "of each then stands beside it, and ends in .bin")
    parser.add_argument("--into", metavar="FOLDER",
                        help="where the outputs go, each by the scenario's name in the report")
    parser.add_argument("--werror", action="store_true",
                        help="do not make what nasm warns of; else a warning is only shown")
    parser.add_argument("--untwisted", action="store_true",
                        help="leave out the line marked by `twist`, which makes the scenario's "
                             "twin: NAME.untwisted")
    options = parser.read(ours)
    for_nasm += [STRICT] if options.werror else []
    for_nasm += WITHOUT_TWIST if options.untwisted else []
    ending = f"{TWIN}.bin" if options.untwisted else ".bin"
    pairs = outputs(options.files, options.into, ending)
    for source, output in pairs:
        if not source.endswith(".asm"):
            raise Mistake(f"{source}: the name of a scenario's source ends in .asm")
        readable(source)
        if options.into:
            make_folder(os.path.dirname(output))
    refuse_twins(pairs)
    return [(source, output, None, for_nasm) for source, output in pairs]


def split(arguments):
    """What stands before the first --, and behind it."""
    if "--" not in arguments:
        return arguments, []
    place = arguments.index("--")
    return arguments[:place], arguments[place + 1:]


def make_folder(path):
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise Mistake(in_words(error)) from error


def refuse_twins(pairs):
    """Two that would be made at once, in one file."""
    sources = {}
    for source, output in pairs:
        if output in sources:
            raise Mistake(f"{sources[output]} and {source} would both be {output}")
        sources[output] = source


def outputs(files, folder, ending):
    """(source, output) of each."""
    if folder:
        return [(source, os.path.join(folder, usual_name(source) + ending)) for source in files]
    if len(files) == 2 and not files[1].endswith(".asm"):
        return [tuple(files)]
    return [(source, source.removesuffix(".asm") + ending) for source in files]
