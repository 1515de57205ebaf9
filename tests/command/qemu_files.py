"""The files that QEMU needs beside its program: libraries, and ROM images for its machines."""

import os
import re
import subprocess

from .mistake import Mistake

NEEDED = "bios-256k.bin"
ROMS = [NEEDED, "bios-microvm.bin", "qboot.rom", "kvmvapic.bin", "pvh.bin", "multiboot_dma.bin",
        "linuxboot_dma.bin"]
LIBRARY = re.compile(r"\s*(?:(?P<name>\S+) => )?(?P<path>/\S+) \(0x\w+\)")


def said_by(*command):
    """What the program prints.  Raises Mistake if it cannot be run."""
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=20, check=False,
                              text=True, errors="replace").stdout
    except OSError as error:
        raise Mistake(f"{command[0]}: {error.strerror}") from error
    except subprocess.TimeoutExpired:
        raise Mistake(f"{command[0]} does not end when it is called as `{' '.join(command)}`"
                      ) from None


def libraries(program):
    """The libraries of the program, and the loader that links them: the path of each by the name
    that the program has for it, which for the loader is a path.  Raises Mistake."""
    with open(program, "rb") as file:
        if file.read(4) != b"\x7fELF":
            raise Mistake(f"{program}: this is no ELF file, but perhaps a script that calls QEMU")
    said = said_by("ldd", program)
    missing = re.search(r"\s*(\S+) => not found", said)
    if missing:
        raise Mistake(f"{program}: its library {missing[1]} is not here")
    lines = [found for found in map(LIBRARY.fullmatch, said.split("\n")) if found]
    return {found["name"] or found["path"]: found["path"] for found in lines}


def roms(program):
    """The paths of the ROM images: QEMU itself tells the folders that it searches.  Raises
    Mistake."""
    folders = said_by(program, "-L", "help").split("\n")
    paths = [first(name, folders) for name in ROMS]
    if not paths[0]:
        raise Mistake(f"{program}: its ROM image {NEEDED} is in none of the folders that "
                      f"`{program} -L help` names: {', '.join(filter(None, folders))}")
    return [path for path in paths if path]


def first(name, folders):
    """The path of the file of that name in the first folder that has it, or None."""
    paths = (os.path.join(folder, name) for folder in folders if folder)
    return next(filter(os.path.isfile, paths), None)
