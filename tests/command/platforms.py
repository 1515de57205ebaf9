"""The platforms by name."""

import os
import shutil
import sys

from .bochs import Bochs
from .kvm_in_bochs import KvmInBochs
from .mistake import Mistake
from .program import Program
from .qemu import PROGRAM, Qemu, why_not_kvm
from .rig import Choice, Rig
from .spelling import proposal

OVMF = "/usr/share/OVMF/OVMF_CODE_4M.fd"
PLATFORMS = ["auto", "auto-kvm", "bochs", "kvm", "kvm-in-bochs", "tcg", "command:PROGRAM"]
WITHOUT_KVM = {"auto": "bochs", "auto-kvm": "kvm-in-bochs"}
# Options that say what a platform is made of, and the platforms that are.
PARTS = {"linux": ["kvm-in-bochs"], "modules": ["kvm-in-bochs"], "kvm_options": ["kvm-in-bochs"],
         "qemu": ["kvm", "tcg", "kvm-in-bochs"]}


def choose(options):
    """The platform that the options of a run ask for.  Raises Mistake if there is none such."""
    for option in "cpu", "host_cpu", "machine":
        refuse_unprintable(option_name(option), getattr(options, option))
    name = chosen_name(made_of_parts(options))
    refuse_parts(options, name)
    firmware = OVMF if options.firmware == "uefi" else None
    if firmware and "bochs" in name:
        raise Mistake(f"there is no UEFI firmware for {name}; --firmware=uefi goes with kvm or tcg")
    if name == "bochs":
        return Bochs(options.cpu or "corei7_skylake_x",
                     os.path.abspath(os.path.join(options.build, "loader.rom")))
    if name == "kvm-in-bochs":
        rig = Rig(os.path.abspath(options.build),
                  Choice(options.linux, options.modules,
                         options.qemu and os.path.abspath(options.qemu)))
        return KvmInBochs(options.host_cpu, options.cpu or "host", options.machine, rig,
                          options.kvm_options.split())
    if name in ("kvm", "tcg"):
        usual = {"kvm": "host", "tcg": "max"}[name]
        return Qemu(name, options.cpu or usual, firmware, options.machine,
                    os.path.abspath(options.qemu) if options.qemu else PROGRAM)
    return program(name)


def refuse_unprintable(option, value):
    """A line break in the value would begin another line of an emulator's configuration."""
    if value is not None and not (value.isascii() and value.isprintable()):
        raise Mistake(f"{option}={value!r}: a name is made of printable ASCII characters")


def option_name(name):
    return f"--{name.replace('_', '-')}"


def given_parts(options):
    return [name for name in PARTS if getattr(options, name)]


def made_of_parts(options):
    """The platform that was asked for, or the one that the parts are meant for if that was left to
    us."""
    given = given_parts(options)
    if options.platform not in WITHOUT_KVM or not given:
        return options.platform
    only = [name for name in given if PARTS[name] == ["kvm-in-bochs"]]
    if not only:
        return "auto-kvm"
    print(f"trapline run: platform kvm-in-bochs: {option_name(only[0])} is for that one",
          file=sys.stderr)
    return "kvm-in-bochs"


def refuse_parts(options, platform):
    """Parts that the platform is not made of."""
    for name in given_parts(options):
        if platform not in PARTS[name]:
            raise Mistake(f"{option_name(name)} goes with the platform {' or '.join(PARTS[name])}; "
                          f"this one is {platform}")
    if options.qemu and not shutil.which(os.path.abspath(options.qemu)):
        raise Mistake(f"--qemu={options.qemu}: there is no such program")


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
