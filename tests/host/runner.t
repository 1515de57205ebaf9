#!/bin/sh
# runner.t -- how trapline run reports machines that pass, fail, hang and die

. tests/host/tap.sh
. tests/host/machine.sh

machine <<'E_'
echo "firmware says hello"
version
echo "1..2"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# start 2 - a/second"
echo "ok 2 - a/second # SKIP no such feature"
echo "# summary 1 passed, 0 failed, 1 skipped; 0 exits; 1 ms of the machine's clock"
E_
tells "a complete report is printed without a change" 0 <<'E_'
TAP version 13
1..2
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
ok 2 - a/second # SKIP no such feature
# summary 1 passed, 0 failed, 1 skipped; 0 exits; 1 ms of the machine's clock
E_

machine <<'E_'
printf 'TAP version 13\r\n1..1\r\n# start 1 - a/first\r\nnot ok 1 - a/first\r\n# summary 0 passed, 1 failed, 0 skipped\r\n'
E_
tells "a failed test fails the run; carriage returns do not matter" 1 <<'E_'
TAP version 13
1..1
# start 1 - a/first
not ok 1 - a/first
# summary 0 passed, 1 failed, 0 skipped
E_

machine <<'E_'
version
echo "1..1"
echo "# start 1 - a/first"
echo "not ok 1 - a/first # ERROR the module is damaged"
echo "# summary 0 passed, 1 failed, 0 skipped"
E_
tells "a test with ERROR fails the run" 1 <<'E_'
TAP version 13
1..1
# start 1 - a/first
not ok 1 - a/first # ERROR the module is damaged
# summary 0 passed, 1 failed, 0 skipped
E_

machine <<'E_'
version
echo "1..0 # SKIP no VMX"
exit 155
E_
tells "a run on a machine without VMX is a skip" 77 <<'E_'
TAP version 13
1..0 # SKIP no VMX
E_

machine <<'E_'
version
echo "1..2"
echo "# start 1 - a/first"
echo "ok 1 - a/first # SKIP no such feature"
echo "# start 2 - a/second"
echo "ok 2 - a/second # SKIP no such feature"
echo "# summary 0 passed, 0 failed, 2 skipped"
E_
tells "a run in which everything is skipped is a skip" 77 <<'E_'
TAP version 13
1..2
# start 1 - a/first
ok 1 - a/first # SKIP no such feature
# start 2 - a/second
ok 2 - a/second # SKIP no such feature
# summary 0 passed, 0 failed, 2 skipped
E_

machine <<'E_'
echo "SeaBIOS"
exec sleep 10
E_
tells "a machine that is silent before its report gives no answer" 124 <<'E_'
# said before the report: SeaBIOS
# no output for 1 seconds: the machine hangs
E_

machine <<'E_'
echo "qemu: no such machine"
exit 2
E_
tells "a machine that ends before its report gives no answer" 124 <<'E_'
# said before the report: qemu: no such machine
# machine ended, status 2
E_

dies_in_test_2() {
	machine <<E_
version
echo "# trapline 0.1.0"
echo "1..3"
if told from=3; then
	echo "# start 3 - a/third"
	echo "ok 3 - a/third"
	echo "# summary 1 passed, 0 failed, 0 skipped"
	exit 0
fi
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# start 2 - a/second"
echo "# exit 1 cpuid"
$1
E_
}

dies_in_test_2 'kill -9 $$'
tells "if a machine dies, the test that ran fails, and the next boot goes on after it" 1 <<'E_'
TAP version 13
# trapline 0.1.0
1..3
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
# exit 1 cpuid
# machine ended, by signal 9
not ok 2 - a/second
# start 3 - a/third
ok 3 - a/third
# boot 2: summary 1 passed, 0 failed, 0 skipped
# in all: 2 passed, 1 failed, 0 known to fail, 0 skipped; 2 boots
E_

# The files of dead machines would soon fill a disk: an image with Linux on it has 100 MB.
machine <<'E_'
version
echo "1..2"
told from=2 || { echo "# start 1 - a/first"; exit 9; }
echo "# start 2 - a/second"
echo "# folders: $(find "${2%/*}/.." -mindepth 1 -type d | wc -l)"
echo "ok 2 - a/second"
echo "# summary 1 passed, 0 failed, 0 skipped"
E_
tells "the files of a machine that died are removed before the next one runs" 1 <<'E_'
TAP version 13
1..2
# start 1 - a/first
# machine ended, status 9
not ok 1 - a/first
# start 2 - a/second
# folders: 1
ok 2 - a/second
# boot 2: summary 1 passed, 0 failed, 0 skipped
# in all: 1 passed, 1 failed, 0 known to fail, 0 skipped; 2 boots
E_

dies_in_test_2 'printf "ok 2 - a/sec"'
tells "a line cut off by the machine's end is shown, and is no result" 1 <<'E_'
TAP version 13
# trapline 0.1.0
1..3
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
# exit 1 cpuid
# cut off: ok 2 - a/sec
# the machine ended before the report did
not ok 2 - a/second
# start 3 - a/third
ok 3 - a/third
# boot 2: summary 1 passed, 0 failed, 0 skipped
# in all: 2 passed, 1 failed, 0 known to fail, 0 skipped; 2 boots
E_

dies_in_test_2 'exec sleep 10'
tells "a machine that hangs is not reported as one that died" 1 <<'E_'
TAP version 13
# trapline 0.1.0
1..3
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
# exit 1 cpuid
# no output for 1 seconds: the machine hangs
not ok 2 - a/second
# start 3 - a/third
ok 3 - a/third
# boot 2: summary 1 passed, 0 failed, 0 skipped
# in all: 2 passed, 1 failed, 0 known to fail, 0 skipped; 2 boots
E_

# announces KIND END: makes a machine that announces its end in its first test, and ends so.
announces() {
	machine <<E_
version
echo "1..2"
if told from=2; then
	echo "# start 2 - a/second"
	echo "not ok 2 - a/second"
	echo "# summary 0 passed, 1 failed, 0 skipped"
	exit 0
fi
echo "# start 1 - a/first"
echo "# $1 the machine: of the end"
$2
E_
}
ENDS='# boot 2: summary 0 passed, 1 failed, 0 skipped'

announces 'may end' 'exit 2'
tells "a machine that ends as announced is reported with the announcement" 1 <<E_
TAP version 13
1..2
# start 1 - a/first
# may end the machine: of the end
# machine ended, status 2
# it was announced: of the end
not ok 1 - a/first
# start 2 - a/second
not ok 2 - a/second
$ENDS
# in all: 0 passed, 2 failed, 0 known to fail, 0 skipped; 2 boots
E_

announces 'may end' 'exec sleep 10'
tells "... and so is one that hangs" 1 <<E_
TAP version 13
1..2
# start 1 - a/first
# may end the machine: of the end
# no output for 1 seconds: the machine hangs
# it was announced: of the end
not ok 1 - a/first
# start 2 - a/second
not ok 2 - a/second
$ENDS
# in all: 0 passed, 2 failed, 0 known to fail, 0 skipped; 2 boots
E_

announces 'has to end' 'exec sleep 10'
tells "a test passes that has to end the machine, and after which it is silent" 1 <<E_
TAP version 13
1..2
# start 1 - a/first
# has to end the machine: of the end
# no output for 1 seconds: the machine hangs
# as it had to: of the end
ok 1 - a/first
# start 2 - a/second
not ok 2 - a/second
$ENDS
# in all: 1 passed, 1 failed, 0 known to fail, 0 skipped; 2 boots
E_

announces 'has to end' 'version; echo "# trapline 0.1.0"'
tells "... or is reset" 1 <<E_
TAP version 13
1..2
# start 1 - a/first
# has to end the machine: of the end
# the machine was reset: its report began once more
# as it had to: of the end
ok 1 - a/first
# start 2 - a/second
not ok 2 - a/second
$ENDS
# in all: 1 passed, 1 failed, 0 known to fail, 0 skipped; 2 boots
E_

announces 'has to end' 'exit 2'
tells "it fails if what is below the machine ends in another way" 1 <<E_
TAP version 13
1..2
# start 1 - a/first
# has to end the machine: of the end
# machine ended, status 2
# it was announced: of the end
not ok 1 - a/first
# start 2 - a/second
not ok 2 - a/second
$ENDS
# in all: 0 passed, 2 failed, 0 known to fail, 0 skipped; 2 boots
E_

announces 'has to end' 'echo "Bail out! lost"; exec sleep 10'
tells "... or if the kernel goes on and bails out" 1 <<E_
TAP version 13
1..2
# start 1 - a/first
# has to end the machine: of the end
# Bail out! lost
# no output for 1 seconds: the machine hangs
# it was announced: of the end
not ok 1 - a/first
# start 2 - a/second
not ok 2 - a/second
$ENDS
# in all: 0 passed, 2 failed, 0 known to fail, 0 skipped; 2 boots
E_

machine <<'E_'
version
echo "1..2"
echo "# start 1 - a/first"
echo "# has to end the machine: of the end"
echo "not ok 1 - a/first"
echo "# start 2 - a/second"
exec sleep 10
E_
tells "an announcement counts for its own test alone" 1 <<'E_'
TAP version 13
1..2
# start 1 - a/first
# has to end the machine: of the end
not ok 1 - a/first
# start 2 - a/second
# no output for 1 seconds: the machine hangs
not ok 2 - a/second
E_

machine <<'E_'
version
echo "1..2"
told from=2 || { echo "# start 1 - a/first"; echo "ok 1 - a/first"
	echo "# next boot: a reset has to give back the local APIC"; exit 3; }
echo "# start 2 - a/second"
echo "ok 2 - a/second"
echo "# summary 1 passed, 0 failed, 0 skipped; 0 exits; 1 ms"
E_
tells "a boot may end between two tests if it says so, and no test is blamed" 0 <<'E_'
TAP version 13
1..2
# start 1 - a/first
ok 1 - a/first
# next boot: a reset has to give back the local APIC
# start 2 - a/second
ok 2 - a/second
# boot 2: summary 1 passed, 0 failed, 0 skipped; 0 exits; 1 ms
# in all: 2 passed, 0 failed, 0 known to fail, 0 skipped; 2 boots
E_

machine <<'E_'
version
echo "1..2"
echo "# start 1 - a/first"
echo "# next boot: whatever"
exit 3
E_
tells "a boot that has run no test to its end may not ask for the next one" 1 <<'E_'
TAP version 13
1..2
# start 1 - a/first
# the report contradicts itself: '# next boot' comes while test 1 - a/first runs
# next boot: whatever
# 2 of 2 tests have no result
E_

machine <<'E_'
version
echo "1..2"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# next boot: whatever"
echo "# start 2 - a/second"
echo "ok 2 - a/second"
echo "# summary 2 passed, 0 failed, 0 skipped; 0 exits; 1 ms"
E_
tells "behind its call for the next boot a machine has no test, and no summary" 1 <<'E_'
TAP version 13
1..2
# start 1 - a/first
ok 1 - a/first
# next boot: whatever
# the report contradicts itself: test 2 - a/second starts behind '# next boot'
# start 2 - a/second
# the report contradicts itself: 'ok 2 - a/second' stands behind '# next boot'
# summary 2 passed, 0 failed, 0 skipped; 0 exits; 1 ms
# the report contradicts itself: its summary stands behind '# next boot'
# 1 of 2 tests have no result
E_

dies_in_test_2 'echo "Bail out! page fault at 0x1000"; echo "# rax 0x0"'
tells "a Bail out! ends only that boot" 1 <<'E_'
TAP version 13
# trapline 0.1.0
1..3
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
# exit 1 cpuid
# Bail out! page fault at 0x1000
# rax 0x0
not ok 2 - a/second
# start 3 - a/third
ok 3 - a/third
# boot 2: summary 1 passed, 0 failed, 0 skipped
# in all: 2 passed, 1 failed, 0 known to fail, 0 skipped; 2 boots
E_

machine <<'E_'
version
echo "1..1"
echo "# start 1 - a/first"
while echo "# and again"; do sleep 0.1; done
E_
tells_enough() {
	timeout 20 ./trapline run --build="$scratch" --platform="command:$scratch/machine" --timeout=0.3 \
		>"$scratch/found" 2>&1
	[ $? -eq 1 ] && tail -2 "$scratch/found" | diff - "$scratch/expected"
}
printf '%s\n' '# no verdict for 3 seconds, only output' 'not ok 1 - a/first' >"$scratch/expected"
passes "a machine that prints now and then without end is stopped" tells_enough

machine <<'E_'
version
echo "1..2"
if told log=full; then
	echo "# start 2 - a/second"
	exit 0
fi
told from=2 || echo "ok 1 - a/first"
E_
tells "another boot finds the name of a test that dies without a start line" 1 log=quiet <<'E_'
TAP version 13
1..2
ok 1 - a/first
# the machine ended before the report did
not ok 2 - a/second
E_

machine <<'E_'
version
told from=2 && { echo "1..3"; exit 0; }
echo "1..2"
echo "# start 1 - a/first"
E_
tells "a second boot must have the same plan" 1 <<'E_'
TAP version 13
1..2
# start 1 - a/first
# the machine ended before the report did
not ok 1 - a/first
# the report contradicts itself: boot 2 plans 1..3, but the plan is 1..2
# the machine ended before the report did
# 1 of 2 tests have no result
# in all: 0 passed, 1 failed, 0 known to fail, 0 skipped; 2 boots
E_

machine <<'E_'
version
echo "1..2"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "ok 1 - a/first"
echo "# summary 2 passed, 0 failed, 0 skipped"
E_
tells "a test's number may come only once" 1 <<'E_'
TAP version 13
1..2
# start 1 - a/first
ok 1 - a/first
# the report contradicts itself: 'ok 1 - a/first' comes twice or is not in the plan
# summary 2 passed, 0 failed, 0 skipped
# 1 of 2 tests have no result
E_

machine <<'E_'
version
echo "1..2"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# start 2 - a/second"
echo "ok 2 - a/second"
echo "# summary 1 passed, 1 failed, 0 skipped; 0 exits; 1 ms of the machine's clock"
E_
tells "a result that was damaged on its way contradicts the summary" 1 <<'E_'
TAP version 13
1..2
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
ok 2 - a/second
# summary 1 passed, 1 failed, 0 skipped; 0 exits; 1 ms of the machine's clock
# the report contradicts itself: its summary counts otherwise than the results that came: 2 passed, 0 failed, 0 skipped
E_

machine <<'E_'
version
echo "1..2"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# start 2 - a/first"
echo "ok 2 - a/first"
echo "# summary 2 passed, 0 failed, 0 skipped"
E_
tells "a test's name may come only once" 1 <<'E_'
TAP version 13
1..2
# start 1 - a/first
ok 1 - a/first
# start 2 - a/first
# the report contradicts itself: 'ok 2 - a/first' has the name of another test
# summary 2 passed, 0 failed, 0 skipped
# 1 of 2 tests have no result
E_

machine <<'E_'
version
echo "1..2"
echo "# start 1 - a/first"
echo "ok 2 - a/second"
echo "# summary 1 passed, 0 failed, 0 skipped"
E_
tells "a result must be the one of the test that runs" 1 <<'E_'
TAP version 13
1..2
# start 1 - a/first
# the report contradicts itself: 'ok 2 - a/second' while test 1 - a/first runs
# summary 1 passed, 0 failed, 0 skipped
# 2 of 2 tests have no result
E_

machine <<'E_'
version
echo "1..2"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# summary 1 passed, 0 failed, 0 skipped"
E_
tells "a result that never came fails the run" 1 <<'E_'
TAP version 13
1..2
# start 1 - a/first
ok 1 - a/first
# summary 1 passed, 0 failed, 0 skipped
# 1 of 2 tests have no result
E_

machine <<'E_'
version
echo "1..1"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
exit 0
E_
tells "a report without its summary is no pass, whatever the machine's status" 1 <<'E_'
TAP version 13
1..1
# start 1 - a/first
ok 1 - a/first
# the machine ended before the report did
E_

machine <<'E_'
version
echo "1..1"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# summary 1 passed, 0 failed, 0 skipped"
kill -11 $$
E_
tells "a machine that dies after its report is no pass" 1 <<'E_'
TAP version 13
1..1
# start 1 - a/first
ok 1 - a/first
# summary 1 passed, 0 failed, 0 skipped
# machine ended, by signal 11
E_

machine <<'E_'
vmm() {
	version
	echo "1..1"
	echo "# start 1 - a/first"
	echo "ok 1 - a/first"
	echo "# summary 1 passed, 0 failed, 0 skipped"
	exec sleep 100
}
trap : TERM
vmm | {
	sed '/^# summary /q; /^1\.\.0 /q'
	kill 0
}
exit 0
E_
tells "a script that reads the report can stop a machine that cannot stop itself" 0 <<'E_'
TAP version 13
1..1
# start 1 - a/first
ok 1 - a/first
# summary 1 passed, 0 failed, 0 skipped
E_

machine <<'E_'
version
echo "1..25"
n=1
[ "${words#*from=}" = "$words" ] || n=${words##*from=}
echo "# start $n - a/test_$n"
E_
gives_up() {
	timeout 60 ./trapline run --build="$scratch" --platform="command:$scratch/machine" log=full \
		>"$scratch/found" 2>&1
	[ $? -eq 1 ] && [ "$(grep -c '^not ok' "$scratch/found")" -eq 20 ] &&
		grep -qx '# given up after 20 boots' "$scratch/found" &&
		grep -qx '# 5 of 25 tests have no result' "$scratch/found"
}
passes "the runner gives up a kernel that dies again and again" gives_up

machine <<'E_'
version
echo "1..3"
echo "# start 2 - a/second"
echo "ok 2 - a/second"
echo "# start 3 - a/third"
echo "ok 3 - a/third"
echo "# summary 2 passed, 0 failed, 0 skipped"
E_
tells "tests before from= do not count as missing" 0 from=2 <<'E_'
TAP version 13
1..3
# start 2 - a/second
ok 2 - a/second
# start 3 - a/third
ok 3 - a/third
# summary 2 passed, 0 failed, 0 skipped
E_

machine <<'E_'
version
echo "1..1"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# summary 1 passed, 0 failed, 0 skipped"
E_
tells "with from=0 the runner misses no test; only the kernel may refuse it" 0 from=0 <<'E_'
TAP version 13
1..1
# start 1 - a/first
ok 1 - a/first
# summary 1 passed, 0 failed, 0 skipped
E_

machine <<'E_'
version
echo "1..3"
echo "# start 3 - a/third"
echo "ok 3 - a/third # SKIP no such feature"
echo "# summary 0 passed, 0 failed, 1 skipped"
E_
tells "a run is a skip if all tests that from= leaves are skipped" 77 from=3 <<'E_'
TAP version 13
1..3
# start 3 - a/third
ok 3 - a/third # SKIP no such feature
# summary 0 passed, 0 failed, 1 skipped
E_

cat >"$scratch/known" <<'E_'
# what this machine gets wrong

a/second | always | the flag is lost | Information for VM Exits Due to Instruction Execution
a/first  | always | once upon a time | Checks on VMX Controls
a/gone   | always | it was renamed   | Checks on VMX Controls
a/lost_1 | always | and so was this  | Checks on VMX Controls
a/lost_2 | always | and so was this  | Checks on VMX Controls
a/lost_3 | always | and so was this  | Checks on VMX Controls
E_
machine <<'E_'
version
echo "1..2"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# start 2 - a/second"
echo "# x.asm:3: rax is 0, expected 1"
echo "not ok 2 - a/second"
echo "# summary 1 passed, 1 failed, 0 skipped; 5 exits; 41 ms of the machine's clock"
E_
tells "a known failure becomes TODO, and one that passes is reported" 0 --known="$scratch/known" <<'E_'
TAP version 13
1..2
# start 1 - a/first
# known failure passes: a/first (listed because: once upon a time)
ok 1 - a/first
# start 2 - a/second
# x.asm:3: rax is 0, expected 1
# known: the flag is lost (SDM, "Information for VM Exits Due to Instruction Execution")
not ok 2 - a/second # TODO the flag is lost
# summary: 5 exits; 41 ms of the machine's clock
# known failure is no test's name: a/gone
# known failure is no test's name: a/lost_1
# known failure is no test's name: a/lost_2
# known failure is no test's name: a/lost_3
# in all: 1 passed, 0 failed, 1 known to fail, 0 skipped; 1 boot
E_

machine <<'E_'
version
echo "1..1"
echo "# start 1 - a/second"
echo "not ok 1 - a/second # ERROR the module is damaged"
echo "# summary 0 passed, 1 failed, 0 skipped"
E_
tells "a test with ERROR is no known failure" 1 'run=*' --known="$scratch/known" <<'E_'
TAP version 13
1..1
# start 1 - a/second
not ok 1 - a/second # ERROR the module is damaged
# summary 0 passed, 1 failed, 0 skipped
E_

machine <<'E_'
version
echo "1..1"
echo "# start 1 - a/second"
kill -9 $$
E_
tells "a machine that dies in a test that is known to fail is no known failure" 1 'run=*' \
	--known="$scratch/known" <<'E_'
TAP version 13
1..1
# start 1 - a/second
# machine ended, by signal 9
not ok 1 - a/second
E_

cat >"$scratch/known" <<'E_'
a/second | always | all of it hangs | Event Blocking | left out
E_
machine <<'E_'
version
echo "# $words"
echo "1..1"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# summary 1 passed, 0 failed, 0 skipped"
E_
tells "a test that would take the platform down is left out, and named" 0 --known="$scratch/known" <<'E_'
TAP version 13
# run=-a/second
1..1
# start 1 - a/first
ok 1 - a/first
# summary 1 passed, 0 failed, 0 skipped
# left out: a/second: all of it hangs (SDM, "Event Blocking")
# in all: 1 passed, 0 failed, 0 known to fail, 0 skipped, 1 left out; 1 boot
E_
tells "the name of a test that is left out is added to run=" \
	0 'run=a/*' --known="$scratch/known" <<'E_'
TAP version 13
# run=a/*,-a/second
1..1
# start 1 - a/first
ok 1 - a/first
# summary 1 passed, 0 failed, 0 skipped
# left out: a/second: all of it hangs (SDM, "Event Blocking")
# in all: 1 passed, 0 failed, 0 known to fail, 0 skipped, 1 left out; 1 boot
E_
tells "a test that run= does not pick does not count as left out" \
	0 'run=b/*' --known="$scratch/known" <<'E_'
TAP version 13
# run=b/*
1..1
# start 1 - a/first
ok 1 - a/first
# summary 1 passed, 0 failed, 0 skipped
E_

cat >"$scratch/known" <<'E_'
a/first except=one | always | it forgets | Event Blocking
a/first except=two | always | it adds    | Event Blocking
E_
tells "the kernel is given the quirks that a test can allow for" \
	0 'run=a/*' --known="$scratch/known" <<'E_'
TAP version 13
# run=a/* except=one,two
1..1
# start 1 - a/first
ok 1 - a/first
# summary 1 passed, 0 failed, 0 skipped
E_
tells "except= of the user replaces the list's quirks" \
	0 'run=a/*' except= --known="$scratch/known" <<'E_'
TAP version 13
# run=a/* except=
1..1
# start 1 - a/first
ok 1 - a/first
# summary 1 passed, 0 failed, 0 skipped
E_
tells "the kernel is not given the quirks of a test that run= does not pick" \
	0 'run=b/*' --known="$scratch/known" <<'E_'
TAP version 13
# run=b/*
1..1
# start 1 - a/first
ok 1 - a/first
# summary 1 passed, 0 failed, 0 skipped
E_

# Finds processes of a machine, which have the variable MACHINE with its folder in the environment.
left_behind() {
	grep -lz "^MACHINE=$scratch\$" /proc/[0-9]*/environ 2>/dev/null | grep .
}

machine <<'E_'
export MACHINE="${0%/*}"
sleep 100 &
exec sleep 100
E_
# leaves_nothing SIGNAL: sends the signal to the runner while its machine runs; no process may stay.
leaves_nothing() {
	./trapline run --build="$scratch" --platform="command:$scratch/machine" >/dev/null &
	runner=$!
	seconds=0
	while ! left_behind; do
		seconds=$((seconds + 1))
		[ $seconds -lt 10 ] || { echo "no machine started"; return 1; }
		sleep 1
	done
	kill -s "$1" $runner
	wait $runner
	echo "status $?"
	sleep 0.3
	! left_behind
}
passes "a runner that is terminated leaves no process behind" leaves_nothing TERM
passes "a runner whose terminal is gone leaves no process behind" leaves_nothing HUP

machine <<'E_'
export MACHINE="${0%/*}"
setsid sleep 100 &
(setsid sleep 100 &)
sleep 100
exec sleep 100
E_
passes "... nor one that left the machine's process group" leaves_nothing TERM

leaves_nothing_behind_it() {
	timeout 20 ./trapline run --build="$scratch" --platform="command:$scratch/machine" \
		--timeout=1
	! left_behind
}
passes "a machine that hangs leaves none behind either" leaves_nothing_behind_it

machine <<'E_'
export MACHINE="${0%/*}"
(setsid sleep 100 >&- &)
version
echo "1..0"
E_
passes "... nor does one that ends by itself" leaves_nothing_behind_it

spares_the_older() {
	sh -c 'sleep 100 & echo $! >"$1/older"; exec ./trapline run --build="$1" \
		--platform="command:$1/machine"' - "$scratch"
	kill "$(cat "$scratch/older")"
}
passes "what the runner's own process had started before is left alone" spares_the_older

machine <<'E_'
export MACHINE="${0%/*}"
exec sleep 100
E_
passes "a runner that is killed leaves no machine behind" leaves_nothing KILL

# A script makes the disk image for Bochs, and has a folder of its own meanwhile.
mkdir "$scratch/programs" "$scratch/temporary"
cat >"$scratch/programs/strip" <<'E_'
#!/bin/sh
touch "${0%/*}/begun"
sleep 100
E_
chmod +x "$scratch/programs/strip"
leaves_no_folder() {
	PATH="$scratch/programs:$PATH" TMPDIR="$scratch/temporary" \
		./trapline run --build="$scratch" --platform=bochs list &
	runner=$!
	until [ -e "$scratch/programs/begun" ]; do sleep 0.1; done
	kill $runner
	wait $runner
	[ $? -eq 143 ] || return 1
	! find "$scratch/temporary" -mindepth 1 | grep . && ! pgrep -f "$scratch/programs/strip"
}
passes "a runner that is terminated while it makes a disk leaves nothing behind" leaves_no_folder

# refuses MESSAGE OPTION...: trapline run prints only this message, and ends with status 2.
refuses() {
	message=$1
	shift
	timeout 20 ./trapline run --build="$scratch" "$@" >"$scratch/found" 2>&1
	[ $? -eq 2 ] || return 1
	echo "trapline run: $message" | diff - "$scratch/found"
}
passes "an unknown platform is refused, and the known ones named" refuses \
	"there is no platform 'vmware'; allowed are auto, auto-kvm, bochs, kvm, \
kvm-in-bochs, tcg, command:PROGRAM" \
	--platform=vmware
passes "a file that cannot be a scenario is refused" refuses \
	"x.txt: a scenario's name ends in .asm, or .bin once assembled" --platform=tcg --scenario=x.txt
passes "a word for the kernel is refused if it has a quote" refuses \
	"'run=\"x' cannot be a word for the kernel: no spaces, quotes or \\" --platform=tcg 'run="x'
passes "a missing build is reported" refuses \
	"there is no /nowhere/suite.bin; \`make\` builds it" --platform=tcg --build=/nowhere

plan
