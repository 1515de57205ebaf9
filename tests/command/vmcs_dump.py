"""Dumps of a VMCS, in the forms of KVM (dump_vmcs() of arch/x86/kvm/vmx/vmx.c), Xen
(vmcs_dump_vcpu() of xen/arch/x86/hvm/vmx/vmcs.c), and Trapline: lines `# vmcs NAME=VALUE ...` of a
report, or a file of lines `NAME VALUE`.

What stands in a file may be anything.  It is read line by line, so that the memory and the time
that it takes have their limits.
"""

import re

from .mistake import Mistake
from .spelling import nearest

SIZE = 32 << 20                         # bytes that are read of a file at most
LINES = 1000000
LINE = 4096                             # bytes of a line that are looked at
LONGEST = 400                           # lines of a dump of KVM's or Xen's
SEGMENTS = ["cs", "ds", "ss", "es", "fs", "gs", "ldtr", "tr"]

# The lines of a section, as they are printed: {field} is a value in hexadecimal, its 0x may be
# missing, and where there is one space there may be many.
GUEST = [
    "CR0: actual=0x{guest_cr0}, shadow=0x{cr0_read_shadow}, gh_mask={cr0_guest_host_mask}",
    "CR4: actual=0x{guest_cr4}, shadow=0x{cr4_read_shadow}, gh_mask={cr4_guest_host_mask}",
    "CR3 = 0x{guest_cr3}",
    *(f"PDPT{letter}{number} = 0x{{guest_pdpte{number}}}"
      for letter in "RE" for number in range(4)),
    "RSP = 0x{guest_rsp}", "RIP = 0x{guest_rip}", "RFLAGS=0x{guest_rflags}", "DR7 = 0x{guest_dr7}",
    "Sysenter RSP={guest_ia32_sysenter_esp} "
    "CS:RIP={guest_ia32_sysenter_cs}:{guest_ia32_sysenter_eip}",
    *(f"{name.upper()}: sel=0x{{guest_{name}_selector}}, attr=0x{{guest_{name}_access_rights}}, "
      f"limit=0x{{guest_{name}_limit}}, base=0x{{guest_{name}_base}}" for name in SEGMENTS),
    *(f"{name.upper()}: {{guest_{name}_selector}} {{guest_{name}_access_rights}} "
      f"{{guest_{name}_limit}} {{guest_{name}_base}}" for name in SEGMENTS),
    *(f"{name.upper()}: limit=0x{{guest_{name}_limit}}, base=0x{{guest_{name}_base}}"
      for name in ("gdtr", "idtr")),
    *(f"{name.upper()}: {{guest_{name}_limit}} {{guest_{name}_base}}" for name in ("gdtr", "idtr")),
    # KVM adds in parentheses where a value comes from, if it is not that of the field.
    "EFER= 0x{guest_ia32_efer}", "EFER = 0x{guest_ia32_efer}", "EFER(VMCS) = 0x{guest_ia32_efer}",
    "PAT = 0x{guest_ia32_pat}", "DebugCtl = 0x{guest_ia32_debugctl}",
    "DebugExceptions = 0x{guest_pending_debug_exceptions}",
    "PerfGlobCtl = 0x{guest_ia32_perf_global_ctrl}", "BndCfgS = 0x{guest_ia32_bndcfgs}",
    "PreemptionTimer = 0x{vmx_preemption_timer_value}", "SM Base = 0x{guest_smbase}",
    "Interruptibility = {guest_interruptibility_state}",
    "ActivityState = {guest_activity_state}", "InterruptStatus = {guest_interrupt_status}",
    "S_CET = 0x{guest_ia32_s_cet}", "SSP = 0x{guest_ssp}",
    "SSP TABLE = 0x{guest_ia32_interrupt_ssp_table_addr}",
]
HOST = [
    "RIP = 0x{host_rip}", "RSP = 0x{host_rsp}",
    *(f"{name.upper()}={{host_{name}_selector}}" for name in SEGMENTS if name != "ldtr"),
    "FSBase={host_fs_base}", "GSBase={host_gs_base}", "TRBase={host_tr_base}",
    "GDTBase={host_gdtr_base}", "IDTBase={host_idtr_base}",
    "CR0={host_cr0}", "CR3={host_cr3}", "CR4={host_cr4}",
    "Sysenter RSP={host_ia32_sysenter_esp} CS:RIP={host_ia32_sysenter_cs}:{host_ia32_sysenter_eip}",
    "EFER= 0x{host_ia32_efer}", "EFER = 0x{host_ia32_efer}", "PAT = 0x{host_ia32_pat}",
    "PerfGlobCtl = 0x{host_ia32_perf_global_ctrl}", "S_CET = 0x{host_ia32_s_cet}",
    "SSP = 0x{host_ssp}", "SSP TABLE = 0x{host_ia32_interrupt_ssp_table_addr}",
]
CONTROL = [
    "PinBased=0x{pin_based_controls}", "CPUBased=0x{primary_controls}",
    "SecondaryExec=0x{secondary_controls}", "TertiaryExec=0x{tertiary_controls}",
    "EntryControls={entry_controls}", "ExitControls={exit_controls}",
    "ExceptionBitmap={exception_bitmap}", "PFECmask={page_fault_error_mask}",
    "PFECmatch={page_fault_error_match}",
    "VMEntry: intr_info={entry_interruption_information} errcode={entry_exception_error_code} "
    "ilen={entry_instruction_length}",
    "reason={exit_reason} qualification={exit_qualification}",
    "TSC Offset = 0x{tsc_offset}", "TSC Multiplier = 0x{tsc_multiplier}",
    "TPR Threshold = 0x{tpr_threshold}", "APIC-access addr = 0x{apic_access_address}",
    "virt-APIC addr = 0x{virtual_apic_address}",
    "PostedIntrVec = 0x{posted_interrupt_notification_vector}",
    "EPT pointer = 0x{ept_pointer}", "EPTP index = 0x{eptp_index}",
    *(f"target{number}={{cr3_target_value_{number}}}" for number in range(4)),
    "PLE Gap={ple_gap} Window={ple_window}",
    "Virtual processor ID = 0x{virtual_processor_identifier}",
    "VMfunc controls = {vm_function_controls}",
]
# What stands beside the fields that VM entry looks at.
OTHERS = {"exit_reason": 32, "exit_qualification": 64, "current_vmcs": 64, "x2apic": 1}

SECTION = re.compile(r"\*\*\* (Guest|Host|Control) State \*\*\*")
OF_KVM = re.compile(r"last attempted VM-entry on CPU")
LIST = re.compile(r"\bMSR (guest autoload|guest autostore|autostore|host autoload):")
ENTRY_OF_LIST = re.compile(r"\d+: msr=0x[0-9a-f]+ value=0x")
LISTS = {"guest autoload": "entry_msr_load_count", "guest autostore": "exit_msr_store_count",
         "autostore": "exit_msr_store_count", "host autoload": "exit_msr_load_count"}
OWN = re.compile(r"#? *vmcs((?: \w+=\w+)+)")
OWN_BEGIN = re.compile(r"#? *vmcs, all fields that are not 0:")
PLAIN = re.compile(r"\s*(\w{1,64})(?:\s*=\s*|\s+)(\w{1,64})\s*")
VALUE = re.compile(r"0[xX][0-9a-fA-F]{1,16}|[0-9]{1,20}")


def compiled(line):
    """The expression for a line of a section, and the fields in it."""
    pieces = re.split(r"\{(\w+)\}", line)
    text = "".join(re.escape(piece) if number % 2 == 0 else r"([0-9a-fA-F]{1,16})(?!\w)"
                   for number, piece in enumerate(pieces))
    text = re.sub(r"(\\ )+", r"\\s+", text.replace("0x(", "(?:0x)?("))
    return re.compile(r"(?<!\w)" + text + r"(?! \((?:autoload|effective)\))"), pieces[1::2]


SECTIONS = {name: [compiled(line) for line in lines]
            for name, lines in (("Guest", GUEST), ("Host", HOST), ("Control", CONTROL))}


class Dump:
    """One dump: the value of each field that it has, and the line that says it."""

    def __init__(self, form):
        self.form = form                # in words, whose
        self.rest_is_0 = False          # the fields that it does not name are 0
        self.values = {}
        self.lines = {}

    def put(self, field, value, line, widths):
        width = widths.get(field) or OTHERS[field]
        if value >> width:
            raise Mistake(f"line {line}: {field} is {value:#x}, but it has {width} bits")
        if self.values.setdefault(field, value) != value:
            raise Mistake(f"line {line}: {field} is {value:#x}, but line {self.lines[field]} of "
                          f"the same dump says {self.values[field]:#x}")
        self.lines.setdefault(field, line)


class Reader:
    """Takes a file line by line.  Of several dumps the one is kept that is asked for, by its number
    from 1, or else the last."""

    def __init__(self, widths, wanted=None):
        self.widths = widths            # of the fields, by their names
        self.wanted = wanted
        self.count = 0
        self.dump = None                # the one that is read
        self.kept = None
        self.plain = Dump("lines NAME VALUE")
        self.wrong = None               # what is wrong with the first line that is not plain
        self.section = None
        self.begin = 0                  # the line that the dump begins in
        self.from_kvm = False           # it says of itself that it is of a KVM that lists MSRs
        self.list = None

    def line(self, number, text):
        section = SECTION.search(text) if "***" in text else None
        if section:
            self.new_section(section[1], number, text)
        elif self.section:
            self.of_section(number, text)
        elif "vmcs" in text and (OWN_BEGIN.search(text) or OWN.search(text)):
            self.of_trapline(number, text)
        elif OF_KVM.search(text):
            self.from_kvm = True
        else:
            self.of_plain(number, text)

    # --- KVM's and Xen's ---

    def new_section(self, name, number, text):
        if name == "Guest":
            self.new_dump("Xen's" if "(XEN)" in text else "KVM's")
            self.begin = number
        elif self.section and self.from_kvm:
            self.no_lists(name, number)
        self.section = name if self.dump else None
        self.list = None

    def no_lists(self, name, number):
        """KVM prints each list of MSRs that is not empty."""
        done = {"Host": ["entry_msr_load_count", "exit_msr_store_count"],
                "Control": ["exit_msr_load_count"]}[name]
        for field in done:
            if field not in self.dump.values:
                self.dump.put(field, 0, number, self.widths)

    def of_section(self, number, text):
        if number > self.begin + LONGEST:
            self.section, self.from_kvm = None, False
            return
        if OF_KVM.search(text):
            self.section, self.from_kvm = None, True
            return
        found = LIST.search(text)
        if found:
            self.list = LISTS[found[1]]
            self.dump.values.pop(self.list, None)
        if self.list and ENTRY_OF_LIST.search(text):
            self.dump.values[self.list] = self.dump.values.get(self.list, 0) + 1
            self.dump.lines[self.list] = number
        for expression, fields in SECTIONS[self.section]:
            found = expression.search(text)
            for field, value in zip(fields, found.groups() if found else ()):
                self.dump.put(field, int(value, 16), number, self.widths)

    # --- Trapline's ---

    def of_trapline(self, number, text):
        if OWN_BEGIN.search(text) or not self.dump:
            self.new_dump("Trapline's")
        if OWN_BEGIN.search(text):
            self.dump.rest_is_0 = True
            return
        for pair in OWN.search(text)[1].split():
            name, value = pair.split("=")
            self.put_named(self.dump, name, value, number)

    def of_plain(self, number, text):
        if self.wrong or not text.strip() or text.lstrip()[0] in "#;":
            return
        found = PLAIN.fullmatch(text)
        try:
            if not found:
                raise Mistake(f"line {number}: {ascii(text.strip()[:60])} is no line NAME VALUE")
            self.put_named(self.plain, *found.groups(), number)
        except Mistake as mistake:
            self.wrong = mistake

    def put_named(self, dump, name, value, number):
        field = name.lower()
        if field not in self.widths and field not in OTHERS:
            meant = nearest(field, [*self.widths, *OTHERS])
            raise Mistake(f"line {number}: VM entry looks at no field {name}" +
                          (f"; did you mean {meant}?" if meant else ""))
        if not VALUE.fullmatch(value):
            raise Mistake(f"line {number}: {value!r} is no number of 64 bits for {field}, in "
                          "decimal or with 0x")
        dump.put(field, int(value, 0 if value[:2].lower() == "0x" else 10), number, self.widths)

    # --- All of them ---

    def new_dump(self, form):
        if self.count == self.wanted:
            self.kept = self.dump
        self.count += 1
        self.dump = Dump(form)

    def found(self):
        """The dump.  Raises Mistake if there is none."""
        if self.kept or self.count and self.wanted in (None, self.count):
            return self.kept or self.dump
        if self.count or self.wanted not in (None, 1):
            raise Mistake(f"--number={self.wanted}: the number of dumps is {self.count}")
        if self.plain.values and self.wrong:
            raise self.wrong
        if self.plain.values:
            return self.plain
        raise Mistake("this is no dump of a VMCS: no line has '*** Guest State ***' as KVM and Xen "
                      "print it, or the name of a field and its value" +
                      (f" ({self.wrong})" if self.wrong else ""))


def lines(file):
    """(number, text) of each line.  Raises Mistake where that is too much."""
    size = number = 0
    within = False                      # a line whose beginning was taken already
    while piece := file.readline(LINE):
        size += len(piece)
        if size > SIZE or number > LINES:
            raise Mistake(f"only {SIZE >> 20} MiB and {LINES} lines are read")
        if not within:
            number += 1
            yield number, piece.decode("latin-1").rstrip("\r\n")
        within = not piece.endswith(b"\n")


def read(file, widths, wanted=None):
    """The dump in a file that is open for bytes, and how many dumps there are.  Raises Mistake."""
    reader = Reader(widths, wanted)
    for number, text in lines(file):
        reader.line(number, text)
    return reader.found(), reader.count
