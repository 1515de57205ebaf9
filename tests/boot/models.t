#!/bin/sh
# models.t -- the suite on other processors that Bochs knows; MODELS='NAME...' takes others still

. tests/host/tap.sh

# VMX without EPT; EPT without unrestricted guest, 1-GByte pages, accessed and dirty flags; all there is.
: "${MODELS:=core2_penryn_t9600 corei5_lynnfield_750 corei7_icelake_u}"

# suite_on MODEL: the runner's status, and the report in $scratch/MODEL
suite_on() {
	timeout 400 ./trapline run --platform=bochs --build="$BUILD" --cpu="$1" log=failures >"$scratch/$1" ||
		{ cat "$scratch/$1"; return 1; }
}

# offers MODEL SCENARIO: it passed there.  lacks MODEL SCENARIO WORDS: it was skipped for want of them.
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
		passes "... EPT is not there" lacks "$model" ept/write_to_read_only_page 'enable EPT'
		passes "... and no test of it runs" no_test_of_ept_runs
		;;
	corei5_lynnfield_750)
		passes "... EPT is there" offers "$model" ept/write_to_read_only_page
		passes "... accessed and dirty flags are not" lacks "$model" ept/dirty_flag_of_2m_page \
			'IA32_VMX_EPT_VPID_CAP\[21\]'
		;;
	corei7_icelake_u)
		passes "... sub-page write permissions are there" offers "$model" ept/sub_page_bit_missing
		;;
	esac
done
plan
