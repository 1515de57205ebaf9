#!/bin/sh
# foreseen.t -- the model of VM entry says of each scenario in tests/scenarios/entry what the
# scenario expects, and which rules it breaks

. tests/host/tap.sh

# The limit is for a machine that hangs.
bochs="timeout 300 ./trapline run --platform=bochs --build=$BUILD run=entry_scenarios/*"

# judged FILE.asm... : what the model says of these scenarios, or of their twins if $twins is set.
judged() {
	rm -rf "$scratch/made"
	# shellcheck disable=SC2086 # an option, or none
	./trapline assemble $twins --into="$scratch/made" "$@" >/dev/null || return 1
	{
		cat "$BUILD/suites.bin"
		find "$scratch/made" -name '*.bin' -exec cat {} +
	} >"$scratch/module"
	$bochs --module="$scratch/module" log=full >"$scratch/report" 2>&1
	status=$?
	sed -n '/^# start 1/,$p' "$scratch/report"
	return $status
}

# --- Scenarios that are wrong about VM entry ---

mkdir -p "$scratch/scenarios/entry"

# scenario NAME: makes that scenario; its setup and expectations are read.
scenario() {
	{
		printf '%%include "scenario.inc"\n\nscenario "CR4.VMXE, or bit 1 of RFLAGS, is 0"\n\n'
		printf '\tpage CODE, at=0x1000, access=r-x\n'
		cat
		printf '\tfinish\nguest CODE\n\tvmcall\n'
	} >"$scratch/scenarios/entry/$1.asm"
}

scenario right <<'E_'
	rule cr4_bits_fixed_to_1
	twist vmcs GUEST_CR4, clear=1 << 13
	expect invalid_guest_state, qualification=0
E_
scenario entered <<'E_'
	rule cr4_bits_fixed_to_1
	twist vmcs GUEST_CR4, clear=1 << 13
	expect vmcall
E_
scenario number <<'E_'
	rule cr4_bits_fixed_to_1
	twist vmcs GUEST_CR4, clear=1 << 13
	expect invalid_guest_state, qualification=2
E_
scenario refused <<'E_'
	twist vmcs GUEST_CR4, set=1 << 13
	expect invalid_guest_state
E_
scenario later <<'E_'
	rule cr4_bits_fixed_to_1
	twist vmcs GUEST_CR4, clear=1 << 13
	expect invalid_guest_state
	resume
	expect vmcall
E_
scenario silent <<'E_'
	twist vmcs GUEST_CR4, clear=1 << 13
	expect invalid_guest_state
E_
scenario other <<'E_'
	rule cr4_bits_fixed_to_1, rflags_without_bit_1
	twist vmcs GUEST_CR4, clear=1 << 13
	expect invalid_guest_state
E_
scenario hidden <<'E_'
	rule cr4_bits_fixed_to_1, rflags_without_bit_1
	vmcs GUEST_RFLAGS, value=0
	twist vmcs GUEST_CR4, clear=1 << 13
	expect invalid_guest_state
E_

# says NAME LINE...: of this scenario the model says these lines, and it is not well.
says() {
	name=$1
	shift
	judged "$scratch/scenarios/entry/$name.asm" >"$scratch/judgement" && return 1
	cat "$scratch/judgement"
	for line; do
		grep -q "$line\$" "$scratch/judgement" || return 1
	done
}

passes "a scenario that is right is found right" judged "$scratch/scenarios/entry/right.asm"
passes "one that expects an entry which has to be refused is not" says entered \
	'entered.asm:8: expected is an entry that succeeds, which the model does not allow' \
	'#   the state violates cr4_bits_fixed_to_1'
passes "one that expects another qualification is not" says number \
	'number.asm:8: expected is invalid_guest_state, which the model does not allow'
passes "one that expects a refusal of a legal state is not" says refused \
	'refused.asm:7: expected is invalid_guest_state, which the model does not allow' \
	'#   the state violates no rule'
passes "one whose second entry is another than expected is not" says later \
	'later.asm:10: expected is an entry that succeeds, which the model does not allow'
passes "one that does not claim the rule it breaks is not" \
	says silent 'entry/silent violates cr4_bits_fixed_to_1, but does not claim it'
passes "one that claims a rule and does not break it is not" \
	says other 'entry/other claims rflags_without_bit_1, but does not violate it'
twins=--untwisted
passes "a twin is not, if its state is still illegal" \
	says hidden 'expected is an entry that succeeds, which the model does not allow'

# --- The scenarios of Trapline ---

# all_agree: the model has looked at each of them, or this processor lacks what it needs.
all_agree() {
	judged tests/scenarios/entry/*.asm || return 1
	set -- tests/scenarios/entry/*.asm
	sed -n 's/^# \([0-9]*\) scenarios with .* are judged, and \([0-9]*\) need .*/\1 \2/p' \
		"$scratch/report" >"$scratch/counts"
	read -r judged lacking <"$scratch/counts"
	[ $((judged + lacking)) -eq $# ] && [ "$lacking" -lt 10 ]
}
twins=
passes "each scenario of VM entry expects what the model says, and claims what it breaks" all_agree
twins=--untwisted
passes "without its twist each of them expects what the model says" all_agree
plan
