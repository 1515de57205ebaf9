#!/bin/sh
# limits.t -- no test writes more, and no run lasts longer, than it may; the runner's memory does not
# grow with what machines write

. tests/host/tap.sh
. tests/host/machine.sh

# first_test COMMAND: a machine whose first test runs this command of the shell; the second passes.
first_test() {
	machine <<E_
version
echo "1..2"
told from=2 || {
	echo "# start 1 - a/first"
	$1
	echo "not ok 1 - a/first"
}
echo "# start 2 - a/second"
echo "ok 2 - a/second"
told from=2 && echo "# summary 1 passed, 0 failed, 0 skipped"
told from=2 || echo "# summary 1 passed, 1 failed, 0 skipped"
E_
}

# --- What a test may write ---

is_stopped() {
	run_machine >"$scratch/report" 2>&1
	[ $? -eq 1 ] && [ "$(wc -c <"$scratch/report")" -lt 1200000 ] &&
		tail -6 "$scratch/report" | diff "$scratch/expected" -
}
cat >"$scratch/expected" <<'E_'
# it wrote more than 1 MiB without a verdict: the machine is stopped
not ok 1 - a/first
# start 2 - a/second
ok 2 - a/second
# boot 2: summary 1 passed, 0 failed, 0 skipped
# in all: 1 passed, 1 failed, 0 known to fail, 0 skipped; 2 boots
E_
first_test 'yes "# and again"'
passes "a test that writes lines without end is stopped, and the next one runs" is_stopped
first_test 'tr "\0" x </dev/zero'
passes "... a test that writes a line without end, too" is_stopped
shows_beginning() {
	grep -Ex '# cut off: x{1000}\.\.\. \([0-9]+ characters\)' "$scratch/report"
}
passes "... of which the report shows the beginning" shows_beginning

first_test 'yes "# and again" | head -n 80000'
is_whole() {
	run_machine >"$scratch/report" 2>&1
	[ $? -eq 1 ] && [ "$(grep -cx '# and again' "$scratch/report")" -eq 80000 ] &&
		tail -3 "$scratch/report" | diff "$scratch/expected" -
}
cat >"$scratch/expected" <<'E_'
# start 2 - a/second
ok 2 - a/second
# summary 1 passed, 1 failed, 0 skipped
E_
passes "a test that writes a little less keeps its verdict and its lines" is_whole

machine <<'E_'
version
echo "1..1"
yes "ok 1 - a/first"
E_
is_stopped_once() {
	run_machine >"$scratch/report" 2>&1
	[ $? -eq 1 ] && grep -c '^# it wrote more than 1 MiB' "$scratch/report" | grep -x 1
}
passes "a machine that repeats a verdict without end is stopped as well" is_stopped_once

machine <<'E_'
version
echo "1..999999999"
E_
misses_them() {
	run_machine --limit=2 >"$scratch/report" 2>&1
	[ $? -eq 1 ] && grep '^# 9999999[0-9]* of 999999999 tests have no result$' "$scratch/report"
}
passes "a plan of very many tests, as from a damaged line, costs neither time nor memory" \
	misses_them

machine <<'E_'
digits=$(yes 1 | tr -d '\n' | head -c 5000)
version
echo "1..$digits"
echo "1..1"
echo "# start $digits - a/first"
echo "ok $digits - a/first"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# summary $digits passed, $digits failed, $digits skipped"
E_
is_no_number() {
	run_machine >"$scratch/report" 2>"$scratch/errors"
	[ $? -eq 1 ] && [ ! -s "$scratch/errors" ] &&
		sed 's/11111*/ONES/g' "$scratch/report" | diff "$scratch/expected" -
}
cat >"$scratch/expected" <<'E_'
TAP version 13
# the report contradicts itself: '1..ONES... (5003 characters)' is no line of a report
1..1
# the report contradicts itself: '# start ONES... (5018 characters)' is the start of no test
# start ONES - a/first
# the report contradicts itself: 'ok ONES... (5013 characters)' is no line of a report
# start 1 - a/first
ok 1 - a/first
# summary ONES passed, ONES failed, ONES skipped
# the report contradicts itself: its summary cannot be read
E_
passes "what has thousands of digits is no number, and the report is none" is_no_number

# Ten times the tests take no more than fifteen times as long, and a second.
many_tests() {
	machine <<E_
version
echo "1..$1"
awk 'BEGIN { for (n = 1; n <= $1; n++) printf "# start %d - a/%d\\nok %d - a/%d\\n", n, n, n, n }'
echo "# summary $1 passed, 0 failed, 0 skipped"
E_
	began=$(date +%s%N)
	timeout 100 ./trapline run --build="$scratch" --platform="command:$scratch/machine" \
		--junit="$scratch/junit.xml" log=full >"$scratch/report" ||
		{ tail -3 "$scratch/report"; return 1; }
	took=$((($(date +%s%N) - began) / 1000000))
	echo "$1 tests: $took ms"
}
takes_ten_times() {
	many_tests 10000 && few=$took && many_tests 100000 && [ "$took" -le $((15 * few + 1000)) ]
}
passes "the time for a report grows as its tests do" takes_ten_times

# --- Memory ---

# peak OPTION...: how many KiB of memory the runner took with the machine and these options.
cat >"$scratch/peak" <<'E_'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, timeout=60)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
E_
peak() {
	python3 "$scratch/peak" ./trapline run --build="$scratch" \
		--platform="command:$scratch/machine" "$@"
}

# takes_no_more COMMAND OPTION...: a first test with that command takes at most 12 MiB more memory
# than one that writes nothing.
takes_no_more() {
	command=$1
	shift
	first_test :
	small=$(peak "$@")
	first_test "$command"
	large=$(peak "$@")
	echo "$small KiB, $large KiB"
	[ "$large" -lt $((small + 12288)) ]
}
passes "30 MB of one test leave the memory flat" \
	takes_no_more 'yes "# and again" | head -c 30000000'
passes "... with JUnit, too" \
	takes_no_more 'yes "# and again" | head -c 30000000' --junit="$scratch/junit.xml"
passes "... and with one line of 30 MB" takes_no_more 'head -c 30000000 /dev/zero'

# Fifty failed tests, each with a MB, are more than one that may be as large.
cat >"$scratch/fifty" <<'E_'
for n in $(seq 2 51); do
	echo "# start $n - a/test_$n"
	yes "# and again" | head -n 80000
	echo "not ok $n - a/test_$n"
done
E_
fifty_tests() {
	machine <<E_
version
echo "1..51"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
$1
E_
}
takes_no_more_for_fifty() {
	first_test :
	small=$(peak "$@")
	fifty_tests "$(cat "$scratch/fifty")"
	large=$(peak "$@")
	echo "$small KiB, $large KiB"
	[ "$large" -lt $((small + 12288)) ]
}
passes "fifty failed tests with a MB each leave it flat as well, with JUnit" \
	takes_no_more_for_fifty --junit="$scratch/junit.xml"
holds_all() {
	[ "$(tests/host/junit_reader.py "$scratch/junit.xml" | grep -c 'and again')" -ge 4000000 ]
}
passes "... and the JUnit file holds all that they said" holds_all

# --- How long a run may last ---

machine <<'E_'
version
echo "1..3"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# start 2 - a/second"
while echo "# and again"; do sleep 0.9; done
E_
cat >"$scratch/expected" <<'E_'
# the limit of 3 seconds for the whole run is over
not ok 2 - a/second
# given up: the limit of 3 seconds for the whole run is over
# 1 of 3 tests have no result
E_
is_over() {
	began=$(date +%s)
	run_machine --limit=3 "$@" >"$scratch/report" 2>&1
	[ $? -eq 1 ] && grep -vx '# and again' "$scratch/report" | tail -4 | diff "$scratch/expected" - &&
		[ $(($(date +%s) - began)) -le 6 ]
}
passes "when the limit is over, the test that runs fails, and the others are missing" \
	is_over --junit="$scratch/junit.xml"
reads_over() {
	tests/host/junit_reader.py "$scratch/junit.xml" | grep -v 'and again' | diff "$scratch/expected" -
}
cat >"$scratch/expected" <<'E_'
suite 'trapline on command': 3 tests, 1 failures, 1 errors, 0 skipped
command.a first
command.a second failure 'the limit of 3 seconds for the whole run is over'
	# the limit of 3 seconds for the whole run is over
command the_report_is_whole error '1 of 3 tests have no result; given up: the limit of 3 seconds for the whole run is over'
	# given up: the limit of 3 seconds for the whole run is over
	# 1 of 3 tests have no result
E_
passes "... and the JUnit file says so" reads_over

machine <<'E_'
echo started >>"$0.boots"
version
echo "1..3"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
exec sleep 10
E_
tells "after that no other machine is started, neither for a test nor to learn its name" \
	1 --timeout=10 --limit=2 log=quiet <<'E_'
TAP version 13
1..3
# start 1 - a/first
ok 1 - a/first
# the limit of 2 seconds for the whole run is over
not ok 2 - test_2
# given up: the limit of 2 seconds for the whole run is over
# 1 of 3 tests have no result
E_

passes "... indeed" [ "$(cat "$scratch/machine.boots")" = started ]

machine <<'E_'
echo "SeaBIOS"
exec sleep 10
E_
tells "a run that is over before the report begins has no answer" 124 --timeout=10 --limit=1 <<'E_'
# said before the report: SeaBIOS
# the limit of 1 seconds for the whole run is over
E_

machine <<'E_'
version
echo "1..1"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# summary 1 passed, 0 failed, 0 skipped"
E_
tells "a run within its limit is what it would be without" 0 --limit=20 <<'E_'
TAP version 13
1..1
# start 1 - a/first
ok 1 - a/first
# summary 1 passed, 0 failed, 0 skipped
E_

# Before kvm-in-bochs boots, make has to make Linux.
mkdir "$scratch/programs"
cat >"$scratch/programs/make" <<'E_'
#!/bin/sh
exec sleep 100
E_
chmod +x "$scratch/programs/make"
is_over_in_make() {
	PATH="$scratch/programs:$PATH" timeout 20 ./trapline run --build="$scratch" \
		--platform=kvm-in-bochs --limit=1 --junit="$scratch/junit.xml" >"$scratch/report"
	[ $? -eq 124 ] && echo '# given up: the limit of 1 seconds for the whole run is over' |
		diff - "$scratch/report"
}
passes "the time that make takes counts, and make is ended" is_over_in_make
reads_no_answer() {
	tests/host/junit_reader.py "$scratch/junit.xml" | grep -x "kvm-in-bochs the_report_is_whole error\
 'no answer: the machine never started a report; given up: the limit of 1 seconds for the whole run\
 is over'"
}
passes "... and the JUnit file says so, too" reads_no_answer

# refuses OPTION MESSAGE
refuses() {
	timeout 20 ./trapline run --build="$scratch" --platform=tcg "$1" >"$scratch/found" 2>&1
	[ $? -eq 2 ] && echo "trapline run: $2" | diff - "$scratch/found"
}
for value in 0 -1 nan inf 1000001; do
	passes "--limit=$value is refused" refuses "--limit=$value" \
		"--limit=$(python3 -c "print(f'{float(\"$value\"):g}')"): more than 0 seconds have to be \
allowed, and up to 1000000"
done
passes "a --limit= that is no number is refused" refuses --limit=soon \
	"argument --limit: invalid float value: 'soon'"
plan
