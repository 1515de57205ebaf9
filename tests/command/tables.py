"""The tables of tests in what was built: read from the files, without running any of it.

A row is a struct test (tests/report/test.h): five pointers, of which the first three lead to texts.
"""

import struct
from typing import NamedTuple

ROW = struct.Struct("<5Q")
SEGMENT_LOADED = 1                      # PT_LOAD
FILE = struct.Struct("<8s4xI")          # tests/module/module.h: what each file begins with
EXTENSION_MAGIC = b"TRAPLINE"
EXTENSION = struct.Struct("<8sHHIQQ12I")        # tests/module/extension.h: struct extension_header
SCENARIO_MAGIC = b"SCENARIO"
SCENARIO_TEXTS = struct.Struct("<II")   # tests/script/script.h: name, title of struct script_header
SCENARIO_TEXTS_AT = 48
SCENARIO_VERSION = struct.Struct("<8xH")
SCENARIO_OF_TODAY = 5                   # the version
SCENARIO_RULES = struct.Struct("<II")   # rules, rule_count
SCENARIO_RULES_AT = 64


class Test(NamedTuple):
    name: str
    claim: str
    section: str                        # of the SDM
    on_request: bool
    rules: tuple = ()                   # what a scenario says of each rule that it tests


class Malformed(Exception):
    """A file is not what it should be; says which."""


def of_kernel(path):
    """The tests in the kernel's ELF file."""
    with open(path, "rb") as file:
        contents = file.read()
    try:
        image = Elf(contents)
        start, request, end = (image.symbols[name] for name in
                               (b"tests_start", b"tests_on_request", b"tests_end"))
        return rows(contents, image.place, start, request, end)
    except (struct.error, LookupError, ValueError) as error:
        raise Malformed(f"{path} is no kernel of Trapline's") from error


def end_of_kernel(path):
    """Where the memory ends that the kernel lies in; 0 if the file is none, which is for others to
    say."""
    with open(path, "rb") as file:
        try:
            return max(start + len(part) for start, part in Elf(file.read()).loaded())
        except (struct.error, LookupError, ValueError):
            return 0


def of_module(path):
    """The tests in the files that a module is made of: those of its extension, its scenarios."""
    with open(path, "rb") as file:
        contents = file.read()
    in_c, scenarios = [], []
    place = 0
    try:
        while place < len(contents) or not contents:
            magic, size = FILE.unpack_from(contents, place)
            piece = contents[place:place + size]
            if len(piece) < size or not piece.endswith(magic[::-1]):
                raise ValueError
            if magic == EXTENSION_MAGIC:
                in_c += of_extension(piece)
            elif magic == SCENARIO_MAGIC:
                scenarios.append(of_scenario(piece))
            else:
                raise ValueError
            place += size
    except (struct.error, ValueError) as error:
        raise Malformed(f"{path} is no module, or the file in it at byte {place} is damaged"
                        ) from error
    return in_c, scenarios


def of_extension(contents):
    """The tests in suites.bin."""
    header = EXTENSION.unpack_from(contents)
    address = header[5]
    start, request, end = header[-3:]
    return rows(contents, lambda pointer: pointer - address,
                address + start, address + request, address + end)


def of_scenario(contents):
    """The one test in an assembled scenario.  Raises ValueError or struct.error if it is bad."""
    if not contents.startswith(SCENARIO_MAGIC):
        raise ValueError
    name, title = (text_at(contents, place)
                   for place in SCENARIO_TEXTS.unpack_from(contents, SCENARIO_TEXTS_AT))
    return Test(name, title, "", False, tuple(rules_of(contents)))


def rules_of(contents):
    """The texts of the rules that an assembled scenario tests; none of one of another version,
    which is for the kernel to refuse."""
    if SCENARIO_VERSION.unpack_from(contents) != (SCENARIO_OF_TODAY,):
        return
    place, count = SCENARIO_RULES.unpack_from(contents, SCENARIO_RULES_AT)
    for _ in range(count):
        text = text_at(contents, place)
        yield text
        place += len(text) + 1


def rows(contents, place, start, request, end):
    """The tests between two addresses; `place` tells where in the contents an address is."""
    def text(pointer):
        return text_at(contents, place(pointer))

    tests = []
    for address in range(start, end, ROW.size):
        name, claim, section, _, _ = ROW.unpack_from(contents, place(address))
        tests.append(Test(text(name), text(claim), text(section), address >= request))
    return tests


def text_at(contents, place):
    """The text that begins there and ends before a byte of 0."""
    if not 0 <= place < len(contents):
        raise ValueError
    return contents[place:contents.index(b"\0", place)].decode("ascii")


class Elf:
    """As much of a 64-bit ELF file as it takes to find what a symbol names."""

    def __init__(self, contents):
        self.contents = contents
        if contents[:5] != b"\x7fELF\x02":
            raise ValueError
        segments, sections = struct.unpack_from("<QQ", contents, 32)
        size, count, section_size, section_count = struct.unpack_from("<4H", contents, 54)
        self.segments = [struct.unpack_from("<IIQQQQQ", contents, segments + size * number)
                         for number in range(count)]
        self.sections = [struct.unpack_from("<IIQQQQII", contents, sections + section_size * number)
                         for number in range(section_count)]
        self.section_names, = struct.unpack_from("<H", contents, 62)
        self.symbols = dict(self.read_symbols())

    def read_symbols(self):
        """(name, address) of each, by the section of type SHT_SYMTAB and the one of its texts."""
        for _, kind, _, _, offset, size, texts, _ in self.sections:
            if kind != 2:
                continue
            names = self.sections[texts][4]
            for place in range(offset, offset + size, 24):
                name, _, _, address = struct.unpack_from("<IBxHQ", self.contents, place)
                end = self.contents.index(b"\0", names + name)
                yield self.contents[names + name:end], address

    def section(self, name):
        """What stands in the section of that name; nothing if there is none."""
        texts = self.sections[self.section_names][4] if self.sections else 0
        for text, _, _, _, offset, size, _, _ in self.sections:
            if self.contents.startswith(name + b"\0", texts + text):
                return self.contents[offset:offset + size]
        return b""

    def loaded(self):
        """(address, contents) of each part as it lies in memory, zeros included."""
        return [(start, self.contents[offset:offset + size].ljust(in_memory, b"\0"))
                for kind, _, offset, start, _, size, in_memory in self.segments
                if kind == SEGMENT_LOADED]

    def place(self, address):
        """Where in the file it is what stands there in memory."""
        for kind, _, offset, start, _, size, _ in self.segments:
            if kind == SEGMENT_LOADED and start <= address < start + size:
                return offset + address - start
        raise ValueError
