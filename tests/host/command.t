#!/bin/sh
# command.t -- the command line of trapline: it has help, and it refuses every unknown word and
# proposes the nearest known one

. tests/host/tap.sh
. tests/host/machine.sh

# gives STATUS PATTERN COMMAND...: the command ends with this status, and prints a line like
# PATTERN.
gives() {
	expected=$1 pattern=$2
	shift 2
	timeout 60 "$@" >"$scratch/found" 2>"$scratch/errors"
	status=$?
	cat "$scratch/found" "$scratch/errors"
	[ $status -eq "$expected" ] || { echo "status $status, expected $expected"; return 1; }
	cat "$scratch/found" "$scratch/errors" | grep -qx -- "$pattern" ||
		{ echo "expected a line: $pattern"; return 1; }
}

# refuses PATTERN COMMAND...: the command ends with status 2, and prints only one line, on standard
# error.
refuses() {
	gives 2 "$@" && [ ! -s "$scratch/found" ] && [ "$(wc -l <"$scratch/errors")" -eq 1 ]
}

# --- Help ---

passes "without arguments it prints its usage, and fails" \
	gives 2 'usage: trapline COMMAND .*' ./trapline
for word in help --help -h; do
	passes "trapline $word prints the usage, and succeeds" \
		gives 0 'usage: trapline COMMAND .*' ./trapline $word
done
for command in run list compare explain assemble debug; do
	passes "the usage names $command" gives 0 "  $command .*" ./trapline --help
	passes "trapline $command --help shows an example" \
		gives 0 "  trapline $command .*" ./trapline $command --help
done
explains_the_same() {
	./trapline list --help >"$scratch/by_option" && ./trapline help list |
		diff "$scratch/by_option" -
}
passes "trapline help list is trapline list --help" explains_the_same

# --- Unknown words ---

passes "a misspelt command is refused, and the right one proposed" refuses \
	'trapline: there is no command rnu; did you mean run? Allowed are run, list, .*' ./trapline rnu
passes "... also after the word help" refuses \
	'trapline: there is no command asemble; did you mean assemble? .*' ./trapline help asemble
passes "a misspelt option in a command's place is refused, and the right one proposed" refuses \
	'trapline: there is no command --hlep; did you mean --help? .*' ./trapline --hlep
while read -r command wrong right; do
	passes "$command $wrong is refused, and $right proposed" refuses \
		"trapline $command: there is no option $wrong; did you mean $right? Allowed are .*" \
		./trapline "$command" "$wrong=x"
done <<'E_'
run --platfrom --platform
run --Platform --platform
run --sceanrio --scenario
list --claim --claims
compare --tolerence --tolerance
explain --capabilites --capabilities
assemble --inot --into
debug --modul --module
E_
passes "an option that resembles none is refused, and all options are named" refuses \
	'trapline compare: there is no option --zzz; allowed are --help, --tolerance, --verdicts' \
	./trapline compare a b --zzz
passes "an option without its value is refused" refuses \
	'trapline run: argument --cpu: expected one argument' ./trapline run --cpu
passes "one argument too many is refused, and named" refuses \
	"trapline compare: 'c' is one word too many; \`trapline compare --help\` tells which it takes" \
	./trapline compare a b c
passes "a misspelt platform is refused, and the right one proposed" refuses \
	"trapline run: there is no platform 'boch'; did you mean bochs? Allowed are auto, .*" \
	./trapline run --platform=boch
passes "... for the debugger, too" refuses \
	"trapline debug: there is no platform 'tgc'; did you mean tcg? Allowed are auto, .*" \
	./trapline debug --platform=tgc
passes "a misspelt firmware is refused, and the right one proposed" refuses \
	"trapline run: there is no firmware 'uefy'; did you mean uefi? Allowed are bios, uefi" \
	./trapline run --firmware=uefy
newline='
'
for option in cpu machine host-cpu; do
	passes "--$option= with a newline is refused" refuses \
		"trapline run: --$option='a\\\\nb': a name is made of printable ASCII characters" \
		./trapline run --platform=tcg --$option="a${newline}b"
	passes "--$option= beyond ASCII is refused" refuses \
		"trapline run: --$option='ü': a name is made of printable ASCII characters" \
		./trapline run --platform=tcg --$option=ü
done

# --- Words for the kernel ---

machine <<'E_'
version
echo "# words: $words"
echo "1..2"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# start 2 - a/second"
echo "not ok 2 - a/second"
echo "# summary 1 passed, 1 failed, 0 skipped"
E_

# proposes PROPOSAL WORD: standard error has this proposal, but the kernel is given the word anyway.
proposes() {
	run_machine "$2" >"$scratch/found" 2>"$scratch/errors"
	echo "trapline: the kernel takes no word '$2'; did you mean $1" >"$scratch/expected"
	cat "$scratch/errors"
	grep -qF "$(cat "$scratch/expected")" "$scratch/errors" &&
		[ "$(wc -l <"$scratch/errors")" -eq 1 ] && grep -qxF "# words: $2" "$scratch/found"
}
passes "a misspelt word for the kernel is reported at once, and the right one proposed" \
	proposes 'log=? Allowed are run=, from=, to=, ' lgo=full
passes "... a misspelt value, too" proposes 'log=full? Allowed are log=full, log=scenario, ' log=ful
passes "... an order, too" proposes 'order=random? Allowed are order=plan, ' order=rnadom
passes "... a word in capitals, too" proposes 'run=?' 'RUN=a/*'
passes "for a scenario among the words the option --scenario= is proposed" \
	proposes '--scenario=store.asm?' store.asm

takes_right_words() {
	run_machine 'run=a/*' from=1 to=2 order=given times=1 log=full log=scenario log=failures \
		log=quiet seed=7 count=2 except= bench list >"$scratch/found" 2>"$scratch/errors"
	cat "$scratch/errors"
	[ ! -s "$scratch/errors" ]
}
passes "right words are accepted without a message" takes_right_words

has_kernels_words() {
	sed -nE 's/.*word_is\((key|word), "([a-z]+)"\).*/\2/p' tests/report/options.c | sort -u \
		>"$scratch/kernel"
	for key in log order; do
		name=$(echo $key | tr '[:lower:]' '[:upper:]')
		grep -oE "\\[${name}_[A-Z]+\\] = \"[a-z]+\"" tests/report/options.c |
			sed "s/.*\"\\(.*\\)\"/$key=\\1/" | sort
	done >>"$scratch/kernel"
	PYTHONPATH=tests python3 -B -c '
from command.words import VALUES, WORDS
print(*sorted(word.rstrip("=") for word in WORDS), sep="\n")
print(*sorted(VALUES["log="] + VALUES["order="]), sep="\n")' | diff "$scratch/kernel" -
}
passes "the right words are those that the kernel's own parser takes" has_kernels_words

# --- make ---

by_make="make --no-print-directory BUILD=$BUILD"

# make_refuses PATTERN WORD...: as refuses, for make with these words.
make_refuses() {
	pattern=$1
	shift
	# shellcheck disable=SC2086 # a command of several words
	refuses "GNUmakefile:[0-9]*: \*\*\* $pattern  Stop\." $by_make "$@"
}
passes "a misspelt variable of make is refused, and the right one proposed" make_refuses \
	'there is no variable SCENARIOS; did you mean SCENARIO? Allowed are SCENARIO, RUN, .*' \
	run SCENARIOS=x.asm
passes "... one with two letters exchanged" make_refuses \
	'there is no variable KNWON; did you mean KNOWN? .*' run KNWON=x
passes "... one in small letters" make_refuses \
	'there is no variable known; did you mean KNOWN? .*' run known=x
passes "... one with a quote" make_refuses \
	"there is no variable RU'N; did you mean RUN? .*" "RU'N=x"
passes "a variable that resembles none is refused, and all variables are named" make_refuses \
	'there is no variable CFLAGS; allowed are SCENARIO, .*' CFLAGS=-O3
passes "a misspelt target is refused, and the right one proposed" make_refuses \
	'there is no target chekc; did you mean check? Allowed are all, .*' chekc
passes "... also among right ones" make_refuses \
	'there is no target isso; did you mean iso? .*' all isso
passes "BUILD= with a space is refused, because make cannot use such a folder" make_refuses \
	"BUILD='a b': make knows no folder whose name holds a space\." BUILD='a b'

mkdir "$scratch/it's a folder"
printf '%s\n' 'a/second | always | the flag is lost | EPT Violations' >"$scratch/it's a folder/my list"
known_by_make() {
	# shellcheck disable=SC2086 # a command of several words
	gives 0 'not ok 2 - a/second # TODO the flag is lost' \
		$by_make run PLATFORM="command:$scratch/machine" KNOWN="$scratch/it's a folder/my list"
}
printf '#!/bin/sh\necho "TAP version 13"\necho 1..1\nexec sleep 100\n' >"$scratch/sleeper"
chmod +x "$scratch/sleeper"
over_by_make() {
	# shellcheck disable=SC2086 # a command of several words
	gives 2 '# the limit of 3 seconds for the whole run is over' \
		$by_make run PLATFORM="command:$scratch/sleeper" LIMIT=3
}
passes "make run LIMIT= bounds the run" over_by_make
passes "make run KNOWN= takes a list from a folder with a space in its name" known_by_make
passes "a misspelt platform fails make run, and the right one is proposed" gives 2 \
	"trapline run: there is no platform 'boch'; did you mean bochs? .*" \
	make --no-print-directory run BUILD="$BUILD" PLATFORM=boch

# --- Names of files ---

machine <<'E_'
version
echo "# module: $(cat "$2")"
echo "1..1"
echo "# start 1 - a/second"
echo "not ok 1 - a/second"
echo "# summary 0 passed, 1 failed, 0 skipped"
E_
folder="$scratch/it's a folder"
echo 'what it says' >"$folder/a module, (new).bin"
runs_odd_names() {
	gives 0 '# module: what it says' ./trapline run --build="$scratch" \
		--platform="command:$scratch/machine" --module="$folder/a module, (new).bin" \
		--known="$folder/my list" --junit="$folder/the results, ü.xml" &&
		tests/host/junit_reader.py "$folder/the results, ü.xml" | grep 'known failure: the flag is lost'
}
passes "module, list and JUnit file may have spaces, quotes and more in their names" runs_odd_names

cp "$scratch/found" "$folder/one, a.log"
sed 's/^not ok/ok/' "$scratch/found" >"$folder/\$two (b).log"
passes "make compare takes reports with such names" gives 2 \
	'  a/second: failed (the flag is lost) | passed' \
	make --no-print-directory compare A="$folder/one, a.log" B="$folder/\$two (b).log"
plan
