#!/bin/sh
# endless.t -- a guest that loops for ever, that triple-faults or that exits a million times gets
# one verdict, and the next test runs; what stopped it is no exit that a scenario can expect

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
timer_off='vmcs PIN_BASED_CONTROLS, clear=PIN_BASED_activate_preemption_timer'
timer_on='vmcs PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer'
timer_saved='vmcs EXIT_CONTROLS, set=VM_EXIT_save_preemption_timer'
never='vmcs VMX_PREEMPTION_TIMER_VALUE, value=0xffffffff'
soon='vmcs VMX_PREEMPTION_TIMER_VALUE, value=100'

# stopped NAME SETUP EXIT: a guest that loops for ever, in a scenario that expects EXIT.  With IF = 0
# Bochs would keep the alarm's interrupt from exiting.
stopped() {
	guest "$1" "vmcs GUEST_RFLAGS, value=0x202${newline}$2${newline}expect $3${newline}finish" 'jmp $'
}
stopped rings "$timer_off" vmcall
stopped timed '' preemption_timer
stopped off "$timer_off" external_interrupt
stopped late "$never" preemption_timer
stopped late_interrupt "$never" external_interrupt
stopped saved "$timer_saved${newline}$never" preemption_timer
stopped deaf "$timer_on${newline}vmcs PIN_BASED_CONTROLS, clear=PIN_BASED_external_interrupt_exiting" \
	preemption_timer
stopped own "$soon" 'preemption_timer, rip=CODE'
stopped unsaid "$timer_on" 'preemption_timer, rip=CODE'
stopped hasty 'may_run 10' preemption_timer
guest patient "may_run 8000${newline}expect vmcall${newline}finish" \
	"mov esi, 2000000${newline}turn: dec esi${newline}jnz turn${newline}vmcall"
guest dies "vmcs EXCEPTION_BITMAP, value=0${newline}expect vmcall${newline}finish" 'ud2'
guest exits "repeat 1000000${newline}expect cpuid${newline}skip${newline}end_repeat
expect vmcall${newline}finish" "mov esi, 1000000${newline}turn: cpuid${newline}dec esi${newline}jnz turn${newline}vmcall"
guest returns "expect  vmcall${newline}finish" 'vmcall'

timeout 280 ./trapline run --platform=bochs --build="$BUILD" --timeout=100 \
	--scenario="$scratch/loops.asm" --scenario="$scratch/dies.asm" \
	--scenario="$scratch/exits.asm" --scenario="$scratch/returns.asm" \
	--scenario="$scratch/rings.asm" >"$scratch/report"
status=$?

set --
for name in timed off late late_interrupt saved deaf own unsaid hasty patient; do
	set -- "$@" --scenario="$scratch/$name.asm"
done
timeout 280 ./trapline run --platform=bochs --build="$BUILD" --timeout=100 "$@" >"$scratch/judged"

says() {
	grep -E "$1" "$scratch/report" || { tail -60 "$scratch/report"; return 1; }
}
judges() {
	grep -E "$1" "$scratch/judged" || { tail -99 "$scratch/judged"; return 1; }
}
# taken_for NAME EXIT: the guest of that scenario was stopped, which was not the exit it expects.
taken_for() {
	judges "^# .*/$1.asm:[0-9]+: the guest ran for 1000 ms without an exit, expected $2\$" &&
		judges "^not ok [0-9]+ - $1\$"
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
passes "the preemption timer that stops a guest is no exit that a scenario can expect" \
	taken_for timed preemption_timer
passes "... nor is the local APIC's alarm, where the scenario has turned the timer off" \
	taken_for off external_interrupt
passes "a timer of the scenario's own that never ends is not taken for one that ends" \
	taken_for late preemption_timer
passes "... nor is the alarm taken for an interrupt that it expects" \
	taken_for late_interrupt external_interrupt
passes "a timer whose value is saved is the scenario's own" taken_for saved preemption_timer
passes "a timer that the scenario sets exits by itself" judges '^ok [0-9]+ - own$'
passes "a timer that the scenario activates and does not set is 0" judges '^ok [0-9]+ - unsaid$'
passes "a scenario that keeps the other alarm's interrupt from exiting is told so" \
	judges '^# .*/deaf.asm:6: nothing would stop an endless guest: .* external interrupts do not exit$'
passes "a scenario can say that its guest may run for a shorter time" \
	judges '^# .*/hasty.asm:[0-9]+: the guest ran for 10 ms without an exit, expected preemption_timer$'
passes "... or for a longer one" judges '^ok [0-9]+ - patient$'
passes "all of these tests run in one boot" [ "$(grep -c '^# start 1 ' "$scratch/report")" -eq 1 ]
passes "the run as a whole failed" [ $status -eq 1 ]
plan
