#!/bin/sh
# clocks.t -- on Bochs, guests that write the TSC, and kernels that know only one of the clocks, or
# none, as on a machine without the others

. tests/host/tap.sh
. tests/host/tree.sh

tree=$scratch/tree
copy_tree "$tree"
report=$scratch/report

# knows ROW: builds a kernel whose table of clocks has only the rows with this text.
knows() {
	grep -e '^TABLE' -e "$1" kernel/clock.def >"$tree/kernel/clock.def"
	timeout 100 make --no-print-directory -C "$tree" build/suite.bin
}

# boots GLOBS [OPTION...]: runs these tests with that kernel; they pass.
boots() {
	globs=$1
	shift
	timeout 100 ./trapline run --platform=bochs --build="$tree/build" "$@" log=full "run=$globs" \
		>"$report"
	tail -3 "$report" && grep -q '^# summary [1-9][0-9]* passed, 0 failed' "$report"
}

says() {
	grep -Ex "$1" "$report" || { grep '^# clock' "$report"; false; }
}

# milliseconds VALUE: a guest writes this to the upper half of the TSC; prints the time of the run.
milliseconds() {
	cat >"$scratch/writes.asm" <<E_
%include "scenario.inc"
scenario "the guest writes the TSC"
	page    CODE, at=0x1000, access=r-x
	page    BITMAPS, at=0x8000, access=r--
	vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_msr_bitmaps
	vmcs    MSR_BITMAPS, page=BITMAPS
	expect  vmcall
	finish
guest CODE
	mov     ecx, 0x10
	mov     edx, $1
	xor     eax, eax
	wrmsr
	vmcall
E_
	timeout 60 ./trapline run --platform=bochs --build="$BUILD" --scenario="$scratch/writes.asm" \
		>"$report" && sed -n "s/^# summary .* \([0-9]*\) ms of the machine's clock\$/\1/p" "$report"
}

# is_plausible VALUE: the run took some time, and less than a minute, however the TSC jumped.
is_plausible() {
	found=$(milliseconds "$1") || { cat "$report"; return 1; }
	echo "$found ms"
	[ "$found" -gt 10 ] && [ "$found" -lt 60000 ]
}
passes "a guest that puts the TSC forward does not change the time of the run" \
	is_plausible 0x70000000
passes "... nor does one that puts it back" is_plausible 0

endless=events/preemption_timer_stops_an_endless_guest,events/apic_timer_stops_an_endless_guest
for clock in PIT 'ACPI PM timer' HPET; do
	passes "a kernel that knows only the $clock is built" knows "\"$clock\""
	passes "... and stops guests that do not end" boots "$endless"
	# Bochs is told to count a million.
	passes "... and counts a million in a second" says "# clock $clock: TSC (99[0-9]|100[0-9]) kHz"
done

# What CPUID says of the processor is nothing that Bochs' clock obeys, so no guest is waited for.
# Of CPUID.15H its Ice Lake says a crystal of 38,400 kHz and a ratio of 39; of CPUID.16H its Skylake
# says a frequency that is not 0.
passes "a kernel that knows only CPUID.15H is built" knows '"CPUID.15H"'
passes "... and runs guests" boots ept/write_to_read_only_page --cpu=corei7_icelake_u
passes "... and takes the crystal's frequency times the ratio" \
	says '# clock CPUID\.15H: TSC 1497600 kHz'
passes "a kernel that knows only CPUID.16H is built" knows '"CPUID.16H"'
passes "... and runs guests" boots ept/write_to_read_only_page
passes "... and takes the base frequency" says '# clock CPUID\.16H: TSC [1-9][0-9]{3}000 kHz'

passes "a kernel that knows no clock is built" knows 'no clock'
passes "... and runs guests" boots ept/write_to_read_only_page
passes "... and says that all times are guesses" says '# clock none: times are guesses, .*'
plan
