#!/bin/sh
# machine_check.t -- a machine check ends the run with a report of what the hardware found

. tests/host/tap.sh

# QEMU's monitor makes a machine check: processor, bank, IA32_MCi_STATUS, IA32_MCG_STATUS, address,
# IA32_MCi_MISC.  QEMU resets the machine instead if CR4.MCE is 0.
checked() {
	printf '%s\n' 'break report_start' continue delete \
		'monitor mce 0 1 0xb600000000000005 0x5 0x123456789000 0' continue |
		timeout 100 make --no-print-directory debug PLATFORM=tcg BUILD="$BUILD" 2>&1
	cat "$BUILD/debug.log"
	grep -q '^Bail out! unexpected #MC (machine check, vector 18' "$BUILD/debug.log"
}
passes "a machine check in the kernel ends the run" checked
passes "... and the report tells the bank that noticed it, with status and address" \
	grep -x '# machine-check bank 1: status 0xb600000000000005 address 0x123456789000' \
	"$BUILD/debug.log"
plan
