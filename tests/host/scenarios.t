#!/bin/sh
# scenarios.t -- how scenarios with mistakes are reported, and which files are refused

. tests/host/tap.sh
. tests/host/machine.sh

# plays is the beginning of a machine.  It makes a file `began`, which shows that the machine
# started, and sets the parameters to the names of run=.
# shellcheck disable=SC2016 # the machine expands it
plays='touch "${0%/*}/began"
version
IFS=" ,"
words=${words%% log=*}
set -- ${words#run=}
'
plays_all() {
	machine <<E_
$plays
echo "1..\$#"
number=0
for name; do
	number=\$((number + 1))
	echo "# start \$number - \$name"
	echo "ok \$number - \$name"
done
echo "# summary \$number passed, 0 failed, 0 skipped; 0 exits; 1 ms of the machine's clock"
E_
}

scenario() {
	cat <<'E_'
%include "scenario.inc"
scenario "it passes"
	page    CODE, at=0x1000, access=r-x
	expect  vmcall
	finish
guest CODE
	vmcall
E_
}

scenario >"$scratch/good.asm"
scenario >"$scratch/fine.asm"
scenario | sed 's/r-x/r/; s/expect  vmcall/expect  vmcal/' >"$scratch/bad.asm"
good=--scenario=$scratch/good.asm
fine=--scenario=$scratch/fine.asm
bad=--scenario=$scratch/bad.asm

mkdir "$scratch/streams"

# tells_tap "claim" STATUS OPTION...: as tells; the report is kept for prove's parser.
tells_tap() {
	tells "$@"
	cp "$scratch/found" "$scratch/streams/$number"
}

# mistakes NUMBER: prints what the report says of bad.asm, which is the test with this number.
mistakes() {
	cat <<E_
# $scratch/bad.asm:3: error: permissions are written like r-x or rw-, not r
# $scratch/bad.asm:4: error: no exit is called vmcal; vmx/exits.def lists them
not ok $1 - bad # ERROR $scratch/bad.asm:3: error: permissions are written like r-x or rw-, not r
E_
}

# stream: prints the report on good, fine and bad, in which the mistakes come last.
stream() {
	cat <<E_
TAP version 13
1..3
# start 1 - good
ok 1 - good
# start 2 - fine
ok 2 - fine
# summary 2 passed, 0 failed, 0 skipped; 0 exits; 1 ms of the machine's clock
$(mistakes 3)
# in all: 2 passed, 1 failed, 0 known to fail, 0 skipped; 1 boot
E_
}

plays_all
stream >"$scratch/stream"
tells_tap "a scenario with mistakes is an ERROR with all of them, and the others run" 1 \
	"$good" "$fine" "$bad" <"$scratch/stream"
tells_tap "... wherever it stands among them" 1 "$bad" "$good" "$fine" <"$scratch/stream"

rm "$scratch/began"
alone() {
	cat <<E_
TAP version 13
1..1
$(mistakes 1)
# in all: 0 passed, 1 failed, 0 known to fail, 0 skipped; 0 boots
E_
}
alone >"$scratch/alone"
tells_tap "if every scenario has mistakes, the report has nothing else" 1 "$bad" <"$scratch/alone"
tells_tap "... also if another module is given" \
	1 "$bad" --module="$scratch/good.asm" <"$scratch/alone"
passes "... and no machine starts" [ ! -e "$scratch/began" ]

# --- Scenarios with mistakes, on machines that do not run all others ---

machine <<E_
$plays
echo '1..0 # SKIP no VMX'
exit 155
E_
cat >"$scratch/stream" <<E_
TAP version 13
# nothing else runs: no VMX
1..1
$(mistakes 1)
# in all: 0 passed, 1 failed, 0 known to fail, 0 skipped; 1 boot
E_
tells_tap "a mistake fails the run on a machine without VMX as well" 1 "$good" "$bad" \
	<"$scratch/stream"

machine <<E_
version
echo '# good'
echo '1..0 # SKIP list: names only'
E_
sed 's/^# nothing else runs: .*/# good\n# nothing else runs: list: names only/' "$scratch/stream" \
	>"$scratch/listed"
tells_tap "... and where only names are listed" 1 "$good" "$bad" list <"$scratch/listed"

machine <<E_
version
echo '1..2'
echo '# start 2 - fine'
echo 'ok 2 - fine'
echo '# summary 1 passed, 0 failed, 0 skipped'
E_
cat >"$scratch/stream" <<E_
TAP version 13
1..3
# start 2 - fine
ok 2 - fine
# summary 1 passed, 0 failed, 0 skipped
$(mistakes 3)
# in all: 1 passed, 1 failed, 0 known to fail, 0 skipped; 1 boot
E_
tells "... and where from= leaves out tests" 1 "$good" "$fine" "$bad" from=2 <"$scratch/stream"

machine <<E_
version
echo '1..1'
echo '# start 1 - good'
echo 'ok 1 - good'
echo '# summary 1 passed, 0 failed, 0 skipped'
E_
cat >"$scratch/stream" <<E_
TAP version 13
1..2
# start 1 - good
ok 1 - good
# summary 1 passed, 0 failed, 0 skipped
$(mistakes 2)
# in all: 1 passed, 1 failed, 0 known to fail, 0 skipped; 1 boot
E_
tells_tap "... and whatever run= picks" 1 "$good" "$fine" "$bad" run=good <"$scratch/stream"

machine <<'E_'
version
echo '1..2'
told from=2 || { echo '# start 1 - good'; exit 9; }
echo '# start 2 - fine'
echo 'ok 2 - fine'
echo '# summary 1 passed, 0 failed, 0 skipped'
E_
cat >"$scratch/stream" <<E_
TAP version 13
1..3
# start 1 - good
# machine ended, status 9
not ok 1 - good
# start 2 - fine
ok 2 - fine
# boot 2: summary 1 passed, 0 failed, 0 skipped
$(mistakes 3)
# in all: 1 passed, 2 failed, 0 known to fail, 0 skipped; 2 boots
E_
tells_tap "a mistake's verdict comes after those of a machine that died" 1 "$good" "$fine" "$bad" \
	<"$scratch/stream"

machine <<'E_'
version
told from=2 && exit 9
echo '1..2'
echo '# start 1 - good'
exit 9
E_
cat >"$scratch/stream" <<E_
TAP version 13
1..3
# start 1 - good
# machine ended, status 9
not ok 1 - good
# machine ended, status 9
# machine ended, status 9
$(mistakes 3)
# 1 of 2 tests have no result
# in all: 0 passed, 2 failed, 0 known to fail, 0 skipped; 3 boots
E_
tells "... and after those of machines that end before their plan" 1 "$good" "$fine" "$bad" \
	<"$scratch/stream"

machine <<'E_'
echo SeaBIOS
exit 9
E_
cat >"$scratch/stream" <<E_
# said before the report: SeaBIOS
# machine ended, status 9
$(mistakes 1 | sed '$d')
# in all: 0 passed, 1 failed, 0 known to fail, 0 skipped; 1 boot
E_
tells "a mistake is reported if the machine gives no answer" 124 "$good" "$bad" <"$scratch/stream"

# The first machine waits for the second one to begin.
machine <<'E_'
at=1
told from=2 && at=2
version
echo '1..2'
touch "${0%/*}/began.$at"
until [ -e "${0%/*}/began.2" ]; do sleep 0.01; done
[ $at = 2 ] || { echo '# start 1 - good'; echo 'ok 1 - good'; }
echo '# start 2 - fine'
echo 'ok 2 - fine'
echo "# summary $((3 - at)) passed, 0 failed, 0 skipped; 0 exits; 1 ms of the machine's clock"
E_
stream | sed 's/^# summary 2/# boot 2: summary 1/; s/1 boot$/2 boots/' >"$scratch/stream"
tells_tap "a mistake's verdict comes after those of two machines that share the others" 1 \
	"$good" "$fine" "$bad" --machines=2 <"$scratch/stream"

# These tests run only where --platform=kvm cannot work because nested VMX is missing.
lacks_kvm() {
	timeout 60 ./trapline run --build="$BUILD" --platform=kvm "$good" "$bad" >"$scratch/found"
	status=$?
	cat "$scratch/found"
	[ $status -eq 1 ] && grep -q '^# nothing else runs: no nested VMX: ' "$scratch/found" &&
		grep -v '^# nothing' "$scratch/found" | diff "$scratch/alone" -
}
if timeout 20 ./trapline run --build="$scratch" --platform=kvm list | grep -q 'SKIP no nested VMX'; then
	passes "a mistake fails the run where there is no KVM as well" lacks_kvm
	cp "$scratch/found" "$scratch/streams/kvm"
	tells "... and is the whole report if no other scenario was given" 1 --platform=kvm "$bad" \
		<"$scratch/alone"
fi

# --- Mistakes in JUnit files and annotations ---

plays_all
in_junit() {
	run_machine "$good" "$bad" --junit="$scratch/junit.xml" >/dev/null
	tests/host/junit_reader.py "$scratch/junit.xml" >"$scratch/read"
	cat "$scratch/read"
	grep -q ': 2 tests, 0 failures, 1 errors, 0 skipped$' "$scratch/read" &&
		grep -q "^command bad error 'error: permissions are written like r-x or rw-, not r'\$" \
			"$scratch/read" &&
		grep -q "	# $scratch/bad.asm:4: error: no exit is called vmcal" "$scratch/read"
}
passes "a mistake is an error in JUnit" in_junit
in_junit_alone() {
	run_machine "$bad" --junit="$scratch/junit.xml" >/dev/null
	tests/host/junit_reader.py "$scratch/junit.xml" | tee "$scratch/read" |
		grep -x "suite 'trapline on command': 1 tests, 0 failures, 1 errors, 0 skipped"
	cat "$scratch/read"
	! grep the_report_is_whole "$scratch/read"
}
passes "... also if there is no other scenario" in_junit_alone

mkdir "$scratch/my ü"
cp "$scratch/bad.asm" "$scratch/my ü"
annotated() {
	GITHUB_WORKSPACE="$scratch" run_machine "$good" --scenario="$scratch/my ü/bad.asm" --annotations \
		2>"$scratch/errors" >/dev/null
	cat "$scratch/errors"
	echo "::error file=my ü/bad.asm,line=3,title=bad::error: permissions are written like r-x or" \
		"rw-, not r" | diff - "$scratch/errors"
}
passes "a mistake is annotated on its line" annotated

# --- Any message of the assembler makes one verdict in ASCII ---

# says TEXT REPORTED: the assembler prints TEXT as an error, and the report has it as REPORTED.
says() {
	printf '%%error %s\n' "$1" >"$scratch/said.asm"
	run_machine --scenario="$scratch/said.asm" >"$scratch/found" 2>"$scratch/errors"
	status=$?
	cat "$scratch/found" "$scratch/errors"
	[ $status -eq 1 ] && ! LC_ALL=C grep -q '[^ -~]' "$scratch/found" &&
		grep -qF "# $scratch/said.asm:1: error: $2" "$scratch/found" && is_one_error "$scratch/found"
}

# is_one_error FILE: the runner's own reader, prove's parser and the rules of kunit.py each find one
# failure in the report.
is_one_error() {
	PYTHONPATH=tests python3 -B -c '
import sys
from command.results import load
print(*(result.outcome for result in load(sys.argv[1]).all))' "$1" | grep -x error &&
		is_tap "$1" 'failed 1, todo 0, skipped 0' &&
		tests/host/ktap_reader.py "$1" | grep 'failed: 1$'
}

# is_tap FILE [COUNTS]: prove's parser accepts the report, and counts so.
is_tap() {
	perl -MTAP::Parser -e '
		local $/;
		my $parser = TAP::Parser->new({ tap => scalar <STDIN> });
		$parser->run;
		print "parse error: $_\n" for $parser->parse_errors;
		printf "failed %d, todo %d, skipped %d\n", scalar $parser->failed, scalar $parser->todo,
			scalar $parser->skipped;
		exit scalar $parser->parse_errors' <"$1" >"$scratch/parsed"
	status=$?
	cat "$scratch/parsed"
	[ $status -eq 0 ] && grep -F "$2" "$scratch/parsed"
}

plays_all
passes "a message with the directive SKIP in it is an error" says \
	'it is late # SKIP this' 'it is late # SKIP this'
passes "... one with the directive TODO, too" says 'it is late # TODO tomorrow' 'it is late # TODO tomorrow'
passes "... one with a number sign at its end, too" says 'this is no #' 'this is no #'
passes "... one that is not UTF-8, too" says "caf$(printf '\351') closed" 'caf\xe9 closed'
passes "... one with characters that steer a terminal, too" says \
	"$(printf '\033[31mred\a')" '\x1b[31mred\x07'
passes "... one that is UTF-8, too" says "caf$(printf '\303\251')" 'caf\xc3\xa9'

all_are_tap() {
	set -- "$scratch"/streams/*
	[ $# -gt 8 ] || return 1
	for each; do
		is_tap "$each" || { cat "$each"; return 1; }
	done
}
passes "prove's parser accepts each of the reports above" all_are_tap

# --- Files ---

# refuses MESSAGE COMMAND WORD...: trapline prints only this message, and ends with status 2.
refuses() {
	message=$1
	shift
	(cd "$scratch" && "$OLDPWD/trapline" "$@") >"$scratch/found" 2>&1
	status=$?
	echo "trapline $1: $message" | diff - "$scratch/found" && [ $status -eq 2 ]
}
ln -s good.asm "$scratch/link.asm"
passes "a scenario that is given twice is refused" refuses \
	"--scenario=good.asm and --scenario=good.asm are one file" \
	run --platform=tcg --scenario=good.asm --scenario=good.asm
passes "... by two paths, too" refuses \
	"--scenario=good.asm and --scenario=./good.asm are one file" \
	run --platform=tcg --scenario=good.asm --scenario=./good.asm
passes "... by a symbolic link, too" refuses \
	"--scenario=link.asm and --scenario=good.asm are one file" \
	run --platform=tcg --scenario=link.asm --scenario=good.asm

cp "$scratch/good.asm" "$scratch/sp ace.asm"
cp "$scratch/good.asm" "$scratch/sp_ace.asm"
no_name="a scenario is called by letters, digits and - . / _; not sp ace"
has_no_name() {
	run_machine --scenario="$scratch/sp ace.asm" "$@" >"$scratch/found" 2>&1
	status=$?
	cat "$scratch/found"
	[ $status -eq 1 ] && grep -qE "^not ok [12] - (.*/)?sp_ace # ERROR $scratch/sp ace.asm:2: \
error: $no_name\$" "$scratch/found"
}
passes "a file name that no scenario can have is an ERROR, with the reason" has_no_name
passes "... also beside a file with almost the same name" has_no_name \
	--scenario="$scratch/sp_ace.asm"

passes "assemble without a file is refused" refuses \
	"the following arguments are required: FILE" assemble
passes "a missing file is refused" refuses \
	"none.asm: No such file or directory" assemble good.asm none.asm
passes "two sources with the same output file are refused" refuses \
	"good.asm and my ü/../good.asm would both be made/good.bin" \
	assemble good.asm "my ü/../good.asm" --into=made
passes "--into= with a file that is no folder is refused" refuses \
	"good.asm: File exists" assemble fine.asm --into=good.asm

passes "--untwisted without a scenario is refused" refuses \
	"--untwisted runs the twins of scenarios: give them by --scenario=FILE.asm" run --untwisted
passes "... and with one that is assembled already" refuses \
	"--untwisted takes the source of a scenario, which ends in .asm: made.bin" \
	run --untwisted --scenario=good.asm --scenario=made.bin

# makes_twins: a twin stands beside its source, or where --into= says, by its own name.
makes_twins() {
	sed 's/^\tvmcall/\ttwist&/' "$scratch/good.asm" >"$scratch/twisted.asm"
	./trapline assemble --untwisted "$scratch/twisted.asm" &&
		./trapline assemble --untwisted --into="$scratch/twins" "$scratch/twisted.asm" &&
		cmp "$scratch/twisted.untwisted.bin" "$scratch/twins/twisted.untwisted.bin" &&
		grep -aq 'twisted\.untwisted' "$scratch/twisted.untwisted.bin"
}
passes "a twin is a file of its own" makes_twins

# fails MESSAGE WORD...: trapline assemble prints only this message, and ends with status 1.
fails() {
	message=$1
	shift
	./trapline assemble "$@" >"$scratch/found" 2>&1
	status=$?
	echo "$message" | diff - "$scratch/found" && [ $status -eq 1 ]
}
passes "an output file in a missing folder is reported" fails \
	"$scratch/good.asm: fatal: unable to open output file \`$scratch/none/good.bin'" \
	"$scratch/good.asm" "$scratch/none/good.bin"
passes "an output file that is a folder is reported" fails \
	"$scratch/good.asm: fatal: unable to open output file \`$scratch/my ü'" \
	"$scratch/good.asm" "$scratch/my ü"

cp "$scratch/good.asm" "$scratch/-x.asm"
assembles_dash() {
	(cd "$scratch" && "$OLDPWD/trapline" assemble -x.asm && "$OLDPWD/trapline" assemble -x.asm -y.bin) &&
		cmp "$scratch/-x.bin" "$scratch/-y.bin"
}
passes "a file whose name begins with a dash is assembled" assembles_dash

assembles_odd() {
	odd="$scratch/it's, (ü) #1"
	mkdir "$odd"
	cp "$scratch/good.asm" "$odd"
	./trapline assemble "$odd/good.asm" && tail -c +1 "$odd/good.bin" | grep -aF "it's, (\\xc3\\xbc) #1"
}
passes "the folder of a scenario may have any name, and is reported in ASCII" assembles_odd
plan
