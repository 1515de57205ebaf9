#!/bin/sh
# failed_entry.t -- a VM entry that fails and should not is reported with the fields of the VMCS, in
# which trapline explain finds the rule that they violate

. tests/host/tap.sh

# scenario REASON FIELD VALUE: prints a scenario whose second exit should have this reason.
scenario() {
	cat <<EOF
%include "scenario.inc"

scenario "the field has another value"

        page    CODE, at=0x1000, access=r-x

        expect  vmcall
        vmcs    $2, value=$3
        resume
        expect  $1
        finish

guest CODE
        vmcall
        vmcall
EOF
}

# reports STATUS REASON FIELD VALUE: the run of the scenario ends so.
reports() {
	status=$1
	shift
	scenario "$@" >"$scratch/x.asm"
	timeout 100 ./trapline run --platform=bochs --build="$BUILD" --scenario="$scratch/x.asm" \
		log=full >"$scratch/report" 2>&1
	found=$?
	cat "$scratch/report"
	[ $found -eq "$status" ]
}

# explained RULE FIELD: the report's VMCS violates this rule alone.
explained() {
	./trapline explain --build="$BUILD" vmcs "$scratch/report" \
		--capabilities="$scratch/report" >"$scratch/found" || return 1
	cat "$scratch/found"
	grep -q '^of [0-9]* rules of VM entry 1 is violated:' "$scratch/found" &&
		grep -q "^  $1: " "$scratch/found" && grep -q "^    .*$2" "$scratch/found"
}

guest_state() {
	reports 1 vmcall GUEST_RFLAGS 0 && explained rflags_without_bit_1 guest_rflags=0 &&
		grep -q '^the dump.s exit reason is 0x80000021, .*: as it has to be$' "$scratch/found"
}
passes "exit 33 is reported with the VMCS, and explained by its rule" guest_state
controls() {
	reports 1 vmcall CR3_TARGET_COUNT 5 && explained cr3_target_count cr3_target_count=0x5 &&
		! grep -q 'exit reason' "$scratch/found"
}
passes "so is error 7, of which the exit reason of an earlier exit says nothing" controls
all_in_100_columns() {
	[ "$(grep -c '^#   vmcs ' "$scratch/report")" -gt 10 ] &&
		! grep -E '^#   vmcs .{91}' "$scratch/report"
}
passes "its lines are at most 100 columns long" all_in_100_columns
as_expected() {
	reports 0 invalid_guest_state GUEST_RFLAGS 0 && ! grep -q '^#   vmcs' "$scratch/report"
}
passes "a failure that was expected is reported without the VMCS" as_expected
plan
