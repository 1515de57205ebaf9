#!/bin/sh
# survival.t -- tests that end the machine, each in its own way, cost one result each; nothing is lost

. tests/host/tap.sh

timeout 280 tests/run --platform=bochs --build="$BUILD" --timeout=5 \
	'run=fault/*,ept/write_to_read_only_page' log=failures >"$scratch/report"
status=$?
verdicts=$(grep -E '^(1\.\.|ok|not ok)' "$scratch/report")

says() {
	grep -E "$1" "$scratch/report" || { cat "$scratch/report"; return 1; }
}

# blamed NAME REASON: the result of the test is a failure, and its last diagnostics give the reason.
blamed() {
	sed -n "\|^# start [0-9]* - $1\$|,\|^[no t]*ok [0-9]* - |p" "$scratch/report" >"$scratch/test"
	cat "$scratch/test"
	tail -1 "$scratch/test" | grep -qx "not ok [0-9]* - $1" && grep -qE "$2" "$scratch/test"
}

is_one_stream() {
	echo "$verdicts"
	[ "$(echo "$verdicts" | sed 's/^not //; s/ - .*//')" = "$(
		echo 1..7
		seq -f 'ok %g' 7)" ]
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
passes "a hang is told from a triple fault" \
	blamed fault/hang '^# no output for 5 seconds: the machine hangs$'
passes "an exception in a loaded suite is blamed on its test, with a backtrace by name" \
	blamed fault/in_a_suite '^#   0x[0-9a-f]+ find_me\+'
passes "the tests after them run" \
	says '^ok 7 - ept/write_to_read_only_page$'
passes "the run as a whole failed" [ $status -eq 1 ]
plan
