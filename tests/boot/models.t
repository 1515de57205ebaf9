#!/bin/sh
# models.t -- the suite on other processor models of Bochs; MODELS='NAME...' chooses the models

. tests/host/tap.sh

# The first model has VMX without EPT.  The second one has EPT, but no unrestricted guest, no
# 1-GByte pages, and no accessed and dirty flags.  The third one has every feature that Bochs knows.
: "${MODELS:=core2_penryn_t9600 corei5_lynnfield_750 corei7_icelake_u}"

# suite_on MODEL: the suite passes on this model; the report is in $scratch/MODEL.
suite_on() {
	timeout 400 ./trapline run --platform=bochs --build="$BUILD" --cpu="$1" log=failures >"$scratch/$1" ||
		{ cat "$scratch/$1"; return 1; }
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

for model in $MODELS; do
	passes "the suite passes on $model" suite_on "$model"
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
	esac
done
plan
