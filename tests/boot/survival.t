#!/bin/sh
# survival.t -- a test that ends the machine fails, with its reason, and no other result is lost

. tests/host/tap.sh

timeout 280 ./trapline run --platform=bochs --build="$BUILD" --timeout=12 \
	'run=fault/*,ept/write_to_read_only_page' log=failures >"$scratch/report"
status=$?
verdicts=$(grep -E '^(1\.\.|ok|not ok)' "$scratch/report")

says() {
	grep -E "$1" "$scratch/report" || { cat "$scratch/report"; return 1; }
}

# blamed NAME REASON: the test failed, and its diagnostics give the reason.  A line may be cut off
# by what ends the machine while the UART has its last bytes.
blamed() {
	start="^# \(cut off: # \)*start [0-9]* - $1\$"
	sed -n "\|$start|,\|^[no t]*ok [0-9]* - |p" "$scratch/report" >"$scratch/test"
	cat "$scratch/test"
	tail -1 "$scratch/test" | grep -qx "not ok [0-9]* - $1" && grep -qE "$2" "$scratch/test"
}

is_one_stream() {
	echo "$verdicts"
	[ "$(echo "$verdicts" | sed 's/^not //; s/ - .*//')" = "$(
		echo 1..8
		seq -f 'ok %g' 8)" ]
}

passes "the report has one plan, first, and every number once, in order" is_one_stream
passes "an unexpected exception is blamed on its test, with a backtrace by name" \
	blamed fault/bail_out '^#   0x[0-9a-f]+ third_function\+'
passes "a stack overflow is blamed on its test" \
	blamed fault/stack_overflow '^# Bail out! the stack overflowed'
passes "a smashed stack is blamed on its test" \
	blamed fault/stack_smash '^# Bail out! .*stack frame'
passes "a triple fault is blamed on its test, with its address" \
	blamed fault/triple_fault '^# triple fault at rip=0x[0-9a-f]+$'
passes "a hang is blamed on its test, and is not reported as a triple fault" \
	blamed fault/hang '^# no output for 12 seconds: the machine hangs$'
passes "an exception in a loaded suite is blamed on its test, with a backtrace by name" \
	blamed fault/in_a_suite '^#   0x[0-9a-f]+ find_me\+'
passes "a machine check is blamed on its test, though a fault would have been survived there" \
	blamed fault/machine_check '^# Bail out! unexpected #MC \(machine check, '
passes "the tests after those that ended the machine run" \
	says '^ok 8 - ept/write_to_read_only_page$'
passes "the run as a whole failed" [ $status -eq 1 ]

timeout 60 ./trapline run --platform=bochs --build="$BUILD" --timeout=12 \
	'run=mistake/vmcs_left_current,ept/write_to_read_only_page' log=failures >"$scratch/report"
passes "a test that leaves a VMCS current is at fault" \
	says '^not ok 1 - mistake/vmcs_left_current # ERROR the test left a VMCS current$'
passes "... and the next one runs" says '^ok 2 - ept/write_to_read_only_page$'

# The guest's OUT causes no exit, so it reaches the port with which a BIOS makes Bochs panic.
cat >"$scratch/panics.asm" <<'E_'
%include "scenario.inc"
scenario "the emulator panics"
	page    CODE, at=0x1000, access=r-x
	vmcs    PRIMARY_CONTROLS, clear=PRIMARY_unconditional_io_exiting
	expect  vmcall
	finish
guest CODE
	mov     edx, 0x400
	mov     eax, 77
	out     dx, ax
	vmcall
E_
timeout 100 ./trapline run --platform=bochs --build="$BUILD" --timeout=8 \
	--scenario="$scratch/panics.asm" >"$scratch/report"
status=$?
passes "a panic of the emulator is blamed on its test, with the emulator's words and the address" \
	blamed panics '^# Bochs panicked: BIOS panic .* at rip=0x100c$'
passes "the run with the panic failed" [ $status -eq 1 ]

# The guests' OUT reach the ports that reset a PC: the chipset's, the keyboard controller's.  The
# kernel boots once more on that machine, unless the BIOS of Bochs 2.7 ends in a triple fault, as it
# does after the second.
mkdir "$scratch/assembled" "$scratch/iso"
# resets NAME PORT VALUE
resets() {
	cat >"$scratch/assembled/$1.asm" <<E_
%include "scenario.inc"
scenario "the machine is reset"
	page    CODE, at=0x1000, access=r-x
	vmcs    PRIMARY_CONTROLS, clear=PRIMARY_unconditional_io_exiting
	expect  vmcall
	finish
guest CODE
	mov     edx, $2
	mov     eax, $3
	out     dx, al
	vmcall
E_
}
resets by_chipset 0xcf9 6
resets by_keyboard 0x64 0xfe
cp tests/scenarios/ept/write_to_read_only_page.asm "$scratch/assembled/the_next.asm"

# The run failed by these two verdicts, in three boots.
cost_their_verdicts() {
	cat "$scratch/report"
	[ $status -eq 1 ] && grep -q '^# in all: .* 2 failed, .* 3 boots$' "$scratch/report" &&
		grep -q '^ok [0-9]* - the_next$' "$scratch/report"
}

timeout 100 ./trapline run --platform=bochs --build="$BUILD" --timeout=12 \
	--scenario="$scratch/assembled/by_chipset.asm" \
	--scenario="$scratch/assembled/by_keyboard.asm" \
	--scenario="$scratch/assembled/the_next.asm" >"$scratch/report"
status=$?
passes "a reset of the machine is blamed on its test" \
	blamed by_chipset '^# the machine was reset: its report began once more$'
passes "... that by the keyboard controller, too" \
	blamed by_keyboard '^# the machine was reset: its report began once more$|^# triple fault at '
passes "... and each costs its verdict only, and one more boot" cost_their_verdicts

./trapline assemble --into="$scratch/assembled" "$scratch/assembled"/*.asm &&
	(cd "$scratch/assembled" && cat by_chipset.bin by_keyboard.bin the_next.bin) \
		>"$scratch/iso/suite.bin" &&
	cp "$BUILD/trapline.elf" "$BUILD/loader.rom" "$scratch/iso/" &&
	iso/image "$scratch/iso/trapline.iso" "$BUILD/trapline.elf" "$scratch/iso/suite.bin"
timeout 200 ./trapline run --platform=bochs --build="$scratch/iso" --timeout=12 --iso \
	>"$scratch/report"
status=$?
passes "a reset of a machine that boots from the ISO is blamed on its test" \
	blamed by_chipset '^# the machine was reset: its report began once more$'
passes "... and costs that verdict only, and one more boot, too" cost_their_verdicts
# A disabled local APIC stays so until a reset in Bochs, as in some processors.
cat >"$scratch/disables.asm" <<'E_'
%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"
scenario "a guest disables the local APIC"
	needs   msr_bitmaps
	page    CODE, at=0x1000, access=r-x
	open_msrs
	expect  vmcall
	finish
guest CODE
	mov     ebx, 0xfee00100
	write_msr IA32_APIC_BASE, rbx
	vmcall
E_
timeout 100 ./trapline run --platform=bochs --build="$BUILD" --timeout=8 \
	--scenario="$scratch/disables.asm" \
	--scenario=tests/scenarios/slate/apic_of_a_new_guest.asm >"$scratch/report"
passes "a guest that disables the local APIC has its verdict, and the machine ends behind it" \
	says '^# next boot: a reset has to give back the local APIC'
passes "... which is no failure" says '^ok 1 - disables$'
passes "... and the next one finds it enabled" says '^ok 2 - slate/apic_of_a_new_guest$'

# emulator: prints the process number of the Bochs that the runner in the background started.
emulator() {
	pgrep -x -P "$runner" bochs-bin || pgrep -x -P "$runner" bochs
}

./trapline run --platform=bochs --build="$BUILD" --timeout=60 \
	'run=fault/hang,ept/write_to_read_only_page' log=full >"$scratch/report" &
runner=$!
waited=0
while ! grep -q '^# start 1 - fault/hang' "$scratch/report" && [ $waited -lt 60 ]; do
	sleep 1
	waited=$((waited + 1))
done
kill -s SEGV "$(emulator)"
wait $runner
status=$?
passes "an emulator that is killed is blamed on its test, and is not reported as a hang" \
	blamed fault/hang '^# Bochs died, by signal 11$'
passes "the tests after the killed one run" says '^ok 2 - ept/write_to_read_only_page$'
passes "the run with the killed emulator failed" [ $status -eq 1 ]

report_is_lost() {
	timeout 100 ./trapline run --platform=tcg --build="$BUILD" log=full >/dev/full 2>"$scratch/errors"
	[ $? -eq 1 ] && echo 'trapline run: standard output: No space left on device' |
		diff - "$scratch/errors"
}
passes "a disk that is too full for the report is an error" report_is_lost

# 100 blocks of 512 bytes are too few for the disk image that Bochs boots from.
scratch_is_full() {
	(ulimit -f 100 && exec timeout 100 ./trapline run --platform=bochs --build="$BUILD" log=full) \
		>"$scratch/report" 2>"$scratch/errors"
	[ $? -eq 2 ] && [ ! -s "$scratch/report" ] && grep "^trapline run: '.*/iso/disk .*' failed$" \
		"$scratch/errors"
}
passes "a disk that is too full for Bochs' disk image is an error, and no machine boots" \
	scratch_is_full
plan
