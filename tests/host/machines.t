#!/bin/sh
# machines.t -- several machines that share the tests: one stream all the same

. tests/host/tap.sh
. tests/host/machine.sh

# Machines that do $2, then run the six tests, or what `from=` leaves of them, and do $1 in test $n:
# $at is the number that they began with.
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

# waits AT FILE: what that machine does until the file is there
waits() {
	echo "[ \$at != $1 ] || until [ -e $scratch/began.$2 ]; do sleep 0.01; done"
}

# streams FIRST BOOTS LAST: in $scratch/stream, all is well; the last of the boots ran so many tests
streams() {
	whole "$@" >"$scratch/stream"
}

whole() {
	echo 'TAP version 13'
	echo '1..6'
	for n in 1 2 3 4 5 6; do
		[ $n -lt "$1" ] || printf '# start %d - a/test_%d\nok %d - a/test_%d\n' $n $n $n $n
	done
	echo "# boot $2: summary $3 passed, 0 failed, 0 skipped"
	echo "# in all: $((7 - $1)) passed, 0 failed, 0 known to fail, 0 skipped; $2 boots"
}

# fails NUMBER REASON: the stream again, but for a machine that ended in that test
fails() {
	sed -i "s/^ok $1 - .*/# $2\\nnot &/; s/6 passed, 0 failed/5 passed, 1 failed/" "$scratch/stream"
}

shares "$(waits 1 4)"
streams 1 2 3
tells "two machines run side by side, and make one stream" 0 --machines=2 <"$scratch/stream"

shares "$(waits 1 3); $(waits 3 5)"
streams 1 3 2
tells "three machines run side by side" 0 --machines=3 <"$scratch/stream"

shares "$(waits 1 end); [ \$n != 6 ] || touch $scratch/began.end"
streams 1 2 3
tells "what a machine says ahead of its turn is kept" 0 --machines=2 <"$scratch/stream"

shares ''
streams 1 6 1
tells "there are no more machines than tests" 0 --machines=100 <"$scratch/stream"

shares '' "rm \$0"
streams 1 1 6
sed -i 's/^# boot 1: /# /; $d' "$scratch/stream"
tells "where no second machine starts, the first one runs all" 0 --machines=2 <"$scratch/stream"

shares ''
streams 3 2 2
tells "they share what from= leaves" 0 --machines=2 from=3 <"$scratch/stream"

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

# loses BOOTS: so many boots that are to begin with test 4 end before their plan
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
tells "... and the next one once more as well" 0 --machines=3 <"$scratch/stream"

loses 2
streams 1 3 3
sed -i '/^# start 4/,$d' "$scratch/stream"
cat >>"$scratch/stream" <<'E_'
# machine ended, status 9
# machine ended, status 9
# 3 of 6 tests have no result
# in all: 3 passed, 0 failed, 0 known to fail, 0 skipped; 3 boots
E_
tells "... but not a third time" 1 --machines=2 <"$scratch/stream"

# ends STATUS OPTION...: what it said is in $scratch/found
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
passes "a machine runs alone where nothing else is asked for" alone

shares ''
listed() {
	ends 0 --machines=2 list && [ ! -e "$scratch/began.4" ]
}
passes "a list of the tests is made by one machine" listed

# A report that contradicts itself is shown whole, by the machine that began it.
shares 'echo "ok 1 - a/again"'
contradicts() {
	ends 1 --machines=2 && grep -qx '# start 6 - a/test_6' "$scratch/found"
}
passes "a machine that contradicts itself is not relieved" contradicts

# The second one writes down what process it is, and waits to be ended.
shares "if [ \$at = 4 ]; then echo \$\$ >$scratch/began.process; exec sleep 100; fi
	until [ -s $scratch/began.process ]; do sleep 0.01; done
	echo 1..7"
leaves_nobody() {
	ends 1 --machines=2 && ! kill -0 "$(cat "$scratch/began.process")"
}
passes "a machine that never gets its turn is ended with the run" leaves_nobody

# Thirty machines, which is more than a kernel may die.
machine <<'E_'
at=${words##*from=}
[ "$at" ] || at=1
version
echo '1..60'
for n in $(seq "$at" 60); do
	echo "ok $n - a/test_$n"
done
echo "# summary $((61 - at)) passed, 0 failed, 0 skipped"
E_
many() {
	ends 0 --machines=30 && grep -qx '# in all: 60 passed, .*; 30 boots' "$scratch/found"
}
passes "machines that are relieved have not died" many

no_machine() {
	ends 2 --machines=0 &&
		grep -qx 'trapline run: --machines=0: one machine at least has to run' "$scratch/found"
}
passes "to run on no machine is refused" no_machine
plan
