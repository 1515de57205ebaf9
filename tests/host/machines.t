#!/bin/sh
# machines.t -- several machines share the tests, and the runner prints one report

. tests/host/tap.sh
. tests/host/machine.sh

# shares IN_TEST [BEFORE_PLAN]: makes machines that run six tests, or those that `from=` leaves.
# Each does BEFORE_PLAN once, and IN_TEST in each test.  There $n is the number of the test, and $at
# that of the machine's first test.
shares() {
	rm -f "$scratch"/began.*
	machine <<E_
at=\${words##*from=}
[ "\$at" != "\$words" ] || at=1
touch "$scratch/began.\$at"
version
$2
echo '1..6'
for n in 1 2 3 4 5 6; do
	[ \$n -ge \$at ] || continue
	echo "# start \$n - a/test_\$n"
	$1
	echo "ok \$n - a/test_\$n"
done
echo "# summary \$((7 - at)) passed, 0 failed, 0 skipped"
E_
}

# waits AT FILE: prints code for shares, with which the machine whose first test is AT waits for
# began.FILE.
waits() {
	echo "[ \$at != $1 ] || until [ -e $scratch/began.$2 ]; do sleep 0.01; done"
}

# streams FIRST BOOTS LAST: writes the expected report to $scratch/stream.  All tests from FIRST on
# pass, in so many boots, and the last boot ran LAST tests.
streams() {
	passing_report "$@" >"$scratch/stream"
}

passing_report() {
	echo 'TAP version 13'
	echo '1..6'
	for n in 1 2 3 4 5 6; do
		[ $n -lt "$1" ] || printf '# start %d - a/test_%d\nok %d - a/test_%d\n' $n $n $n $n
	done
	echo "# boot $2: summary $3 passed, 0 failed, 0 skipped"
	echo "# in all: $((7 - $1)) passed, 0 failed, 0 known to fail, 0 skipped; $2 boots"
}

# fails NUMBER REASON: changes the expected report: a machine ended in that test, for this reason.
fails() {
	sed -i "s/^ok $1 - .*/# $2\\nnot &/; s/6 passed, 0 failed/5 passed, 1 failed/" "$scratch/stream"
}

shares "$(waits 1 4)"
streams 1 2 3
tells "two machines run side by side, and make one report" 0 --machines=2 <"$scratch/stream"

shares "$(waits 1 3); $(waits 3 5)"
streams 1 3 2
tells "three machines run side by side" 0 --machines=3 <"$scratch/stream"

shares "$(waits 1 end); [ \$n != 6 ] || touch $scratch/began.end"
streams 1 2 3
tells "what a machine prints before its turn is kept" 0 --machines=2 <"$scratch/stream"

shares ''
streams 1 6 1
tells "there are no more machines than tests" 0 --machines=100 <"$scratch/stream"

shares '' "rm \$0"
streams 1 1 6
sed -i 's/^# boot 1: /# /; $d' "$scratch/stream"
tells "where no second machine starts, the first one runs all" 0 --machines=2 <"$scratch/stream"

shares ''
streams 3 2 2
tells "machines share the tests that from= leaves" 0 --machines=2 from=3 <"$scratch/stream"

shares "[ \$at\$n != 12 ] || exit 9"
streams 1 3 3
fails 2 'machine ended, status 9'
tells "a machine that dies in its share is booted again for the rest of it" 1 --machines=2 <"$scratch/stream"

shares "[ \$at\$n != 13 ] || exit 9"
streams 1 2 3
fails 3 'machine ended, status 9'
tells "a machine that dies in the last test of its share is not booted again" 1 --machines=2 <"$scratch/stream"

shares "[ \$at\$n != 45 ] || exec sleep 100"
streams 1 3 1
fails 5 'no output for 1 seconds: the machine hangs'
tells "a machine that hung before its turn is blamed for the test it hung in" 1 --machines=2 <"$scratch/stream"

# loses BOOTS: so many boots that should begin with test 4 end before their plan.
loses() {
	shares '' "echo >>$scratch/began.often\$at
		[ \$at\$(wc -l <$scratch/began.often\$at) -gt 4$1 -o \$at = 1 ] || exit 9"
}

loses 1
streams 1 3 3
sed -i 's/^# start 4 -/# machine ended, status 9\n&/' "$scratch/stream"
tells "a machine that died before its plan is started again" 0 --machines=2 <"$scratch/stream"

shares '' "[ \$at = 1 ] || [ -e $scratch/began.\$at.again ] || { touch $scratch/began.\$at.again; exit 9; }"
streams 1 5 2
sed -i 's/^# start [35] -/# machine ended, status 9\n&/' "$scratch/stream"
tells "... and so is another one after it" 0 --machines=3 <"$scratch/stream"

loses 2
streams 1 3 3
sed -i '/^# start 4/,$d' "$scratch/stream"
cat >>"$scratch/stream" <<'E_'
# machine ended, status 9
# machine ended, status 9
# 3 of 6 tests have no result
# in all: 3 passed, 0 failed, 0 known to fail, 0 skipped; 3 boots
E_
tells "... but not for a third time" 1 --machines=2 <"$scratch/stream"

# ends STATUS OPTION...: the runner ends with the status; its output is in $scratch/found.
ends() {
	expected=$1
	shift
	run_machine "$@" >"$scratch/found" 2>&1
	status=$?
	cat "$scratch/found"
	[ $status -eq "$expected" ]
}

shares ''
alone() {
	ends 0 && [ "$(echo "$scratch"/began.*)" = "$scratch/began.1" ]
}
passes "without --machines= one machine runs alone" alone

shares ''
listed() {
	ends 0 --machines=2 list && [ ! -e "$scratch/began.4" ]
}
passes "one machine alone makes a list of the tests" listed

# If the report of a machine contradicts itself, that machine runs all tests to the end.
shares 'echo "ok 1 - a/again"'
contradicts() {
	ends 1 --machines=2 && grep -qx '# start 6 - a/test_6' "$scratch/found"
}
passes "a machine that contradicts itself goes on after its share" contradicts

# The second machine writes its process number to a file, and waits until it is terminated.
shares "if [ \$at = 4 ]; then echo \$\$ >$scratch/began.process; exec sleep 100; fi
	until [ -s $scratch/began.process ]; do sleep 0.01; done
	echo 1..7"
leaves_nobody() {
	ends 1 --machines=2 && ! kill -0 "$(cat "$scratch/began.process")"
}
passes "a machine that never gets its turn is terminated with the run" leaves_nobody

# There are more machines than the boots after which the runner gives up a kernel that dies.
machine <<'E_'
at=${words##*from=}
[ "$at" ] || at=1
version
echo '1..60'
for n in $(seq "$at" 60); do
	echo "# start $n - a/test_$n"
	echo "ok $n - a/test_$n"
done
echo "# summary $((61 - at)) passed, 0 failed, 0 skipped"
E_
many() {
	ends 0 --machines=30 && grep -qx '# in all: 60 passed, .*; 30 boots' "$scratch/found"
}
passes "a machine that is stopped after its share does not count as dead" many

no_machine() {
	ends 2 --machines=0 &&
		grep -qx 'trapline run: --machines=0: one machine at least has to run' "$scratch/found"
}
passes "--machines=0 is refused" no_machine
plan
