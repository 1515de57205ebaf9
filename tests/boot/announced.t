#!/bin/sh
# announced.t -- what may end the machine is announced before it is tried, and named by that where
# the machine ends

. tests/host/tap.sh

bochs="timeout 280 ./trapline run --platform=bochs --build=$BUILD --timeout=8 --known=/dev/null"

# of_test NAME: the lines of the report from the start of this test to its verdict.
of_test() {
	sed -n "\|^# start [0-9]* - $1\$|,\|^[no t]*ok [0-9]* - |p" "$scratch/report"
}

# --- States of which an emulator is known to die ---

$bochs 'run=entry_danger/*,ept/write_to_read_only_page' log=failures >"$scratch/report"

# announced NAME: the test was skipped, or its case was announced.
announced() {
	of_test "$1" >"$scratch/test"
	cat "$scratch/test"
	grep -q '# SKIP ' "$scratch/test" || grep -q '^# may end the machine: ' "$scratch/test"
}
all_are_announced() {
	names=$(sed -n 's/^DANGER(\([a-z0-9_]*\), .*/\1/p' tests/suites/entry/dangers.def)
	[ "$(echo "$names" | wc -w)" -ge 3 ] || return 1
	for name in $names; do
		announced "entry_danger/$name" || return 1
	done
}
passes "each state of which an emulator is known to die is announced" all_are_announced
named() {
	of_test entry_danger/ia_32e_mode_without_protection | tail -3 | sed 's/ok [0-9]*/ok N/' \
		>"$scratch/test"
	cat "$scratch/test"
	sed -n 1p "$scratch/test" | grep -q '^# Bochs panicked: ' && tail -2 "$scratch/test" |
		diff - "$scratch/named"
}
cat >"$scratch/named" <<'E_'
# it was announced: IA-32e mode with CR0.PE and CR0.PG at 0 is refused
not ok N - entry_danger/ia_32e_mode_without_protection
E_
passes "where the emulator dies, the test says what was announced" named
passes "the tests behind it run" grep -q '^ok 4 - ept/write_to_read_only_page$' "$scratch/report"

# --- VMX aborts ---

$bochs 'run=vmx_abort/store_of_absent_msr,vmx_abort/load_after_failed_entry' log=quiet \
	>"$scratch/report"
status=$?
is_named() {
	cat "$scratch/report"
	grep -x -A2 "# has to end the machine: VMX abort, $1" "$scratch/report" >"$scratch/test" &&
		grep -qx "# as it had to: VMX abort, $1" "$scratch/test"
}
passes "a VMX abort for an MSR that cannot be stored is named, with log=quiet too" \
	is_named 'the VM-exit MSR-store list has an MSR that RDMSR refuses'
passes "... and one for an MSR that cannot be loaded behind a failed VM entry" \
	is_named 'a VM entry fails, and the VM-exit MSR-load list has IA32_FS_BASE'
passes "the tests have passed, as the machine has to end there" [ $status -eq 0 ]
plan
