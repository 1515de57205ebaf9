"""A kernel of Linux for x86 as its file holds it (bzImage), and as it lies in memory.

Documentation/arch/x86/boot.rst of Linux has the file's setup header; Xen's "x86/HVM direct boot
ABI" has the entry that needs no boot loader.
"""

import struct
from typing import NamedTuple

from .mistake import Mistake
from .packing import Unpackable, unpacked_kernel
from .tables import SEGMENT_LOADED, Elf

SECTOR = 512
SETUP_SECTORS = 0x1f1                   # the setup header's fields, by their place in the file
MAGIC = 0x202
PROTOCOL = 0x206
VERSION = 0x20e
PAYLOAD = 0x248
PAYLOAD_SINCE = 0x208                   # the protocol 2.08 brought that field
SEGMENT_OF_NOTES = 4                    # PT_NOTE
NOTE = struct.Struct("<III")            # sizes of name and value, type
PVH_ENTRY = b"Xen\0", 18                # XEN_ELFNOTE_PHYS32_ENTRY


class Kernel(NamedTuple):
    version: str                        # as `uname -r` prints it
    elf: bytes                          # unpacked
    address: int                        # where in memory its contents begin
    contents: bytes
    end: int                            # the first address behind what it needs at its start
    entry: int


def load(path, called):
    """The kernel in that file.  Raises Mistake, where `called` tells whose file it is."""
    with open(path, "rb") as file:
        image = file.read()
    try:
        payload = packed(image)
        version = version_of(image)
        elf = unpacked_kernel(payload)
        return in_memory(version, elf)
    except Unpackable as error:
        raise Mistake(f"{called}: the kernel cannot be unpacked: {error}") from error
    except Unfit as error:
        raise Mistake(f"{called}: {error}") from error
    except (struct.error, LookupError, ValueError) as error:
        raise Mistake(f"{called}: the kernel is damaged: {error}") from error


class Unfit(Exception):
    """It is another kind of file, or lacks what the rig needs of it; says which."""


def packed(image):
    """The part of the file that is the packed kernel."""
    if image.startswith(b"\x7fELF"):
        raise Unfit("this is an ELF file, as vmlinux is; the kernel is wanted as bzImage, which "
                    "Linux builds as arch/x86/boot/bzImage")
    if image[MAGIC:MAGIC + 4] != b"HdrS":
        raise Unfit(f"no bzImage: a kernel for x86 has 'HdrS' at byte {MAGIC}")
    protocol, = struct.unpack_from("<H", image, PROTOCOL)
    if protocol < PAYLOAD_SINCE:
        raise Unfit(f"its boot protocol is {protocol >> 8}.{protocol & 255:02}, but the place of "
                    "the packed kernel is known since 2.08")
    offset, size = struct.unpack_from("<II", image, PAYLOAD)
    start = (image[SETUP_SECTORS] + 1) * SECTOR + offset
    if not size or start + size > len(image):
        raise Unfit(f"the packed kernel ends at byte {start + size}, but the file has "
                    f"{len(image)}")
    return image[start:start + size]


def version_of(image):
    place, = struct.unpack_from("<H", image, VERSION)
    text = image[place + SECTOR:image.index(b"\0", place + SECTOR)]
    return text.decode("ascii").split(" ")[0]


def in_memory(version, elf):
    """What the loader has to know of the unpacked kernel."""
    if elf[4:5] == b"\1":
        raise Unfit("a 32-bit kernel: the KVM that nests here is 64-bit")
    kernel = Elf(elf)
    loaded = sorted((physical, offset, size, in_memory)
                    for kind, _, offset, _, physical, size, in_memory in kernel.segments
                    if kind == SEGMENT_LOADED)
    address = loaded[0][0]
    contents = bytearray()
    for physical, offset, size, _ in loaded:
        contents = contents.ljust(physical - address, b"\0")
        contents[physical - address:] = elf[offset:offset + size]
    return Kernel(version, elf, address, bytes(contents),
                  end=max(physical + in_memory for physical, _, _, in_memory in loaded),
                  entry=pvh_entry(kernel))


def pvh_entry(kernel):
    for kind, _, offset, _, _, size, _ in kernel.segments:
        if kind == SEGMENT_OF_NOTES:
            for name, number, value in notes(kernel.contents[offset:offset + size]):
                if (name, number) == PVH_ENTRY:
                    return int.from_bytes(value, "little")
    raise Unfit("it has no PVH entry; build it with CONFIG_PVH=y")


def notes(contents):
    """(name, type, value) of each; names and values fill whole words."""
    place = 0
    while place < len(contents):
        name, value, number = NOTE.unpack_from(contents, place)
        place += NOTE.size
        behind = place + -(-name // 4) * 4
        yield contents[place:place + name], number, contents[behind:behind + value]
        place = behind + -(-value // 4) * 4
