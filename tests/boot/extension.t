#!/bin/sh
# extension.t -- suites.bin is loaded whichever modules stand beside it, and is refused if it was
# built for another kernel; all other tests run

. tests/host/tap.sh

scenario=$BUILD/scenarios/ept/write_to_read_only_page.bin

# runs MODULE... -- WORD...: boots these modules with these words; the report has verdicts only.
runs() {
	modules=
	while [ "$1" != -- ]; do
		modules="$modules --module=$1"
		shift
	done
	shift
	# shellcheck disable=SC2086 # several options
	timeout 100 ./trapline run --platform=bochs --build="$BUILD" $modules "$@" log=quiet >"$scratch/report"
	cat "$scratch/report"
}

# says LINE...: the report consists of these lines, apart from the last one and from the first ones,
# which tell of the machine and of the kernel.
says() {
	printf '%s\n' "$@" >"$scratch/expected"
	sed '1,/^# modules: /d; $d' "$scratch/report" | diff "$scratch/expected" -
}

# other.bin is for a kernel with an identity that none of the kernels here has.
cp "$BUILD/suites.bin" "$scratch/other.bin"
printf '\1\2\3\4\5\6\7\10' | dd of="$scratch/other.bin" bs=1 seek=16 conv=notrunc status=none
identity=$(cat "$BUILD/kernel_identity")
refusal="suites.bin was built for another kernel: identity 0x807060504030201, this kernel is $(
	printf '%#x' "$identity")"

head -c 20000 "$BUILD/suites.bin" >"$scratch/cut.bin"
cat "$scratch/cut.bin" "$scenario" >"$scratch/cut_and_scenario.bin"
cat "$scenario" "$BUILD/suites.bin" "$scenario" >"$scratch/between.bin"

one_of_each='run=kernel/page_0*,extension/data_has*,ept/write*'

is_first() {
	runs "$BUILD/suites.bin" "$scenario" -- "$one_of_each"
	says 1..3 'ok 1 - kernel/page_0_is_not_mapped' 'ok 2 - extension/data_has_its_values' \
		'ok 3 - ept/write_to_read_only_page'
}

is_last() {
	runs "$scenario" "$BUILD/suites.bin" -- "$one_of_each"
	says 1..3 'ok 1 - kernel/page_0_is_not_mapped' 'ok 2 - extension/data_has_its_values' \
		'ok 3 - ept/write_to_read_only_page'
}

is_between() {
	runs "$scratch/between.bin" -- "$one_of_each"
	says 1..4 'ok 1 - kernel/page_0_is_not_mapped' 'ok 2 - extension/data_has_its_values' \
		'ok 3 - ept/write_to_read_only_page' \
		'not ok 4 - ept/write_to_read_only_page # ERROR an earlier test has the same name'
}

is_absent() {
	runs "$scenario" -- "$one_of_each"
	says 1..2 'ok 1 - kernel/page_0_is_not_mapped' 'ok 2 - ept/write_to_read_only_page'
}

comes_twice() {
	runs "$BUILD/suites.bin" "$BUILD/suites.bin" "$scenario" -- "$one_of_each"
	says 1..4 'ok 1 - kernel/page_0_is_not_mapped' 'ok 2 - extension/data_has_its_values' \
		'not ok 3 - module 2 at 0 # ERROR a second suites.bin: the tests of the first one ran' \
		'ok 4 - ept/write_to_read_only_page'
}

is_of_another_kernel() {
	runs "$scratch/other.bin" "$scenario" -- "$one_of_each"
	says 1..3 'ok 1 - kernel/page_0_is_not_mapped' \
		"not ok 2 - module 1 at 0 # ERROR $refusal" 'ok 3 - ept/write_to_read_only_page'
}

is_of_another_kernel_first() {
	runs "$scratch/other.bin" "$BUILD/suites.bin" -- "$one_of_each"
	says 1..3 'ok 1 - kernel/page_0_is_not_mapped' 'ok 2 - extension/data_has_its_values' \
		"not ok 3 - module 1 at 0 # ERROR $refusal"
}

is_cut_off() {
	size=$(stat -c %s "$BUILD/suites.bin")
	runs "$scratch/cut_and_scenario.bin" -- "$one_of_each"
	says 1..3 'ok 1 - kernel/page_0_is_not_mapped' "not ok 2 - module 1 at 0 # ERROR cut off: the \
header says $size bytes, 20000 are here" 'ok 3 - ept/write_to_read_only_page'
}

# A run with from= starts in the middle of a loaded suite.  Its tests must have the same numbers as
# in the run without from=.
goes_on() {
	runs "$BUILD/suites.bin" -- 'run=kernel/*,probe/*'
	sed '$d' "$scratch/report" | tail -5 >"$scratch/last"
	from=$(sed -n '1s/.*ok \([0-9]*\).*/\1/p' "$scratch/last")
	runs "$BUILD/suites.bin" -- 'run=kernel/*,probe/*' from="$from"
	sed '1,/^1\.\./d; $d' "$scratch/report" | diff "$scratch/last" -
}

passes "the tests of suites.bin run between the kernel's and the scenarios" is_first
passes "they do so if suites.bin is the last module, too" is_last
passes "they do so if suites.bin stands in the middle of a module, too" is_between
passes "without suites.bin all other tests run" is_absent
passes "a second suites.bin is an ERROR" comes_twice
passes "suites.bin of another kernel is an ERROR, whatever run= picks" is_of_another_kernel
passes "suites.bin of this kernel is loaded after one of another kernel" is_of_another_kernel_first
passes "a suites.bin that is cut off is an ERROR" is_cut_off
passes "from= can start in the middle of a suite" goes_on
plan
