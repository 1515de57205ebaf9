"""How Linux packs kernels and modules: the first bytes tell, whatever the file is called."""

import bz2
import lzma
import subprocess
import zlib
from functools import partial
from typing import Callable, NamedTuple

SIZE = 4                                # bytes: the size of what a kernel unpacks to


class Packing(NamedTuple):
    name: str
    magic: bytes
    unpack: Callable
    ends_itself: bool                   # whether bytes behind it are no fault


class Unpackable(Exception):
    """The contents are packed in no known way, or are damaged; says which."""


def by_library(make):
    """For a decompressor of Python's own, of which `make` makes one."""
    def unpack(contents):
        decompressor = make()
        try:
            unpacked = decompressor.decompress(contents)
        except (OSError, lzma.LZMAError, zlib.error) as error:
            raise Unpackable(str(error)) from error
        if not decompressor.eof:
            raise Unpackable("it ends too early")
        return unpacked
    return unpack


def by_program(*command):
    """For a program that unpacks its standard input."""
    def unpack(contents):
        process = subprocess.run(command, input=contents, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, check=False)
        if process.returncode:
            raise Unpackable(process.stderr.decode("ascii", "replace").strip().split("\n")[-1])
        return process.stdout
    return unpack


PACKINGS = [
    Packing("nothing", b"\x7fELF", bytes, True),
    Packing("gzip", b"\x1f\x8b", by_library(partial(zlib.decompressobj, wbits=31)), True),
    Packing("bzip2", b"BZh", by_library(bz2.BZ2Decompressor), True),
    Packing("lzma", b"\x5d\0\0",
            by_library(partial(lzma.LZMADecompressor, lzma.FORMAT_ALONE)), True),
    Packing("xz", b"\xfd7zXZ\0", by_library(partial(lzma.LZMADecompressor, lzma.FORMAT_XZ)), True),
    Packing("LZ4", b"\x02\x21\x4c\x18", by_program("lz4", "-dcq"), False),
    Packing("zstd", b"\x28\xb5\x2f\xfd", by_program("zstd", "-dcq"), False),
]


def packing(contents):
    """How the contents are packed.  Raises Unpackable."""
    for each in PACKINGS:
        if contents.startswith(each.magic):
            return each
    raise Unpackable(f"it begins with {contents[:6].hex(' ') or 'no byte'}, as none does of the "
                     f"packings known here: {', '.join(names())}")


def names():
    """All that can be unpacked, but for what is not packed."""
    return [each.name for each in PACKINGS[1:]]


def unpacked(contents):
    """What a module's file holds.  Raises Unpackable."""
    return packing(contents).unpack(contents)


def unpacked_kernel(payload):
    """What a kernel's payload holds: behind the packed kernel stands the size of the unpacked one,
    which with gzip is the packing's own end.  Raises Unpackable."""
    how = packing(payload)
    kernel = how.unpack(payload if how.ends_itself else payload[:-SIZE])
    size = int.from_bytes(payload[-SIZE:], "little")
    if len(kernel) != size:
        raise Unpackable(f"it unpacks to {len(kernel)} bytes, but says {size}")
    return kernel
