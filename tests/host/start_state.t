#!/bin/sh
# start_state.t -- docs/start_state.md agrees with the tables from which a VM and the processor get
# their start state, in both directions

. tests/host/tap.sh

page=docs/start_state.md

agrees() {
	tests/tools/start_state >"$scratch/page" && diff "$page" "$scratch/page"
}
passes "$page is what tests/tools/start_state makes of the tables" agrees

# The tool might overlook a row.  Names are what looks like GUEST_CR0 or IA32_PAT.
names_in() {
	grep -v '^TABLE_' "$@" | grep -ohE '\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b' | sort -u
}
tells_all() {
	names_in vmx/vmcs.def vmx/start_state.def kernel/reset_state.def |
		grep -vxE 'AS_FOUND|PAT_AT_RESET|KERNEL_EFER' >"$scratch/names"
	[ "$(wc -l <"$scratch/names")" -gt 250 ] &&
		names_in "$page" | comm -13 - "$scratch/names" >"$scratch/missing" &&
		! grep . "$scratch/missing"
}
passes "... with every VMCS field, and every MSR that has a value before each test" tells_all
invents_none() {
	names_in vmx/vmcs.def kernel/msr.def >"$scratch/names"
	names_in "$page" | comm -23 - "$scratch/names" >"$scratch/invented"
	! grep . "$scratch/invented"
}
passes "... and with no other name" invents_none

# notices FILE SED: the page of tables that differ in this is another one.
notices() {
	rm -rf "$scratch/tree"
	mkdir "$scratch/tree"
	cp -r --parents vmx/*.def kernel/*.def kernel/reset_state.h "$scratch/tree"
	sed -i "$2" "$scratch/tree/$1"
	! diff -q "$1" "$scratch/tree/$1" &&
		tests/tools/start_state --root="$scratch/tree" >"$scratch/page" &&
		! diff "$page" "$scratch/page"
}
passes "another value in one mode is noticed" \
	notices vmx/start_state.def '/GUEST_TR_LIMIT/s/0x67)/0x66)/'
passes "... a field that is no longer 0" notices vmx/start_state.def '/GUEST_RSP/s/0)/8)/'
passes "... a field that starts as 0 from now on" notices vmx/start_fields.def '/(HOST_CR3,/d'
passes "... a field that there was not" notices vmx/vmcs.def '/HOST_RIP/s/$/\nVMCS(0x6c1e, NAT, HOST, HOST_X)/'
passes "... an MSR that is given no value any more" notices kernel/reset_state.def '/IA32_LSTAR/d'
passes "... another bit of CPUID" notices kernel/reset_state.def '/IA32_XSS/s/3)/4)/'
passes "... another value of a constant" notices kernel/reset_state.h '/PAT_AT_RESET/s/06ull/00ull/'
plan
