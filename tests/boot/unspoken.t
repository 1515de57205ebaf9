#!/bin/sh
# unspoken.t -- what the SDM says of every exit is compared, unless the scenario speaks of it

. tests/host/tap.sh
. tests/host/tree.sh

report=$scratch/report

# scenario NAME VALUES: a guest of one INVD, which exits.
scenario() {
	cat >"$scratch/$1.asm" <<E_
%include "scenario.inc"
scenario "INVD exits"
        page    CODE, at=0x1000, access=r-x
        expect  invd$2
        finish
guest CODE
        invd
E_
}

# delivery NAME VALUES: an EPT violation during the delivery of an interrupt that VM entry injects.
delivery() {
	cat >"$scratch/$1.asm" <<E_
%include "scenario.inc"
%include "guest.inc"
scenario "an EPT violation during the delivery of an interrupt"
        page    CODE, at=0x1000, access=r-x
        set     rflags, 1 << 9 | 1 << 1
        vmcs    GUEST_IDTR_BASE, value=0x5000
        vmcs    GUEST_IDTR_LIMIT, value=0xfff
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)
        expect  ept_violation$2
        finish
guest CODE
        nop
E_
}

refused() {
	cat >"$scratch/refused.asm" <<E_
%include "scenario.inc"
%include "kernel/bits.inc"
scenario "VM entry is refused, and has no exit information then"
        page    CODE, at=0x1000, access=r-x
        vmcs    HOST_CR4, clear=CR4_VMXE
        expect  refused_host_state
        finish
guest CODE
        vmcall
E_
}

# plays NAME [OPTION...]: the verdict is the status.
plays() {
	name=$1
	shift
	timeout 100 ./trapline run --platform=bochs --scenario="$scratch/$name.asm" "$@" \
		>"$report" 2>&1
}

# fails NAME [OPTION...]
fails() {
	plays "$@"
	[ $? -eq 1 ]
}

# says LINE...: these are the lines about fields that are not as the SDM says, and no others.
says() {
	grep ' but the SDM ' "$report" | sed 's/^#* *[^:]*://' >"$scratch/said"
	printf '%s\n' "$@" | diff - "$scratch/said"
}

scenario silent ''
scenario speaking ", EXIT_REASON=13, EXIT_QUALIFICATION=0, \
EXIT_INTERRUPTION_INFORMATION=0|0x7fffffff?, IDT_VECTORING_INFORMATION=0|0x7fffffff?, \
ENTRY_INTERRUPTION_INFORMATION=0|0x7fffffff?"
delivery unsaid ', qualification=0x181'
delivery said ', IDT_VECTORING_INFORMATION=0x80000030|1<<12?'
delivery behind_host ', host_dr7=0x400, IDT_VECTORING_INFORMATION=0x80000030|1<<12?'
refused

# --- What the SDM leaves to the scenario ---

passes "an event in delivery of which the scenario does not speak fails it" \
	fails unsaid "--build=$BUILD"
passes "... with the field, its value and what the SDM says" says \
	"9: IDT_VECTORING_INFORMATION is 0x80000030, but the SDM clears its bit 31 for ept_violation unless an event was being delivered"
passes "one of which it speaks is as it says" plays said "--build=$BUILD"
passes "... behind what it says of the host, too" plays behind_host "--build=$BUILD"
passes "of a VM entry that was refused nothing is compared" plays refused "--build=$BUILD"

# --- A processor that has each of the fields wrong ---

# lies: builds a kernel that reads all of these fields as a processor would leave them that clears
# nothing.
lies() {
	copy_tree "$scratch/tree"
	sed -i -e '/^static u64 value_after/,/^}/ {
		s/return exit->reason_field;/return exit->reason_field | BIT(16);/
		s/return exit->qualification;/return 1;/
		s/return field_read(.*);/return BIT(31);/
	}' "$scratch/tree/vmx/exit_defaults.c"
	[ "$(diff vmx/exit_defaults.c "$scratch/tree/vmx/exit_defaults.c" | grep -c '^>')" = 3 ] &&
		timeout 300 make --no-print-directory -C "$scratch/tree" build/suite.bin
}

passes "a kernel that finds each field wrong is built" lies
passes "... and fails a scenario that speaks of none" fails silent "--build=$scratch/tree/build"
passes "... with a line for each" says \
	"4: EXIT_REASON is 0x1000d, but the SDM clears its bit 16 for invd" \
	"4: qualification is 0x1, but the SDM clears it for invd" \
	"4: EXIT_INTERRUPTION_INFORMATION is 0x80000000, but the SDM clears its bit 31 for invd" \
	"4: IDT_VECTORING_INFORMATION is 0x80000000, but the SDM clears its bit 31 for invd unless an event was being delivered" \
	"4: ENTRY_INTERRUPTION_INFORMATION is 0x80000000, but the SDM clears its bit 31 for invd"
passes "... and takes the scenario's word for each of which it speaks" \
	plays speaking "--build=$scratch/tree/build"
passes "... and nothing of a VM entry that was refused" plays refused "--build=$scratch/tree/build"
plan
