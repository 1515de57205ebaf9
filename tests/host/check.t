#!/bin/sh
# check.t -- how tests/tools/check reports tests that pass, that fail, that are slow or are
# terminated

. tests/host/tap.sh
. tests/host/machine.sh

unset JUNIT TRAPLINE_PROGRESS
export BUILD="$scratch/build"
top=$PWD

# test_file NAME: makes a test of the script on standard input.
test_file() {
	{ echo '#!/bin/sh'; cat; } >"$scratch/$1"
	chmod +x "$scratch/$1"
}

test_file good.t <<'E_'
echo 'ok 1 - all is well'
echo '1..1'
E_
test_file bad.t <<'E_'
echo '# rax is 0, expected 1'
echo 'not ok 1 - it counts'
echo '# this is known'
echo 'not ok 2 - it divides # TODO later'
echo 'ok 3 - it adds'
echo '1..3'
echo 'a word on standard error' >&2
E_
test_file dies.t <<'E_'
echo 'ok 1 - it begins'
echo '1..1'
exit 3
E_
# The runner shows progress itself.  It must not do so when it runs in a test.
machine <<'E_'
version
echo "1..1"
echo "# start 1 - a/first"
sleep 6
echo "not ok 1 - a/first"
echo "# summary 0 passed, 1 failed"
E_
test_file slow.t <<E_
exec ./trapline run --build=$scratch --platform=command:$scratch/machine
E_
# Standard error is closed, because the shell would write to it after prove has ended.
test_file long.t <<E_
exec 2>/dev/null
trap 'touch $scratch/tidied; exit 143' TERM
echo \$\$ >$scratch/process
sleep 100
E_

# check NAME...: runs these tests; their output goes to the files out and err, the status to
# $status.
check() {
	for name; do
		shift
		set -- "$@" "$scratch/$name"
	done
	timeout 60 "$top/tests/tools/check" "$@" >"$scratch/out" 2>"$scratch/err"
	status=$?
}

# --- Slow tests, which start here and run beside all others ---

slow="tests/tools/check $scratch/slow.t $scratch/good.t"
BUILD="$scratch/build1" timeout 60 sh -c "$slow" >"$scratch/slow.out" 2>"$scratch/slow.err" &
in_pipe=$!
BUILD="$scratch/build2" timeout 60 script -qec "$slow" /dev/null </dev/null >"$scratch/terminal.out" &
in_terminal=$!

# --- prove's output ---

passing() {
	check good.t
	cat "$scratch/out" "$scratch/err"
	[ $status -eq 0 ] && [ ! -s "$scratch/err" ] && grep -x 'Result: PASS' "$scratch/out" &&
		grep "^\[[0-9:]*\] $scratch/good.t \.\. ok  *[0-9]* ms" "$scratch/out"
}
passes "a test that passes is listed with its time, and standard error is empty" passing

failing() {
	cat >"$scratch/expected"
	check bad.t good.t
	cat "$scratch/out"
	[ $status -eq 1 ] && grep 'Failed test:  1$' "$scratch/out" &&
		tail -3 "$scratch/out" | diff "$scratch/expected" - &&
		[ "$(cat "$scratch/err")" = 'a word on standard error' ]
}
passes "a failed test's diagnosis is printed at the end" failing <<E_
$BUILD/tap$scratch/bad.t:
# rax is 0, expected 1
not ok 1 - it counts
E_

# Without arguments it runs all scripts, and all programs whose source is there.
all_there_are() {
	mkdir -p "$scratch/tree/tests/boot" "$scratch/tree/tests/host" "$scratch/tree/build/host"
	cp "$scratch/good.t" "$scratch/tree/tests/boot/one.t"
	cp "$scratch/good.t" "$scratch/tree/tests/host/two.t"
	cp "$scratch/good.t" "$scratch/tree/build/host/three_test"
	cp "$scratch/good.t" "$scratch/tree/build/host/old_test"
	touch "$scratch/tree/tests/host/three_test.c"
	cd "$scratch/tree" && BUILD=build check
	cd "$top" || return 1
	sed -n 's/^\[.*\] \(.*\) \.\..*/\1/p' "$scratch/out" | sort | diff "$scratch/expected" -
}
printf '%s\n' build/host/three_test tests/boot/one.t tests/host/two.t >"$scratch/expected"
passes "without arguments all tests run, but no program whose source is gone" all_there_are

# --- JUnit ---

export JUNIT="$scratch/junit.xml"

cat >"$scratch/reader" <<'E_'
import os, xml.etree.ElementTree as xml
for suite in xml.parse(os.environ["JUNIT"]).getroot():
    print(*(suite.get(name) for name in ("tests", "failures", "errors")))
    for case in suite.iter("testcase"):
        print(case.get("name"))
        for verdict in case:
            print(f"{verdict.tag}: {verdict.get('message')}", *(verdict.text or "").splitlines(), sep="\n\t")
E_
reported() {
	check good.t bad.t dies.t
	python3 "$scratch/reader" >"$scratch/read" && diff - "$scratch/read"
}
passes "a JUnit report has each failure with its diagnosis, and each test that ended badly" reported <<'E_'
1 0 0
1 - all is well
3 1 0
1 - it counts
failure: not ok 1 - it counts
	not ok 1 - it counts
	# rax is 0, expected 1
2 - it divides
3 - it adds
2 0 1
1 - it begins
(the end)
error: Dubious, test returned 3 (wstat 768, 0x300)
E_

# leaves_no_report COMMAND...: the command fails, and the report of an earlier run is gone after it.
leaves_no_report() {
	echo '<testsuites/>' >"$JUNIT"
	"$@"
	ls "$JUNIT"* && return 1
	[ "$status" -ne 0 ]
}

is_terminated() {
	rm -f "$scratch/process"
	"$top/tests/tools/check" "$scratch/good.t" "$scratch/long.t" >"$scratch/out" 2>&1 &
	check=$!
	until [ -s "$scratch/process" ]; do sleep 0.1; done
	kill $check
	wait $check
	status=$?
	cat "$scratch/out"
}
passes "a run that is terminated leaves no JUnit report" leaves_no_report is_terminated
# A process that has ended may still have its entry in /proc, but without a command line.
tidied() {
	[ "$status" -eq 143 ] && [ -e "$scratch/tidied" ] &&
		! grep -q . "/proc/$(cat "$scratch/process")/cmdline"
}
passes "... and no running test, which could remove its files before it ended" tidied

test_file kills.t <<'E_'
kill -KILL $PPID
E_
passes "if prove is killed, there is no JUnit report" leaves_no_report check good.t kills.t
passes "... and a message says so" grep -qx 'check: prove ended by signal 9' "$scratch/err"

test_file bails_out.t <<'E_'
echo 'Bail out! the disk is full'
E_
passes "if a test stops all others, there is no JUnit report" \
	leaves_no_report check bails_out.t good.t good.t

mkdir "$scratch/programs"
cat >"$scratch/programs/prove" <<E_
#!/bin/sh
case \$* in *JUnit*) echo '<testsuites>'; exit 1 ;; esac
PATH='$PATH' exec prove "\$@"
E_
chmod +x "$scratch/programs/prove"
without_formatter() {
	PATH="$scratch/programs:$PATH" check good.t
}
passes "if the program that makes the report fails, there is no JUnit report" \
	leaves_no_report without_formatter
passes "... and a message says so" grep -q '^check: no JUnit report: ' "$scratch/err"

nowhere() {
	export JUNIT=/nowhere/junit.xml
	rm -rf "$BUILD"
	check good.t
	[ $status -eq 2 ] && [ ! -e "$BUILD/tap" ] && [ ! -s "$scratch/out" ] &&
		echo "check: /nowhere/junit.xml cannot be written: No such file or directory" |
		diff - "$scratch/err"
}
passes "a report that cannot be written is refused before anything runs" nowhere

# --- Progress, of the slow tests that started above ---

wait $in_pipe
slow_in_pipe() {
	sort -u "$scratch/slow.err" | diff - "$scratch/expected"
}
echo "[1 of 2] waits for $scratch/slow.t" >"$scratch/expected"
passes "standard error has whole lines that name the test that still runs" slow_in_pipe
prove_in_pipe() {
	grep waits "$scratch/slow.out" && return 1
	grep -x 'Result: FAIL' "$scratch/slow.out"
}
passes "... and standard output has no such line" prove_in_pipe
wait $in_terminal
slow_in_terminal() {
	cat -v "$scratch/terminal.out"
	grep -q "K\[1 of 2\] waits for $scratch/slow.t..\[K" "$scratch/terminal.out" || return 1
	sed 's/.*\r\x1b\[K//' "$scratch/terminal.out" >"$scratch/left"
	grep "^\[[0-9:]*\] $scratch/slow.t" "$scratch/left" && ! grep 'waits' "$scratch/left"
}
passes "... and in a terminal it is one line, which is cleared before prove prints" slow_in_terminal
plan
