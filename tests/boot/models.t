#!/bin/sh
# models.t -- the suite on other processor models of Bochs; ALL=1 takes every model that this Bochs
# has, MODELS='NAME...' those

. tests/host/tap.sh

# every_model: prints the names of the models that this Bochs has.
every_model() {
	bochs --help cpu 2>&1 | grep -xE '[a-z][a-z0-9_]+'
}

# The first model has VMX without EPT.  The second one has EPT, but no unrestricted guest, no
# 1-GByte pages, and no accessed and dirty flags.  The third one has sub-page write permissions, and
# in Bochs 2.7 the monitor trap flag.  The fourth one, which Bochs has since 2.8, has what came later:
# CET, tertiary controls, 5-level paging.
few_models() {
	echo core2_penryn_t9600 corei5_lynnfield_750 corei7_icelake_u
	every_model | grep -x sapphire_rapids
}

: "${ALL:=0}"
if [ "$ALL" != 0 ]; then
	MODELS=$(every_model)
fi
: "${MODELS:=$(few_models)}"

# run_on MODEL: leaves the report in $scratch/MODEL, and the runner's status in $status.
run_on() {
	timeout 400 ./trapline run --platform=bochs --build="$BUILD" --cpu="$1" log=failures >"$scratch/$1"
	status=$?
}

passes_on() {
	[ "$status" -eq 0 ] || { cat "$scratch/$1"; echo "status $status"; return 1; }
}

# The kernel has said that this model has no 64-bit mode or no VMX.
is_refused() {
	grep -E '^1\.\.0 # SKIP CPUID\.(80000001H:EDX\[29\]|01H:ECX\[5\] \(VMX\)) is 0' "$scratch/$1"
}

# offers MODEL SCENARIO: the scenario passed on this model.
# lacks MODEL SCENARIO FEATURE: it was skipped there, because the processor lacks the feature.
offers() {
	grep "^ok [0-9]* - $2\$" "$scratch/$1"
}

lacks() {
	grep "^ok [0-9]* - $2 # SKIP needs .*$3" "$scratch/$1"
}

no_test_of_ept_runs() {
	! grep -E '^(not )?ok [0-9]+ - ept(_matrix)?/' "$scratch/core2_penryn_t9600" | grep -v ' # SKIP needs '
}

all_reports() {
	for report in $MODELS; do
		cat "$scratch/$report"
	done
}

# Whether a rule of VM entry can be violated alone is a question of the processor.  These print such
# rules: those that some model violated alone, those that none did, and those that the tables say none
# can.  Only KVM lacks an activity state.
violated_alone() {
	all_reports | grep -v ' # SKIP ' |
		sed -nE 's/^(not )?ok [0-9]+ - entry_rules\/([a-z0-9_]+).*/\2/p' | sort -u
}

never_violated_alone() {
	all_reports | sed -nE 's/^(not )?ok [0-9]+ - entry_rules\/([a-z0-9_]+).*/\2/p' |
		sort -u >"$scratch/rules"
	violated_alone | comm -23 "$scratch/rules" -
}

said_to_be_never() {
	{
		sed -nE 's/^(NOT_OFFERED|OUT_OF_REACH)\(([a-z0-9_]+),.*/\2/p' \
			tests/rules/not_offered.def tests/rules/out_of_reach.def
		echo activity_state_not_offered
	} | sort
}

tables_agree() {
	said_to_be_never >"$scratch/never"
	never_violated_alone | diff "$scratch/never" -
}

for model in $MODELS; do
	run_on "$model"
	if [ "$ALL" != 0 ] && [ $status -eq 77 ]; then
		passes "$model is refused, as it has no 64-bit mode or no VMX" is_refused "$model"
		continue
	fi
	passes "the suite passes on $model" passes_on "$model"
	case "$model" in
	core2_penryn_t9600)
		passes "... which has no EPT" \
			lacks "$model" ept/write_to_read_only_page 'enable EPT'
		passes "... where no test of EPT runs" no_test_of_ept_runs
		;;
	corei5_lynnfield_750)
		passes "... which has EPT" offers "$model" ept/write_to_read_only_page
		passes "... but no accessed and dirty flags" \
			lacks "$model" ept/dirty_flag_of_2m_page \
			'IA32_VMX_EPT_VPID_CAP\[21\]'
		;;
	corei7_icelake_u)
		passes "... which has sub-page write permissions" \
			offers "$model" ept/sub_page_bit_missing
		;;
	sapphire_rapids)
		passes "... which has tertiary controls" \
			grep '^# vmx IA32_VMX_PROCBASED_CTLS3 0x' "$scratch/$model"
		;;
	esac
done
if echo "$MODELS" | tr ' ' '\n' | grep -qx sapphire_rapids; then
	passes "one of them violates each rule of VM entry alone that any platform can" tables_agree
fi
plan
