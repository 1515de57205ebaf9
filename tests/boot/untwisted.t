#!/bin/sh
# untwisted.t -- what a scenario claims comes from the line that it marks: without this line the
# opposite comes true

. tests/host/tap.sh

# The limit is for a machine that hangs.
bochs="timeout 300 ./trapline run --build=$BUILD --platform=bochs"

# --- A scenario that passes for another reason than the one it tells ---

# scenario NAME TITLE: makes that scenario; what differs is read.
scenario() {
	{
		printf '%%include "scenario.inc"\n%%include "kernel/bits.inc"\n\n'
		printf 'scenario "%s"\n\tpage CODE, at=0x1000, access=r-x\n' "$2"
		cat
	} >"$scratch/$1.asm"
}

scenario good 'VM entry fails if CR4.VMXE is 0' <<'E_'
	twist vmcs GUEST_CR4, clear=CR4_VMXE
	expect invalid_guest_state
	finish
guest CODE
	vmcall
E_
scenario hidden 'VM entry fails if CR4.VMXE is 0, and bit 1 of RFLAGS is 0 as well' <<'E_'
	twist vmcs GUEST_CR4, clear=CR4_VMXE
	vmcs GUEST_RFLAGS, clear=RFLAGS_FIXED
	expect invalid_guest_state
	finish
guest CODE
	vmcall
E_
scenario beside 'INVD exits, whatever stands before it' <<'E_'
	expect invd
	finish
guest CODE
	twist nop
	invd
E_
scenario refused 'CPUID exits, and is not reached otherwise' <<'E_'
	twist vmcs GUEST_RFLAGS, set=RFLAGS_FIXED
	untwisted vmcs GUEST_RFLAGS, clear=RFLAGS_FIXED
	expect cpuid
	finish
guest CODE
	cpuid
E_
scenario endless 'CPUID exits, and without it the guest never exits' <<'E_'
	expect cpuid
	finish
guest CODE
	twist cpuid
	jmp $
E_
scenario later 'the second exit is the one that the marked line causes' <<'E_'
	expect vmcall, rax=0
	skip
	expect cpuid
	otherwise vmcall, rax=5
	finish
guest CODE
	vmcall
	mov eax, 5
	twist cpuid
	vmcall
E_
scenario wrong 'the exit that comes otherwise is compared' <<'E_'
	expect cpuid
	otherwise vmcall, rax=6
	finish
guest CODE
	mov eax, 5
	twist cpuid
	vmcall
E_
scenario unmarked 'a scenario has no twist' <<'E_'
	expect cpuid
	finish
guest CODE
	cpuid
E_
scenarios=$(printf -- '--scenario=%s ' "$scratch"/*.asm)

# shellcheck disable=SC2086 # commands of several words
{
$bochs $scenarios log=failures >"$scratch/twisted"
$bochs $scenarios --untwisted log=failures >"$scratch/untwisted"
}

# says LINE: the report on the twins has a line that ends so.
says() {
	cat "$scratch/untwisted"
	grep -q -- "$1\$" "$scratch/untwisted"
}
all_pass() {
	cat "$scratch/twisted"
	! grep '^not ok' "$scratch/twisted" && grep -q '^1\.\.8$' "$scratch/twisted"
}
passes "all of these scenarios pass" all_pass
passes "without its twist a scenario that isolates its claim passes" \
	says '^ok [0-9]* - good.untwisted'
passes "... also if the exit of its claim is not the first" says '^ok [0-9]* - later.untwisted'
passes "one whose VM entry fails for a second reason fails" \
	says 'hidden.asm:8: exit is invalid_guest_state without the twist as well'
passes "one whose exit comes without the twist as well fails" \
	says 'beside.asm:6: exit is invd without the twist as well'
passes "one whose VM entry fails in place of the exit fails" \
	says 'refused.asm:8: exit is invalid_guest_state, expected a VM entry that succeeds'
passes "one that runs on without an exit fails" \
	says 'endless.asm:6: the guest ran for 1000 ms without an exit'
passes "one in which otherwise another value comes fails" \
	says 'wrong.asm:7: rax is 0x5, expected 0x6'
passes "one that marks no line fails" says \
	'not ok [0-9]* - unmarked.untwisted # ERROR .* .\.\.@a_twin_needs_a_line_marked_by_twist. not defined'
passes "each of them has a verdict" says \
	'in all: 2 passed, 6 failed, 0 known to fail, 0 skipped; 1 boot'

# --- The scenarios of Trapline ---

for group in entry exits root events bitmaps time apic shadowing debug; do
	ls tests/scenarios/$group/*.asm
done >"$scratch/sources"
are_marked() {
	xargs ./trapline assemble --untwisted --werror --into="$scratch/twins" <"$scratch/sources"
}
passes "every scenario of these groups marks its twist" are_marked

# In some twins an NMI has to exit that waits for the VM entry, for which Bochs 2.7 leaves it blocked.
waiting_nmi='events/(injected_nmi_keeps|nmi_behind_shadow|nmi_through|nmi_waits)'
grep -Ev "$waiting_nmi" "$scratch/sources" >"$scratch/played"
find "$scratch/twins" -name '*.bin' | grep -Ev "$waiting_nmi" | xargs cat >"$scratch/twins.bin"
isolate_their_claims() {
	$bochs --module="$scratch/twins.bin" 'run=*.untwisted' log=failures >"$scratch/report"
	status=$?
	cat "$scratch/report"
	grep -qx "1\.\.$(wc -l <"$scratch/played")" "$scratch/report" && [ $status -eq 0 ]
}
passes "without its twist the opposite of each claim comes true" isolate_their_claims
plan
