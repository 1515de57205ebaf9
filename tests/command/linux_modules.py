"""The modules of Linux that KVM is made of: found, unpacked, and asked what they say of themselves.
"""

import os
import re
from typing import NamedTuple

from .mistake import Mistake
from .packing import Unpackable, unpacked
from .spelling import proposal
from .tables import Elf

WANTED = "kvm_intel"
FILE = re.compile(r"([\w-]+)\.ko(\.\w+)?")
OPTION = re.compile(r"(\w+)(=[\w,.:+-]*)?")
BUILT_IN = b"kvm_intel.nested\0"        # a kernel holds this name if it has KVM without a module


class Module(NamedTuple):
    name: str                           # with _ for each -
    path: str
    elf: bytes
    facts: list                         # (key, value), as modinfo prints them

    def fact(self, key):
        return next((value for each, value in self.facts if each == key), "")

    def parameters(self):
        return [value.split(":")[0] for key, value in self.facts if key == "parmtype"]


def load(folder, kernel, called):
    """The modules to load, in this order: what others need comes first.  Raises Mistake, where
    `called` tells whose folder it is."""
    if BUILT_IN in kernel.elf:
        raise Mistake(f"{called}: KVM is built into this kernel; build it as a module, with "
                      "CONFIG_KVM_INTEL=m")
    paths = all_in(folder)
    modules = []
    add(WANTED, modules, paths, called)
    for module in modules:
        refuse_unfit(module, kernel)
    return modules


def all_in(folder):
    """The files of modules, by name.  The links of /lib/modules/VERSION to the sources are not
    followed."""
    found = {}
    for here, _, files in os.walk(folder):
        for file in files:
            name = FILE.fullmatch(file)
            if name:
                found.setdefault(name[1].replace("-", "_"), []).append(os.path.join(here, file))
    return found


def add(name, modules, paths, called, needed_by=None):
    """Adds the module to the list, behind those that it depends on."""
    if any(module.name == name for module in modules):
        return
    module = read(name, the_one(name, paths.get(name, []), called, needed_by))
    for other in filter(None, module.fact("depends").split(",")):
        add(other.replace("-", "_"), modules, paths, called, needed_by=name)
    modules.append(module)


def the_one(name, paths, called, needed_by):
    file = f"{name.replace('_', '-')}.ko"
    if not paths:
        because = f", which {needed_by.replace('_', '-')}.ko depends on" if needed_by else ""
        raise Mistake(f"{called}: there is no {file}{because}; --modules=DIR takes a folder like "
                      "/lib/modules/VERSION, or one in which the .ko files lie")
    if len(paths) > 1:
        raise Mistake(f"{called}: there is more than one {file}: {', '.join(sorted(paths))}")
    return paths[0]


def read(name, path):
    with open(path, "rb") as file:
        contents = file.read()
    try:
        elf = unpacked(contents)
        texts = Elf(elf).section(b".modinfo").split(b"\0")
    except Unpackable as error:
        raise Mistake(f"{path}: the module cannot be unpacked: {error}") from error
    except (ValueError, LookupError) as error:
        raise Mistake(f"{path}: this is no module for 64-bit Linux") from error
    facts = [text.decode("utf-8", "replace").partition("=")[::2] for text in texts if text]
    return Module(name, path, elf, facts)


def refuse_unfit(module, kernel):
    """Linux would refuse it, or load what was built for another Linux."""
    magic = module.fact("vermagic")
    version = magic.split(" ")[0]
    if version != kernel.version:
        raise Mistake(f"{module.path}: this module is for Linux {version or '(it does not say)'}, "
                      f"but the kernel is {kernel.version}")
    if magic.encode("ascii") not in kernel.elf:
        raise Mistake(f"{module.path}: this module was built otherwise than the kernel, which does "
                      f"not hold its vermagic '{magic.strip()}'")


def refuse_options(words, parameters):
    """Options that kvm_intel does not have, which Linux would ignore, and values that no option
    has."""
    for word in words:
        option = OPTION.fullmatch(word)
        if not option:
            raise Mistake(f"--kvm-options: '{word}' is no option; one is NAME=VALUE, with letters, "
                          "digits and _ , . : + - in the value")
        if option[1] not in parameters:
            raise Mistake(f"--kvm-options: kvm_intel has no parameter "
                          f"'{option[1]}'{proposal(option[1], sorted(parameters))}")
