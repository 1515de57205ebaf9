#!/bin/sh
# firmware.t -- the kernel on machines whose firmware left them in a bad state

. tests/host/tap.sh

# Of the tests of events those in which no foreign interrupt comes unless the firmware left it.
TESTS='ept/ve_through_guest_idt,events/*,-events/*foreign*'

# boots OPTION...: a run on Bochs passes.  The report is in $scratch/report.
boots() {
	timeout 100 ./trapline run --platform=bochs --timeout=20 log=full "$@" >"$scratch/report"
	status=$?
	[ $status -eq 0 ] || { cat "$scratch/report"; return 1; }
}

# left STATE...: these tests pass with a kernel that finds the machine in these states.
left() {
	rm -rf "$scratch/left"
	tests/tools/firmware --build="$BUILD" "$scratch/left" "$@" &&
		boots --build="$scratch/left" "run=$TESTS"
}

# At most once: those that were pending before all sources were masked.
foreign_interrupts_end() {
	grep '^# foreign interrupts' "$scratch/report"
	[ "$(grep -c '^# foreign interrupts' "$scratch/report")" -le 1 ]
}

# says REGEX: a line of the report says it.
says() {
	grep -E "$1" "$scratch/report" || { cat "$scratch/report"; return 1; }
}

# runs TEST: it is neither failed nor skipped.
runs() {
	says "^ok [0-9]* - $1\$"
}

passes "guests run where the firmware left the local APIC's timer running" left lvt_timer
passes "guests run where the vector of that timer is of the highest priority" \
	left lvt_timer_of_high_vector
passes "... and no interrupt of it comes while they run" foreign_interrupts_end
passes "... and the alarm of the local APIC rings" runs events/apic_timer_stops_an_endless_guest
passes "guests run where the firmware left the inputs of the I/O APIC unmasked" left io_apic
passes "... and no interrupt of them comes while they run" foreign_interrupts_end
passes "an interrupt that the firmware left pending is not the guest's" left interrupt_pending
passes "... and the report says so" says '^# foreign interrupts: 1, the last of vector 0xf6$'
passes "... which is taken before any guest runs" \
	boots --build="$scratch/left" run=kernel/local_apic_is_not_cached
passes "... as the report says" says '^# foreign interrupts: 1, the last of vector 0xf6$'
passes "an interrupt that the firmware left in service is ended" left interrupt_in_service
passes "... and the report says so" says '^# foreign interrupts: 1, the last of vector 0xf7$'
passes "... so that others are delivered" runs events/pending_interrupt_exits_with_interrupts_on
passes "guests run where the local APIC is in x2APIC mode" left x2apic
passes "... and its alarm rings" runs events/apic_timer_stops_an_endless_guest
passes "guests run where the local APIC is elsewhere than usual" left apic_moved
passes "... and its alarm rings" runs events/apic_timer_stops_an_endless_guest
passes "guests run where the local APIC is disabled, which in Bochs no kernel can change" \
	left apic_disabled
passes "... and what needs it is skipped" \
	says '^ok [0-9]* - events/apic_timer_stops_an_endless_guest # SKIP needs a local APIC'
passes "states can be combined" left lvt_timer_of_high_vector interrupt_in_service x2apic

unknown_state_is_refused() {
	tests/tools/firmware --build="$BUILD" "$scratch/left" x2apik >"$scratch/refused" 2>&1 && return 1
	grep "^firmware: there is no state 'x2apik'; did you mean x2apic?" "$scratch/refused"
}
passes "a state that there is not is refused, with the nearest one" unknown_state_is_refused

# This model has the signature of the Core i7-800, whose preemption timer has an erratum.
passes "guests run on a processor whose VMX-preemption timer has an erratum" \
	boots --build="$BUILD" --cpu=corei5_lynnfield_750 'run=events/*'
passes "... which the report says" says "^# alarm local APIC's timer, for erratum AAN92 "
passes "... where the alarm is not that timer" \
	says '^ok .* events/preemption_timer_stops_an_endless_guest # SKIP .*\(AAN92\)$'
passes "... but that of the local APIC" runs events/apic_timer_stops_an_endless_guest

passes "the clocks of a machine agree" boots --build="$BUILD" run=probe/clocks_agree
passes "... and the report says which one is in use" says '^# clock PIT: TSC [0-9]+ kHz$'
for clock in PIT 'ACPI PM timer' HPET; do
	passes "... one of those of Bochs is the $clock" says "^# $clock: [0-9]+ kHz\$"
done
plan
