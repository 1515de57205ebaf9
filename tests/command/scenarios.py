"""Scenarios: their source assembled by nasm, and what they are called in the report."""

import os
import re
import struct
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from .arguments import as_path
from .mistake import Mistake, missing, readable
from .plain import plain_text
from .nasm import NASM
from .platform import ROOT
from .processes import how, processors
from .progress import Progress
from .tables import of_scenario

LONGEST_NAME = 95                       # tests/language/scenario.inc: NAME_LENGTH_AT_MOST
WITHOUT_TWIST = ["-DUNTWISTED"]         # tests/language/twin.inc
TWIN = ".untwisted"                     # ends the name of a scenario that was assembled so
LIMIT = 60                              # seconds for one nasm


class Scenario(NamedTuple):
    """One that is to run, as a file for the kernel; or not, if there are complaints."""
    name: str
    file: str
    complaints: list                    # what is wrong with it, line by line


class Assembled(NamedTuple):
    """What became of a source: `complaints` are the assembler's lines if it did not assemble, and
    `warnings` if it did."""
    source: str
    output: str
    complaints: list
    warnings: list = []

    def said(self):
        """What the user has to see of it, or nothing."""
        return "\n".join(self.complaints or self.warnings)


def assemble(source, output, name, options=()):
    """Assembles one file, which the report calls by the name, or by its usual one."""
    name = allowed_name(source, name or usual_name(source))
    named = [f"-DSCENARIO_NAME={quoted(name)}"] if name != name_by_path(source) else []
    try:
        nasm = subprocess.run(
            [*NASM, f"-I{ROOT}/tests/language/", f"-I{ROOT}/", "-f", "bin",
             *named, *options, "-o", as_path(output), as_path(source)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return Assembled(source, output, [f"{source}: nasm did not end in {LIMIT} seconds"])
    except FileNotFoundError as error:
        raise missing(error) from error
    said = nasm.stdout.decode("utf-8", "backslashreplace").split("\n")
    said = [line for line in said if line.strip()]
    if nasm.returncode and not said:
        said = [f"{source}: nasm ended, {how(nasm.returncode)}, and said nothing"]
    return Assembled(source, output, *([said, []] if nasm.returncode else [[], said]))


def allowed_name(source, name):
    """The name; or what the file is called, if that can be no name, which is for nasm to tell."""
    stem = without_ending(os.path.basename(source))
    return name if stem == called(stem) else stem


def quoted(text):
    """A string of nasm's."""
    return "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`"


def assemble_all(jobs):
    """Assembles (source, output, name, options) of each job, as many at once as there are processors.
    Yields what became of each, in the order of the jobs."""
    with ThreadPoolExecutor(processors()) as pool:
        yield from pool.map(lambda job: assemble(*job), jobs)


def scenarios(paths, folder, untwisted=False):
    """Each of the files, sources and assembled ones, as a Scenario; its output goes to the folder.
    `untwisted`: all are sources, and assembled without their twists.
    Raises Mistake for what cannot be a file of a scenario."""
    paths = [as_path(path) for path in paths]
    refuse_others(paths)
    options, ending = (WITHOUT_TWIST, TWIN) if untwisted else ([], "")
    named = {path: name_of(path) for path in paths if path.endswith(".bin")}
    others = [path for path in paths if not named.get(path)]
    names = names_apart(others, list(filter(None, named.values())))
    called_so = dict(zip(others, names))
    jobs = [(path, os.path.join(folder, f"{number}.bin"), called_so[path], options)
            for number, path in enumerate(others) if path.endswith(".asm")]
    made = {}
    with Progress("scenarios", len(jobs), live=True) as progress:
        for done in assemble_all(jobs):
            made[done.source] = from_source(done, called_so[done.source] + ending)
            progress.step()
            if done.warnings:
                progress.say(done.said())
    return [made.get(path) or from_file(path, named[path], called_so.get(path)) for path in paths]


def refuse_others(paths):
    """What is no scenario's file, or the same one as another."""
    known = {}
    for path in paths:
        if not path.endswith((".asm", ".bin")):
            raise Mistake(f"{path}: a scenario's name ends in .asm, or .bin once assembled")
        file = os.stat(readable(path, "scenario"))
        other = known.setdefault((file.st_dev, file.st_ino), path)
        if other is not path:
            raise Mistake(f"--scenario={other} and --scenario={path} are one file")


def from_source(done, name):
    """The Scenario that a source was assembled to."""
    if done.complaints:
        return mistaken(name, done.complaints)
    own = name_of(done.output)
    if not own:
        return mistaken(name, [f"{done.source} is no scenario: "
                               "see docs/scenarios.md for what makes one"])
    return Scenario(own, done.output, [])


def from_file(path, name, called_so):
    """The Scenario in an assembled file, which has a name unless it is damaged."""
    if not name:
        return mistaken(called_so, [f"{path} is no scenario, or damaged; "
                                    f"--module={path} boots it all the same"])
    return Scenario(name, os.path.abspath(path), [])


def mistaken(name, complaints):
    """The Scenario that no machine is given, for these reasons."""
    return Scenario(name, None, [plain_text(line) for line in complaints])


def called(name):
    """The name, in letters that a name in the report may have."""
    return re.sub(r"[^\w./-]", "_", name, flags=re.ASCII)[-LONGEST_NAME:]


def names_apart(paths, taken):
    """Names for the files, no two alike, and none that is taken already: their usual names; where
    these are alike, with as many of the folders above as it takes; else with numbers."""
    parts = [parts_of(path) for path in paths]
    folders = [0] * len(paths)
    while True:
        names = ["/".join(each[-1 - count:]) if count else usual_name(path)
                 for path, each, count in zip(paths, parts, folders)]
        often = Counter([name for name, _ in set(zip(names, parts))] + taken)
        short = [place for place, name in enumerate(names)
                 if often[name] > 1 and folders[place] < len(parts[place]) - 1]
        if not short:
            return numbered(names, taken)
        for place in short:
            folders[place] += 1


def usual_name(path):
    """Its name by its path, in letters that a scenario's name may have."""
    return called(name_by_path(path))


def name_by_path(path):
    """What tests/language/scenario.inc calls it: its path behind the last folder called scenarios,
    else behind all folders, without .asm."""
    _, grouped, name = f"/{path}".rpartition("/scenarios/")
    return without_ending(name if grouped else os.path.basename(path))


def without_ending(path):
    """Without .asm or .bin."""
    return path[:-4]


def parts_of(path):
    """The folders above it and its own name, in letters that a scenario's name may have."""
    path = without_ending(os.path.abspath(path))
    return tuple(called(part) for part in path.strip("/").split("/"))


def numbered(names, taken):
    """The names, cut to their longest; what is called like one before it has a number behind."""
    result = []
    for name in names:
        candidate, count = name[-LONGEST_NAME:], 1
        while candidate in result or candidate in taken:
            count += 1
            number = f"_{count}"
            candidate = name[len(number) - LONGEST_NAME:] + number
        result.append(candidate)
    return result


def name_of(path):
    """The name of an assembled scenario, from its header; None if it is none, or damaged."""
    with open(path, "rb") as file:
        try:
            name = of_scenario(file.read()).name
        except (struct.error, ValueError):
            return None
    return name if name == called(name) else None
