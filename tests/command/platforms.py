"""The platforms by name."""

import os
import shutil
import sys

from .bochs import Bochs
from .kvm_in_bochs import KvmInBochs
from .mistake import Mistake
from .program import Program
from .qemu import Qemu, why_not_kvm
from .spelling import proposal

OVMF = "/usr/share/OVMF/OVMF_CODE_4M.fd"
PLATFORMS = ["auto", "auto-kvm", "bochs", "kvm", "kvm-in-bochs", "tcg", "command:PROGRAM"]
WITHOUT_KVM = {"auto": "bochs", "auto-kvm": "kvm-in-bochs"}


def choose(options):
    """The platform that the options of a run ask for.  Raises Mistake if there is none such."""
    for option in "cpu", "host_cpu", "machine":
        refuse_unprintable(f"--{option.replace('_', '-')}", getattr(options, option))
    name = chosen_name(options.platform)
    firmware = OVMF if options.firmware == "uefi" else None
    if firmware and "bochs" in name:
        raise Mistake(f"there is no UEFI firmware for {name}; --firmware=uefi goes with kvm or tcg")
    if name == "bochs":
        return Bochs(options.cpu or "corei7_skylake_x",
                     os.path.abspath(os.path.join(options.build, "loader.rom")))
    if name == "kvm-in-bochs":
        return KvmInBochs(options.host_cpu, options.cpu or "host", options.machine,
                          os.path.abspath(os.path.join(options.build, "kvm")))
    if name in ("kvm", "tcg"):
        usual = {"kvm": "host", "tcg": "max"}[name]
        return Qemu(name, options.cpu or usual, firmware, options.machine)
    return program(name)


def refuse_unprintable(option, value):
    """A line break in the value would begin another line of an emulator's configuration."""
    if value is not None and not (value.isascii() and value.isprintable()):
        raise Mistake(f"{option}={value!r}: a name is made of printable ASCII characters")


def chosen_name(name):
    """What auto and auto-kvm stand for here, and why."""
    if name not in WITHOUT_KVM:
        return name
    lacking = why_not_kvm()
    chosen = WITHOUT_KVM[name] if lacking else "kvm"
    because = f"no nested VMX under KVM ({lacking})" if lacking else "VMX nests under KVM here"
    print(f"trapline run: platform {chosen}: {because}", file=sys.stderr)
    return chosen


def program(name):
    """command:PROGRAM, if there is such a program."""
    if not name.startswith("command:"):
        raise Mistake(f"there is no platform '{name}'{proposal(name, PLATFORMS)}")
    path = name.removeprefix("command:")
    if not shutil.which(path):
        raise Mistake(f"--platform={name}: there is no such program")
    return Program(path)
