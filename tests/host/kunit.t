#!/bin/sh
# kunit.t -- real reports, as they stand, are read alike by TAP's parser (that of prove) and by the
# rules of KTAP, by which Linux' kunit.py reads
#
# KUNIT=linux/tools/testing/kunit asks that kunit.py as well.

. tests/host/tap.sh

# By TAP's parser, in the words of kunit.py.  TAP knows TODO, KTAP counts it as failed.
by_prove() {
	perl -MTAP::Parser -e '
		local $/;
		my $parser = TAP::Parser->new({ tap => scalar <STDIN> });
		$parser->run;
		print "parse error: $_\n" for $parser->parse_errors;
		my %count = (skipped => scalar $parser->skipped,
			failed => scalar($parser->todo) + scalar($parser->failed));
		$count{passed} = $parser->tests_run - $count{skipped} - $count{failed};
		printf "Ran %d tests: %s\n", $parser->tests_run,
			join ", ", map "$_: $count{$_}", grep $count{$_}, qw(passed failed skipped)' <"$1"
}

by_kunit() {
	python3 "$KUNIT/kunit.py" parse "$1" | sed -n 's/.*Testing complete\. //p'
}

# both_read FILE: both accept every line, and count the same.
both_read() {
	tests/host/ktap_reader.py "$1" >"$scratch/ktap"
	status=$?
	cat "$scratch/ktap"
	[ $status -eq 0 ] || return 1
	tail -1 "$scratch/ktap" >"$scratch/counts"
	by_prove "$1" | diff "$scratch/counts" - || return 1
	[ -z "$KUNIT" ] || by_kunit "$1" | diff "$scratch/counts" -
}

# How many verdicts grep sees.
verdicts() {
	grep -cE "^(not )?ok [0-9]+ - " "$1"
}

suite() {
	timeout 200 ./trapline run --platform=bochs --build="$BUILD" log=full >"$scratch/suite"
	status=$?
	both_read "$scratch/suite" && [ $status -eq 0 ] &&
		grep -q "^Ran $(verdicts "$scratch/suite") tests: " "$scratch/ktap" &&
		[ "$(verdicts "$scratch/suite")" -gt 500 ]
}

refusal() {
	timeout 100 ./trapline run --platform=tcg --build="$BUILD" log=full >"$scratch/refusal"
	[ $? -eq 77 ] && tests/host/ktap_reader.py "$scratch/refusal" &&
		prove --exec cat "$scratch/refusal" >"$scratch/proved" &&
		grep -q 'skipped: CPUID.01H:ECX\[5\]' "$scratch/proved"
}

crash() {
	timeout 100 ./trapline run --platform=bochs --build="$BUILD" \
		'run=fault/triple_fault,fault/bail_out,ept/write*,ept/read*' >"$scratch/crash"
	[ $? -eq 1 ] && both_read "$scratch/crash" &&
		grep -qx 'failed fault/triple_fault' "$scratch/ktap" &&
		grep -qx 'failed fault/bail_out' "$scratch/ktap" && [ "$(verdicts "$scratch/crash")" -gt 5 ]
}

# What a serial line that is only recorded says when the machine dies: no reader takes it for whole.
cut_off() {
	head -c "$(($(wc -c <"$scratch/suite") / 2))" "$scratch/suite" >"$scratch/half"
	! tests/host/ktap_reader.py "$scratch/half" && by_prove "$scratch/half" | grep 'parse error' &&
		tests/host/ktap_reader.py "$scratch/half" | grep '^Ran .* tests: .*crashed: [1-9]'
}

with_times() {
	sed "s/^/[   12.345678] /" "$scratch/suite" >"$scratch/timed"
	tests/host/ktap_reader.py "$scratch/timed" >"$scratch/ktap" && both_read "$scratch/suite"
}

# notices SCRIPT WORDS: the reader's word on the suite's report as sed changes it.
notices() {
	sed -E "$1" "$scratch/suite" >"$scratch/changed"
	! tests/host/ktap_reader.py "$scratch/changed" >"$scratch/ktap" &&
		grep -F "ktap_reader.py: $2" "$scratch/ktap"
}

passes "the suite's report is read whole by both, and alike" suite
passes "a refusal is a skip of everything to prove, and breaks no rule of KTAP" refusal
passes "a report over several boots, with crashes in the middle, is read whole by both" crash
passes "what is left of a report that is cut off is whole for neither" cut_off
passes "a report that Linux' console stamps with times is read" with_times
passes "the reader notices a number that is left out" \
	notices '/^ok 7 /d' 'expected number 7, line '
passes "the reader notices a name with #" notices 's/^ok 7 - ./&#/' 'a result that cannot be read'
passes "the reader notices a result that is cut" notices 's/^ok 7 .*/ok 7/' 'a result that cannot be'
passes "the reader notices a line that is none of its kinds" \
	notices 's/^# start 7 /start 7 /' 'neither a result nor a diagnostic'
passes "the reader notices a second plan" notices 's/^# start 7 .*/1..7/' 'a plan that comes late'
passes "the reader notices a version in the middle" \
	notices 's/^# start 7 .*/TAP version 13/' 'tests within tests'
passes "the reader notices a missing version" notices '1d' 'no version line'
passes "the reader notices a missing plan" notices '/^1\.\./d' 'no plan'
plan
