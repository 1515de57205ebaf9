"""Scenarios: their source assembled by nasm, and what they are called in the report."""

import os
import re
import struct
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from .mistake import Mistake, missing, readable
from .platform import ROOT
from .processes import processors
from .progress import Progress
from .tables import of_scenario

LONGEST_NAME = 95                       # tests/language/scenario.inc: NAME_LENGTH_AT_MOST
LIMIT = 60                              # seconds for one nasm


class Scenario(NamedTuple):
    """One that is to run, as a file for the kernel; or not, if there are complaints."""
    name: str
    file: str
    complaints: list                    # what is wrong with it, line by line


class Assembled(NamedTuple):
    """What became of a source; `complaints` are the assembler's lines if it did not assemble."""
    source: str
    output: str
    complaints: list


def assemble(source, output, name=None, options=()):
    """Assembles one file, which the report calls `name` rather than by its path."""
    named = [f"-DSCENARIO_NAME='{name}'"] if name else []
    try:
        nasm = subprocess.run(
            ["nasm", "-Wall", "-Werror", f"-I{ROOT}/tests/language/", f"-I{ROOT}/", "-f", "bin",
             *named, *options, "-o", as_path(output), as_path(source)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return Assembled(source, output, [f"{source}: nasm did not end in {LIMIT} seconds"])
    except FileNotFoundError as error:
        raise missing(error) from error
    said = nasm.stdout.decode("utf-8", "backslashreplace").splitlines()
    if nasm.returncode and not said:
        said = [f"{source}: nasm ended with status {nasm.returncode}, and said nothing"]
    return Assembled(source, output, said if nasm.returncode else [])


def as_path(word):
    """A file's name, which would be an option where it begins with -."""
    return f"./{word}" if word.startswith("-") and word.endswith((".asm", ".bin")) else word


def assemble_all(jobs):
    """Assembles (source, output, name) of each job, as many at once as there are processors.  Yields
    what became of each in the order of the jobs."""
    with ThreadPoolExecutor(processors()) as pool:
        yield from pool.map(lambda job: assemble(*job), jobs)


def scenarios(paths, folder):
    """Each of the files, sources and assembled ones, as a Scenario; its output goes to the folder.
    Raises Mistake for what cannot be a file of a scenario."""
    paths = [as_path(path) for path in paths]
    for path in paths:
        if not path.endswith((".asm", ".bin")):
            raise Mistake(f"{path}: a scenario's name ends in .asm, or .bin once assembled")
        readable(path, "scenario")
        if paths.count(path) > 1:
            raise Mistake(f"--scenario={path} is there twice")
    sources = [path for path in paths if path.endswith(".asm")]
    names = names_apart(sources)
    jobs = [(source, os.path.join(folder, f"{number}.bin"),
             name if name != usual_name(source) else None)
            for number, (source, name) in enumerate(zip(sources, names))]
    made = {}
    with Progress("scenarios", len(jobs), live=True) as progress:
        for done, name in zip(assemble_all(jobs), names):
            made[done.source] = from_source(done, name)
            progress.step()
    return [made[path] if path in made else from_file(path) for path in paths]


def from_source(done, name):
    """The Scenario that a source was assembled to."""
    if done.complaints:
        return Scenario(called(name), None, done.complaints)
    own = name_of(done.output)
    wrong = [] if own else [f"{done.source} is no scenario: see docs/scenarios.md for what makes one"]
    return Scenario(own or called(name), done.output, wrong)


def from_file(path):
    """The Scenario in an assembled file."""
    name = name_of(path)
    wrong = [] if name else [f"{path} is no scenario, or damaged; "
                             f"--module={path} boots it all the same"]
    usual = os.path.basename(path).removesuffix(".bin")
    return Scenario(name or called(usual), os.path.abspath(path), wrong)


def called(name):
    """The name, in letters that a name in the report may have."""
    return re.sub(r"[^\w./-]", "_", name, flags=re.ASCII)[-LONGEST_NAME:]


def names_apart(paths):
    """What to call the files so that no two are called alike: by their usual names, and where that
    is not enough by as many of the folders above them as are."""
    parts = [parts_of(path) for path in paths]
    folders = [0] * len(paths)
    while True:
        names = ["/".join(each[-1 - count:]) if count else usual_name(path)
                 for path, each, count in zip(paths, parts, folders)]
        often = Counter(names)
        short = [place for place, name in enumerate(names)
                 if often[name] > 1 and folders[place] < len(parts[place]) - 1]
        if not short:
            return numbered([name[-LONGEST_NAME:] for name in names])
        for place in short:
            folders[place] += 1


def usual_name(path):
    """What tests/language/scenario.inc calls it: its path behind the last folder called scenarios,
    else behind all folders, without .asm."""
    _, grouped, name = f"/{path}".rpartition("/scenarios/")
    return (name if grouped else os.path.basename(path)).removesuffix(".asm")


def parts_of(path):
    """The folders above it and its own name, in letters that a scenario's name may have."""
    path = os.path.abspath(path).removesuffix(".asm")
    return [called(part) for part in path.strip("/").split("/")]


def numbered(names):
    """The names, but those that come again with a number."""
    before = Counter()
    result = []
    for name in names:
        before[name] += 1
        result.append(f"{name}_{before[name]}" if before[name] > 1 else name)
    return result


def name_of(path):
    """The name of an assembled scenario, from its header; None if it is none, or damaged."""
    with open(path, "rb") as file:
        try:
            return of_scenario(file.read()).name
        except (struct.error, ValueError):
            return None
