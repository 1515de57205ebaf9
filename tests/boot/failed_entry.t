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
		! grep -q 'not decidable' "$scratch/found" && grep -q '^the dump.s exit reason is 0x80000021, .*: as it has to be$' "$scratch/found"
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

# --- With the extension, which has the model ---

# scenario_of GUEST LINE...: a scenario in which these lines stand between two exits by VMCALL.
scenario_of() {
	guest=$1
	shift
	cat <<EOF
%include "scenario.inc"

scenario "some fields have other values"

        page    CODE, at=0x1000, access=r-x

        expect  vmcall
$(printf '        %s\n' "$@")
        resume
        expect  vmcall
        finish

$guest
        vmcall
        vmcall
EOF
}

# names STATUS EXIT GUEST LINE... -- LINE...: beside suites.bin the scenario ends so, and behind the
# line of the failed expectation the report says this of its second exit, before the VMCS.
names() {
	status=$1 exit=$2 guest=$3
	shift 3
	mkdir -p "$scratch/beside"
	: >"$scratch/lines"
	while [ "$1" != -- ]; do
		printf '%s\n' "$1" >>"$scratch/lines"
		shift
	done
	shift
	printf '#   %s\n' "$@" >"$scratch/expected"
	IFS='
'
	# shellcheck disable=SC2046 # a line each
	scenario_of "$guest" $(cat "$scratch/lines") >"$scratch/beside/x.asm"
	unset IFS
	./trapline assemble "$scratch/beside/x.asm" "$scratch/x.bin" || return 1
	cat "$BUILD/suites.bin" "$scratch/x.bin" >"$scratch/module"
	timeout 100 ./trapline run --platform=bochs ${cpu:+--cpu="$cpu"} --build="$BUILD" \
		--module="$scratch/module" run=x log=scenario >"$scratch/report" 2>&1
	found=$?
	grep -v '^#   vmcs' "$scratch/report"
	[ $found -eq "$status" ] && grep -q "^# exit 2 $exit" "$scratch/report" &&
		sed -n '/expected vmcall$/,/^#   vmcs, all/p' "$scratch/report" | sed '1d; $d' |
		diff "$scratch/expected" -
}

long_guest='guest CODE'
rflags='violates rflags_without_bit_1 ("Checks on Guest RIP, RFLAGS, and SSP"): bit 1 of RFLAGS is 1'

passes "where suites.bin is loaded, the report names the rule that the entry violates" \
	names 1 invalid_guest_state "$long_guest" 'vmcs GUEST_RFLAGS, value=0' -- "$rflags"
passes "of several rules it names all, in the order in which a processor comes to them" \
	names 1 refused_controls "$long_guest" 'vmcs GUEST_RFLAGS, value=0' \
	'vmcs HOST_CS_SELECTOR, value=0' 'vmcs CR3_TARGET_COUNT, value=5' -- \
	'violates cr3_target_count ("VM-Execution Control Fields"): the CR3-target count is at most the number that the processor offers' \
	"violates host_cs_null (\"Checks on Host Segment and Descriptor-Table Registers\"): the host's CS selector is not 0" \
	"$rflags"
passes "memory that the VMCS leads to is looked at: what stands where the link pointer leads" \
	names 1 invalid_guest_state "$long_guest" 'vmcs VMCS_LINK_POINTER, page=CODE' -- \
	'violates link_pointer_to_other_revision ("Checks on Guest Non-Register State"): the VMCS that the link pointer leads to has the revision identifier of the processor'
# Bochs wants bit 47 of SSP to be as those above it, which the SDM does not (tests/known/bochs).
cpu=tigerlake
passes "if none is violated it says that the L0 is wrong" \
	names 1 invalid_guest_state "$long_guest" 'vmcs ENTRY_CONTROLS, set=VM_ENTRY_load_cet_state' \
	'vmcs GUEST_SSP, value=1 << 47' -- \
	'no rule of VM entry is violated: this L0 refuses what it has to enter'
cpu=
# Bochs refuses an NMI with blocking by STI, as it may, and has 0 for a qualification (there as well).
passes "if the SDM wants another end, that is said" \
	names 1 invalid_guest_state "$long_guest" 'vmcs GUEST_INTERRUPTIBILITY_STATE, value=1' \
	'vmcs GUEST_RFLAGS, value=0x202' 'vmcs ENTRY_INTERRUPTION_INFORMATION, value=0x80000202' -- \
	'it has to end with invalid_guest_state qualification=3 or succeed'
in_c() {
	timeout 100 ./trapline run --platform=bochs --build="$BUILD" --module="$BUILD/suites.bin" \
		run=refused/entry_of_a_test_in_c log=full >"$scratch/report" 2>&1
	[ $? -eq 1 ] && grep '^# tests/' "$scratch/report" && grep -qFx "#   $rflags" "$scratch/report" &&
		explained rflags_without_bit_1 guest_rflags=0
}
passes "so are entries of tests in C, which explain reads as well" in_c
without() {
	reports 1 vmcall GUEST_RFLAGS 0 &&
		grep -qx '#   suites.bin, which is not loaded, names the rules .*' "$scratch/report" &&
		! grep -q '^#   violates' "$scratch/report"
}
passes "without suites.bin a line says how to learn the rules" without
plan
