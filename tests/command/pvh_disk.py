"""A disk for the option ROM of iso/loader.asm: the kernel and its modules as they lie in memory.

It saves GRUB, whose unpacking and linking of its own modules is two thirds of what it costs to boot
a scenario in an emulator.  Its first sectors are laid out as iso/layout.inc says; the rest is named
by the table in the first one.
"""

import struct

from .tables import Elf

SECTOR = 512
CYLINDER = 16 * 63 * SECTOR             # of the disks that Bochs is given; they are whole ones
PART = struct.Struct("<III")            # address, first sector, sectors

# iso/layout.inc
HEAD = 0x100000
HEAD_SIZE = 0x2000
ENTRY = SECTOR - 4
START_INFO = SECTOR
MODULE_LIST = START_INFO + 0x100
MEMORY_MAP = 0x1000

# "x86/HVM direct boot ABI" of Xen: struct hvm_start_info, struct hvm_modlist_entry
INFO = struct.Struct("<IIIIQQQQII")
MAGIC, VERSION = 0x336ec578, 1
MODULE = struct.Struct("<QQQQ")

MODULES = 0x300000                      # behind the kernel: linker.ld keeps it below
PAGE = 4096


def write(path, boot):
    """Writes the disk; False if it could not hold what is to boot."""
    with open(boot.kernel, "rb") as file:
        kernel = Elf(file.read())
    parts = kernel.loaded()
    modules = []
    address = MODULES
    for module in boot.modules:
        with open(module, "rb") as file:
            contents = file.read()
        modules.append((address, len(contents)))
        parts.append((address, contents))
        address += -(-len(contents) // PAGE) * PAGE
    head = first_sectors(kernel.symbols[b"enter_from_pvh"], parts, modules, " ".join(boot.words))
    if head is None or address > boot.memory << 20:
        return False
    image = head + b"".join(padded(contents, SECTOR) for _, contents in parts)
    with open(path, "wb") as file:
        file.write(padded(image, CYLINDER))
    return True


def first_sectors(entry, parts, modules, command_line):
    """The table of the parts, the entry, PVH's start information; None if they are too long."""
    table = b""
    sector = HEAD_SIZE // SECTOR
    for address, contents in parts:
        count = -(-len(contents) // SECTOR)
        table += PART.pack(address, sector, count)
        sector += count
    table += PART.pack(0, 0, 0)
    listed = b"".join(MODULE.pack(address, size, 0, 0) for address, size in modules)
    text = MODULE_LIST + len(listed)
    behind = listed + command_line.encode("ascii") + b"\0"
    if len(table) > ENTRY or MODULE_LIST + len(behind) > MEMORY_MAP:
        return None
    info = INFO.pack(MAGIC, VERSION, 0, len(modules), HEAD + MODULE_LIST, HEAD + text, 0,
                     HEAD + MEMORY_MAP, 0, 0)
    first = table.ljust(ENTRY, b"\0") + struct.pack("<I", entry)
    return (first + info.ljust(MODULE_LIST - START_INFO, b"\0") + behind).ljust(HEAD_SIZE, b"\0")


def padded(contents, size):
    """The contents with zeros behind them, up to a multiple of the size."""
    return contents.ljust(-(-len(contents) // size) * size, b"\0")
