#!/bin/sh
# results.t -- the results of a run as a JUnit file and as annotations for GitHub

. tests/host/tap.sh
. tests/host/machine.sh

mkdir "$scratch/top"
touch "$scratch/top/mine.asm"
cat >"$scratch/known" <<'E_'
group/known | always | the flag & the <page> are lost | EPT Violations
E_

runs() {
	timeout 20 ./trapline run --build="$scratch" --platform="command:$scratch/machine" --timeout=1 \
		--known="$scratch/known" "$@" >"$scratch/report" 2>"$scratch/errors"
}

# reads STATUS [option...]: a reader of the JUnit file must print what stands on standard input.
reads() {
	expected=$1
	shift
	cat >"$scratch/expected"
	runs --junit="$scratch/junit.xml" "$@"
	status=$?
	cat "$scratch/errors"
	tests/host/junit_reader.py "$scratch/junit.xml" | sed "s|$scratch|SCRATCH|g" >"$scratch/read"
	diff -u "$scratch/expected" "$scratch/read" || return 1
	[ $status -eq "$expected" ] || { echo "status $status, expected $expected"; return 1; }
}

# annotates [option...]: standard error must be what stands on standard input, and standard output
# the same as without the option.
annotates() {
	cat >"$scratch/expected"
	runs
	cp "$scratch/report" "$scratch/plain"
	[ ! -s "$scratch/errors" ] || { cat "$scratch/errors"; echo "annotated"; return 1; }
	runs "$@"
	diff -u "$scratch/expected" "$scratch/errors" && diff -u "$scratch/plain" "$scratch/report"
}

machine <<E_
version
echo "# trapline 0.1.0, pvh, command line: log=full"
echo "# vmx IA32_VMX_BASIC 0x00d810000000002b revision 0x2b"
echo "#     true-controls"
echo "1..8"
echo "# start 1 - group/first"
echo "# it passes"
echo "ok 1 - group/first"
echo "# start 2 - group/wrong"
echo "# a write & a <read>"
echo "# exit 1 ept_violation gpa=DATA+0x8(0x2008)"
echo "#   ept PML4[0] rwx > PT[2] r-- <- refuses write"
echo "# ./tests/language/scenario.inc:9: gpa is 100%, \"a,b:c\", expected 0x2010"
echo "# tests/language/scenario.inc:10: a second one"
echo "not ok 2 - group/wrong"
echo "# start 3 - group/skipped"
echo "ok 3 - group/skipped # SKIP CPUID.01H:ECX[5] (VMX) is 0"
echo "# start 4 - group/known"
echo "# tests/language/scenario.inc:3: rax is 0, expected 1"
echo "not ok 4 - group/known"
echo "# start 5 - group/known"
echo "not ok 5 - group/known # ERROR the module is damaged"
echo "# start 6 - alone"
echo "# $scratch/top/mine.asm:7: rbx is 0, expected 1"
echo "not ok 6 - alone"
echo "# start 7 - a/b,c:d"
echo "# Bail out! page fault at 0x1000"
echo "# rax 0x0"
echo "not ok 7 - a/b,c:d"
told from=8 || { echo "# start 8 - last"; kill -9 \$\$; }
E_

passes "JUnit has every test once, with all its words" reads 1 <<'E_'
suite 'trapline on command': 8 tests, 4 failures, 1 errors, 2 skipped
property 'trapline' is '0.1.0, pvh, command line: log=full'
property 'vmx IA32_VMX_BASIC' is '0x00d810000000002b'
command.group first
command.group wrong failure 'gpa is 100%, "a,b:c", expected 0x2010'
	# a write & a <read>
	# exit 1 ept_violation gpa=DATA+0x8(0x2008)
	#   ept PML4[0] rwx > PT[2] r-- <- refuses write
	# ./tests/language/scenario.inc:9: gpa is 100%, "a,b:c", expected 0x2010
	# tests/language/scenario.inc:10: a second one
command.group skipped skipped 'CPUID.01H:ECX[5] (VMX) is 0'
command.group known skipped 'known failure: the flag & the <page> are lost'
	# tests/language/scenario.inc:3: rax is 0, expected 1
	# known: the flag & the <page> are lost (SDM, "EPT Violations")
command.group known (5) error 'the module is damaged'
command alone failure 'rbx is 0, expected 1'
	# SCRATCH/top/mine.asm:7: rbx is 0, expected 1
command.a b,c:d failure 'Bail out! page fault at 0x1000'
	# Bail out! page fault at 0x1000
	# rax 0x0
command last failure 'machine ended, by signal 9'
	# machine ended, by signal 9
E_

passes "a failure is annotated at its line, or without a line if it is outside of the repository" \
	annotates --annotations <<'E_'
::error file=tests/language/scenario.inc,line=9,title=group/wrong::gpa is 100%25, "a,b:c", expected 0x2010
::error title=alone::rbx is 0, expected 1
E_

export GITHUB_ACTIONS=true GITHUB_WORKSPACE="$scratch/top"
in_github() {
	cat >"$scratch/expected"
	runs
	diff -u "$scratch/expected" "$scratch/errors"
}
passes "on GitHub a run is annotated without the option, with paths from the checkout" \
	in_github <<'E_'
::error title=group/wrong::gpa is 100%25, "a,b:c", expected 0x2010
::error file=mine.asm,line=7,title=alone::rbx is 0, expected 1
E_
unset GITHUB_ACTIONS GITHUB_WORKSPACE

machine <<E_
version
echo "1..1"
echo "# start 1 - a/b,c:d"
echo "# tests/language/scenario.inc:7: 5 % 3 is 2"
echo "not ok 1 - a/b,c:d"
echo "# summary 0 passed, 1 failed, 0 skipped"
E_
passes "characters that would end a property of an annotation are escaped" \
	annotates --annotations <<'E_'
::error file=tests/language/scenario.inc,line=7,title=a/b%2Cc%3Ad::5 %25 3 is 2
E_

machine <<'E_'
version
echo "1..0 # SKIP CPUID.01H:ECX[5] (VMX) is 0"
exit 155
E_
passes "a refused run is a skip that says why" reads 77 <<'E_'
suite 'trapline on command': 1 tests, 0 failures, 0 errors, 1 skipped
command the_report_is_whole skipped 'CPUID.01H:ECX[5] (VMX) is 0'
E_

machine <<'E_'
echo "SeaBIOS"
exit 2
E_
passes "no answer is an error, with what the machine printed" reads 124 <<'E_'
suite 'trapline on command': 1 tests, 0 failures, 1 errors, 0 skipped
command the_report_is_whole error 'no answer: the machine never started a report'
	# said before the report: SeaBIOS
	# machine ended, status 2
E_

: >"$scratch/known"
machine <<'E_'
version
echo "1..2"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# summary 1 passed, 0 failed, 0 skipped"
E_
passes "an incomplete run without a failure has an error" reads 1 <<'E_'
suite 'trapline on command': 2 tests, 0 failures, 1 errors, 0 skipped
command.a first
command the_report_is_whole error '1 of 2 tests have no result'
	# summary 1 passed, 0 failed, 0 skipped
	# 1 of 2 tests have no result
E_

machine <<'E_'
version
echo "1..1"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
sleep 1
kill -TERM $PPID
exec sleep 10
E_
passes "an interrupted run has an error, and keeps its results" reads 143 --timeout=10 <<'E_'
suite 'trapline on command': 2 tests, 0 failures, 1 errors, 0 skipped
command.a first
command the_report_is_whole error 'the run was interrupted'
E_

machine <<'E_'
kill -KILL $PPID
E_
leaves_no_other() {
	echo '<testsuite tests="0" failures="0" errors="0" skipped="0" name="old"/>' >"$scratch/junit.xml"
	runs --junit="$scratch/junit.xml"
	[ ! -e "$scratch/junit.xml" ]
}
passes "the JUnit file of an earlier run does not stay" leaves_no_other

cannot_write() {
	runs --junit=/nowhere/junit.xml
	[ $? -eq 2 ] && [ ! -s "$scratch/report" ] || return 1
	echo "trapline run: /nowhere/junit.xml cannot be written: No such file or directory" |
		diff - "$scratch/errors"
}
passes "a JUnit file that cannot be written is refused before anything runs" cannot_write

plan
