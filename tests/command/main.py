"""Trapline's command line: the subcommands, what ends each of them, and what is said of it.

Each is a module of this package with main(arguments), which returns the exit status, and a
docstring, which is its help.
"""

import signal
import sys
from importlib import import_module

from .descendants import none_left
from .mistake import Mistake, in_words
from .processes import exit_on_signals, silence
from .spelling import proposal

COMMANDS = {
    "run": "boot Trapline, and print its report",
    "list": "print the names of the tests, on any machine, without booting",
    "compare": "print what differs between two saved reports",
    "explain": "say in words what an exit, a VM-instruction error or a dump of a VMCS means",
    "assemble": "make the files that the kernel loads from scenarios",
    "debug": "stop at the kernel's first instruction, in a debugger",
}
USAGE = """\
usage: trapline COMMAND [OPTION...]

Trapline tests nested VMX: it boots as a guest of a hypervisor, runs small guests of its own, and
reports every trap.

commands:
{commands}

`trapline COMMAND --help` tells what each takes, with an example; README.md and docs/ tell the rest.
"""
FAILED = 1
REFUSED = 2


def main(arguments):
    exit_on_signals()
    if not arguments or arguments[0] in ("--help", "-h", "help"):
        return usage(arguments)
    name, *rest = arguments
    if name not in COMMANDS:
        allowed = [*COMMANDS, "--help"]
        return refused("trapline", f"there is no command {name}{proposal(name, allowed)}")
    return run(name, rest)


def usage(arguments):
    """The list of commands; of `help COMMAND`, that command's own help."""
    if arguments[:1] == ["help"] and len(arguments) > 1:
        return main([arguments[1], "--help"])
    lines = "\n".join(f"  {name:9} {what}" for name, what in COMMANDS.items())
    print(USAGE.format(commands=lines), end="", file=sys.stdout if arguments else sys.stderr)
    return 0 if arguments else REFUSED


def run(name, arguments):
    """Runs one subcommand; what keeps it from its work is told in one line."""
    try:
        with none_left():
            return import_module(f"command.{name}").main(arguments)
    except Mistake as mistake:
        return refused(f"trapline {name}", mistake)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except OSError as error:
        if error.filename in (None, "standard output"):
            silence(sys.stdout)
        # Who read standard output and went away reads no complaint of that either.
        if not isinstance(error, BrokenPipeError):
            refused(f"trapline {name}", in_words(error))
        return FAILED


def refused(who, why):
    print(f"{who}: {why}", file=sys.stderr)
    return REFUSED
