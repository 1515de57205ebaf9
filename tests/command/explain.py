"""Says in words what a number or a dump of VMX means:

  explain exit NUMBER [QUALIFICATION] [gpa=ADDRESS] [gla=ADDRESS] [info=NUMBER]
               [instruction=NUMBER]
      an exit reason, or the whole exit-reason field, and the exit qualification; info is the
      VM-exit interruption information, instruction the VM-exit instruction information
  explain error NUMBER
      a VM-instruction error
  explain vmcs FILE
      which rules of VM entry a VMCS violates, and how VM entry has to end; FILE is a dump of KVM's
      (dmesg, with kvm_intel.dump_invalid_vmcs=1), of Xen's, of Trapline's, or lines NAME VALUE;
      - is standard input

Numbers are decimal, or hexadecimal with 0x; the names of Trapline's reports do as well.

Ends with 0 if it was explained, whatever it is, and with 2 if it cannot be read.
"""

import contextlib
import os
import re
import subprocess
import sys

from . import fingerprint, vmcs_dump
from .arguments import Parser
from .mistake import Mistake, built
from .platform import ROOT
from .spelling import nearest, proposal

EXAMPLE = "trapline explain exit 48 0x181 gpa=0x2008"
KINDS = ["exit", "error", "vmcs"]
WIDTHS = {"qualification": 64, "gpa": 64, "gla": 64, "info": 32, "instruction": 32}
NUMBER = re.compile(r"0[xX][0-9a-fA-F]{1,16}|[0-9]{1,20}")
TABLES = {"exit": "vmx/exits.def", "error": "vmx/instruction_errors.def"}
PATIENCE = 20                           # seconds

# What a report says, and the member of struct entry_processor that it is; of the controls, the TRUE
# MSR where there is one.
MSRS = {
    "BASIC": "basic", "MISC": "misc", "CR0_FIXED0": "cr0_fixed0", "CR0_FIXED1": "cr0_fixed1",
    "CR4_FIXED0": "cr4_fixed0", "CR4_FIXED1": "cr4_fixed1", "EPT_VPID_CAP": "ept_vpid",
    "VMFUNC": "vm_functions", "PINBASED_CTLS": "pin_based", "PROCBASED_CTLS": "primary",
    "EXIT_CTLS": "exit", "ENTRY_CTLS": "entry", "PROCBASED_CTLS2": "secondary",
    "PROCBASED_CTLS3": "tertiary", "EXIT_CTLS2": "secondary_exit",
    "TRUE_PINBASED_CTLS": "pin_based", "TRUE_PROCBASED_CTLS": "primary",
    "TRUE_EXIT_CTLS": "exit", "TRUE_ENTRY_CTLS": "entry",
}
WIDTHS_OF_ADDRESSES = re.compile(r"physical (\d{1,2}) bits, linear (\d{1,2}) bits")


def main(arguments):
    options = parse(arguments)
    kind, *words = options.words or [""]
    if kind not in KINDS:
        what = f"there is nothing to explain of '{kind}'" if kind else "nothing is to be explained"
        raise Mistake(f"{what}{proposal(kind, KINDS)}")
    for option, name in ((options.capabilities, "capabilities"), (options.number, "number")):
        if option is not None and kind != "vmcs":
            raise Mistake(f"--{name} is for explain vmcs")
    {"exit": explain_exit, "error": explain_error, "vmcs": explain_vmcs}[kind](options, words)
    return 0


def parse(arguments):
    parser = Parser("explain", __doc__, EXAMPLE)
    option = parser.add_argument
    option("words", nargs="*", metavar="WORD")
    option("--capabilities", metavar="REPORT",
           help="of vmcs: the processor is the one that this saved report tells of; else a typical "
           "one")
    option("--number", type=number_of_dump, metavar="N",
           help="of vmcs: which of several dumps in the file; else the last one")
    option("--build", default=os.path.join(ROOT, "build"), metavar="FOLDER",
           help="where explain was built")
    return parser.read(arguments)


def number_of_dump(text):
    if not re.fullmatch(r"[0-9]{1,6}", text) or not int(text):
        raise Mistake(f"--number={text}: dumps are counted from 1")
    return int(text)


# --- Numbers ---

def explain_exit(options, words):
    if not words:
        raise Mistake("explain exit takes a number or a name of an exit reason")
    reason, *values = words
    number = value_or_name(options, "exit", reason, "exit reason")
    given = {}
    for place, word in enumerate(values):
        name, equals, text = word.partition("=")
        if not equals and place == 0:
            name, text = "qualification", word
        if name not in WIDTHS or not equals and place:
            raise Mistake(f"explain exit takes no '{word}'"
                          f"{proposal(name, [f'{each}=' for each in WIDTHS])}")
        if name in given:
            raise Mistake(f"explain exit takes one {name}, not '{word}' as well")
        given[name] = value_of(text, name, WIDTHS[name])
    print(ask(options, "exit", str(number), *(f"{name}={value}" for name, value in given.items())),
          end="")


def explain_error(options, words):
    if len(words) != 1:
        raise Mistake("explain error takes one number or name of a VM-instruction error")
    number = value_or_name(options, "error", words[0], "VM-instruction error")
    print(ask(options, "error", str(number)), end="")


def value_or_name(options, kind, word, what):
    if word[:1].isdigit():
        return value_of(word, what, 32)
    numbers = {name: number for number, name in names(options, kind)}
    if word not in numbers:
        meant = nearest(word, list(numbers))
        hint = f"; did you mean {meant}? Allowed" if meant else "; allowed"
        raise Mistake(f"there is no {what} '{word[:60]}'{hint} are numbers, in decimal or with 0x, "
                      f"and the names in {TABLES[kind]}")
    return numbers[word]


def value_of(text, what, width):
    if not NUMBER.fullmatch(text):
        raise Mistake(f"{what} '{text[:60]}' is no number, in decimal or with 0x")
    value = int(text, 16 if text[:2].lower() == "0x" else 10)
    if value >> width:
        raise Mistake(f"{what} {text} has more than {width} bits")
    return value


# --- Dumps ---

def explain_vmcs(options, words):
    if len(words) != 1:
        raise Mistake("explain vmcs takes one file; - is standard input")
    path = "standard input" if words[0] == "-" else words[0]
    widths = {name: width for width, name in names(options, "vmcs")}
    with opened(words[0]) as file:
        dump, count = with_name(path, vmcs_dump.read, file, widths, options.number)
    processor = processor_of(options.capabilities) if options.capabilities else {}
    text = ask(options, "vmcs", given="".join(told(dump, widths, processor)))
    which = f", {options.number or count} of {count}" if count > 1 else ""
    known = sum(name in widths for name in dump.values)
    others = ", all others are 0" if dump.rest_is_0 else ""
    print(f"{path}{which}: {dump.form}, with {known} of the {len(widths)} fields that VM entry may "
          f"look at{others}")
    print(f"processor: {in_words(options.capabilities)}")
    print(text, end="")


def told(dump, widths, processor):
    """What build/explain is told, line by line."""
    for member, value in processor.items():
        yield f"processor {member} {value:#x}\n"
    for name in widths:
        if name in dump.values or dump.rest_is_0:
            yield f"field {name} {dump.values.get(name, 0):#x}\n"
    if "current_vmcs" in dump.values:
        yield f"mode {dump.values['current_vmcs']:#x} {dump.values.get('x2apic', 0)}\n"
    if "exit_reason" in dump.values:
        yield (f"exit {dump.values['exit_reason']:#x} "
               f"{dump.values.get('exit_qualification', 0):#x}\n")


def in_words(report):
    if report:
        return (f"that of {report}; a report does not say which bits MSRs have, these are those of "
                "a typical one")
    return "a typical one (tests/explain/typical.def); --capabilities=REPORT takes another"


def processor_of(path):
    """The members that a saved report tells.  Raises Mistake."""
    with opened(path) as file:
        said = with_name(path, lambda: [text for _, text in vmcs_dump.lines(file)
                                        if text.startswith(("# cpu ", "# vmx "))])
    msrs = fingerprint.capabilities(said)
    if "IA32_VMX_BASIC" not in msrs:
        raise Mistake(f"{path} has no line '# vmx IA32_VMX_BASIC ...', as each report has that was "
                      "not made of scenarios alone")
    members = {member: 0 for member in MSRS.values()}
    for name, member in MSRS.items():
        msr = msrs.get(f"IA32_VMX_{name}")
        if msr and msr.exists():
            members[member] = value_of(msr.value(), f"{path}: IA32_VMX_{name}", 64)
    found = WIDTHS_OF_ADDRESSES.search(msrs["cpu"].text() if "cpu" in msrs else "")
    if found:
        members["physical_width"], members["linear_width"] = map(int, found.groups())
        if not 32 <= members["physical_width"] <= 52 or members["linear_width"] not in (48, 57):
            raise Mistake(f"{path}: no processor has '{found[0]}'")
    return members


def opened(path):
    """The file, open for bytes."""
    if path == "-":
        return contextlib.nullcontext(sys.stdin.buffer)
    try:
        return open(path, "rb")
    except (OSError, ValueError) as error:
        raise Mistake(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def with_name(path, function, *arguments):
    """What the function returns; a mistake in the file is told with the file's name."""
    try:
        return function(*arguments)
    except Mistake as mistake:
        raise Mistake(f"{path}: {mistake}") from mistake


# --- build/explain ---

def names(options, kind):
    """(number, name) of each exit reason or error; (width, name) of each field."""
    pairs = (line.split() for line in ask(options, "names", kind).splitlines())
    return [(int(number), name) for number, name in pairs]


def ask(options, *words, given=""):
    """What the program says.  Raises Mistake if it refuses."""
    program = built(options.build, "explain")
    try:
        done = subprocess.run([program, *words], input=given, text=True, capture_output=True,
                              timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise Mistake(f"{program} gives no answer within {PATIENCE} seconds") from error
    if done.returncode:
        raise Mistake(done.stderr.strip() or f"{program} ended with {done.returncode}")
    return done.stdout
