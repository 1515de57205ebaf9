#!/bin/sh
# endless.t -- a guest that loops for ever, that triple-faults or that exits a million times gets
# one verdict, and the next test runs

. tests/host/tap.sh

# guest NAME SCRIPT CODE: writes NAME.asm, a scenario with one page of code.
guest() {
	cat >"$scratch/$1.asm" <<-E_
	%include "scenario.inc"
	scenario "$1"
	        page    CODE, at=0x1000, access=r-x
	        $2
	guest CODE
	        $3
	E_
}

newline='
'
guest loops "expect  vmcall${newline}finish" 'jmp $'
guest rings "vmcs PIN_BASED_CONTROLS, clear=PIN_BASED_activate_preemption_timer
	vmcs GUEST_RFLAGS, value=0x202${newline}expect vmcall${newline}finish" 'jmp $'
guest dies "vmcs EXCEPTION_BITMAP, value=0${newline}expect vmcall${newline}finish" 'ud2'
guest exits "repeat 1000000${newline}expect cpuid${newline}skip${newline}end_repeat
expect vmcall${newline}finish" "mov esi, 1000000${newline}turn: cpuid${newline}dec esi${newline}jnz turn${newline}vmcall"
guest returns "expect  vmcall${newline}finish" 'vmcall'

timeout 280 ./trapline run --platform=bochs --build="$BUILD" --timeout=100 \
	--scenario="$scratch/loops.asm" --scenario="$scratch/dies.asm" \
	--scenario="$scratch/exits.asm" --scenario="$scratch/returns.asm" \
	--scenario="$scratch/rings.asm" >"$scratch/report"
status=$?

says() {
	grep -E "$1" "$scratch/report" || { tail -60 "$scratch/report"; return 1; }
}

passes "a guest that loops for ever is stopped, and the report says that it did not exit" \
	says '^# .*/loops.asm:[0-9]+: the guest ran for 1000 ms without an exit, expected vmcall$'
passes "a guest that loops for ever fails" says '^not ok 1 - loops$'
passes "the report names the exit of a guest that triple-faults" \
	says '^# .*/dies.asm:[0-9]+: exit is triple_fault, expected vmcall$'
passes "a guest that triple-faults fails" says '^not ok 2 - dies$'
passes "a guest that exits a million times gets its verdict" says '^ok 3 - exits$'
passes "the report shows the first hundred of a million exits" \
	[ "$(sed -n '/^# start 3/,/^ok 3/p' "$scratch/report" | grep -c '^# exit ')" -eq 100 ]
passes "a guest that exits a million times prints ten lines of progress" \
	[ "$(grep -c '^# [0-9]*00000 exits so far$' "$scratch/report")" -eq 10 ]
passes "the test after these guests runs" says '^ok 4 - returns$'
passes "a guest that the local APIC's alarm stops fails" says '^not ok 5 - rings$'
passes "the exit by that alarm is shown with its vector, and no register but RIP" \
	says '^# exit 1 external_interrupt vector=0xfe rip=CODE\(0x1000\)$'
passes "... and that by the preemption timer with RIP alone" \
	says '^# exit 1 preemption_timer rip=CODE\(0x1000\)$'
passes "all of these tests run in one boot" [ "$(grep -c '^# start 1 ' "$scratch/report")" -eq 1 ]
passes "the run as a whole failed" [ $status -eq 1 ]
plan
