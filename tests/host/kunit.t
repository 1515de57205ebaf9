#!/bin/sh
# kunit.t -- prove's parser of TAP and a reader of KTAP, with the rules of Linux' kunit.py, read the
# same results in real reports
#
# With KUNIT=linux/tools/testing/kunit the kunit.py in that folder reads the reports as well.

. tests/host/tap.sh

# by_prove FILE: prints the counts of TAP's parser, in the words of kunit.py.  A known failure
# (TODO) counts as failed, because KTAP knows no TODO.
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

# both_read FILE: both parsers accept every line, and count the same results.
both_read() {
	tests/host/ktap_reader.py "$1" >"$scratch/ktap"
	status=$?
	cat "$scratch/ktap"
	[ $status -eq 0 ] || return 1
	tail -1 "$scratch/ktap" >"$scratch/counts"
	by_prove "$1" | diff "$scratch/counts" - || return 1
	[ -z "$KUNIT" ] || by_kunit "$1" | diff "$scratch/counts" -
}

# verdicts FILE: counts the verdicts with grep.
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

# If a serial line is only recorded and the machine dies, the report is cut off.
cut_off() {
	head -c "$(($(wc -c <"$scratch/suite") / 2))" "$scratch/suite" >"$scratch/half"
	! tests/host/ktap_reader.py "$scratch/half" && by_prove "$scratch/half" | grep 'parse error' &&
		tests/host/ktap_reader.py "$scratch/half" | grep '^Ran .* tests: .*crashed: [1-9]'
}

with_times() {
	sed "s/^/[   12.345678] /" "$scratch/suite" >"$scratch/timed"
	tests/host/ktap_reader.py "$scratch/timed" >"$scratch/ktap" && both_read "$scratch/suite"
}

# notices SCRIPT WORDS: the sed script damages the suite's report, and the reader complains so.
notices() {
	sed -E "$1" "$scratch/suite" >"$scratch/changed"
	! tests/host/ktap_reader.py "$scratch/changed" >"$scratch/ktap" &&
		grep -F "ktap_reader.py: $2" "$scratch/ktap"
}

passes "both parsers read all of the suite's report, and the same results" suite
passes "prove takes a refusal as a skip of everything, and it breaks no rule of KTAP" refusal
passes "both parsers read all of a report with crashes and several boots" crash
passes "neither parser takes a report that is cut off as complete" cut_off
passes "a report with the time stamps of Linux' console is read" with_times
passes "the reader notices a number that is left out" \
	notices '/^ok 7 /d' 'expected number 7, line '
passes "the reader notices a name with a number sign" notices 's/^ok 7 - ./&#/' 'a result that cannot be read'
passes "the reader notices a result that is cut" notices 's/^ok 7 .*/ok 7/' 'a result that cannot be'
passes "the reader notices a line that is none of its kinds" \
	notices 's/^# start 7 /start 7 /' 'neither a result nor a diagnostic'
passes "the reader notices a second plan" notices 's/^# start 7 .*/1..7/' 'a plan that comes late'
passes "the reader notices a version in the middle" \
	notices 's/^# start 7 .*/TAP version 13/' 'tests within tests'
passes "the reader notices a missing version" notices '1d' 'no version line'
passes "the reader notices a missing plan" notices '/^1\.\./d' 'no plan'
plan
