#!/bin/sh
# refusals.t -- trapline run refuses options that it cannot carry out, and says what is allowed

. tests/host/tap.sh
. tests/host/machine.sh

machine <<'E_'
version
echo "1..1"
echo "ok 1 - a/first"
echo "# summary 1 passed, 0 failed"
E_

# refuses MESSAGE OPTION...: trapline run prints only this message, ends with status 2, and starts
# no machine.
refuses() {
	message=$1
	shift
	run_machine "$@" >"$scratch/found" 2>&1
	status=$?
	echo "trapline run: $message" | diff - "$scratch/found" && [ $status -eq 2 ]
}

mkfifo "$scratch/pipe"
keeps_pipe() {
	refuses "$scratch/pipe cannot be written: it is there, and no regular file" \
		--junit="$scratch/pipe" && [ -p "$scratch/pipe" ]
}
passes "a JUnit file replaces only a regular file" keeps_pipe

for seconds in 0 -1 nan inf 1e+300; do
	passes "--timeout=$seconds is refused" refuses \
		"--timeout=$seconds: more than 0 seconds have to be waited, and up to 1000000" \
		--timeout=$seconds
done

# A variable that is not set leaves --junit= in a script, and the report would be missed much later.
for option in $(./trapline run --help | sed -n 's/^ *\(--[a-z-]*\) [A-Z].*/\1/p'); do
	passes "$option= without a value is refused" refuses \
		"$option= has no value; give one, or leave the option out" "$option="
done
passes "--memory=0 is refused" refuses \
	"--memory=0: a machine has 1 MiB at least" --memory=0

mkdir "$scratch/folder" "$scratch/folder.asm" "$scratch/folder.bin"
for option in module known scenario; do
	passes "--$option= with a missing file is refused" refuses \
		"--$option=$scratch/none.bin: No such file or directory" --$option="$scratch/none.bin"
	passes "... and so is a folder" refuses \
		"--$option=$scratch/folder.bin: Is a directory" --$option="$scratch/folder.bin"
done
passes "a missing source is refused" refuses \
	"--scenario=$scratch/none.asm: No such file or directory" --scenario="$scratch/none.asm"
passes "... and so is a folder that is named like a source" refuses \
	"--scenario=$scratch/folder.asm: Is a directory" --scenario="$scratch/folder.asm"

echo 'dd 0' >"$scratch/other.asm"
# is_error NAME MESSAGE OPTION...: the run has this test with ERROR and this message.
is_error() {
	name=$1 message=$2
	shift 2
	run_machine "$@" >"$scratch/found" 2>&1
	[ $? -eq 1 ] && grep -qx "# $message" "$scratch/found" &&
		grep -x "not ok [12] - $name # ERROR $message" "$scratch/found"
}
passes "a source that assembles to no scenario is an ERROR" is_error other \
	"$scratch/other.asm is no scenario: see docs/scenarios.md for what makes one" \
	--scenario="$scratch/other.asm"
echo 'dd 0' >"$scratch/other.bin"
passes "for a file that is no scenario --module= is proposed" is_error other \
	"$scratch/other.bin is no scenario, or damaged; --module=$scratch/other.bin boots it all the same" \
	--scenario="$scratch/other.bin"

passes "a missing program is refused as a platform" refuses \
	"--platform=command:$scratch/none: there is no such program" --platform="command:$scratch/none"
passes "a program in this folder needs a path, as in a shell" refuses \
	"--platform=command:README.md: there is no such program" --platform=command:README.md
passes "a file that is not executable is refused as a platform" refuses \
	"--platform=command:./README.md: there is no such program" --platform=command:./README.md
echo 'echo no interpreter' >"$scratch/text"
chmod +x "$scratch/text"
passes "a program that the system cannot execute is named" refuses \
	"$scratch/text: Exec format error" --platform="command:$scratch/text"

passes "an ISO takes no words" refuses \
	"--iso boots the ISO, which takes no words, scenarios or modules: run=a/*" \
	--iso 'run=a/*'
passes "... and no modules" refuses \
	"--iso boots the ISO, which takes no words, scenarios or modules: $scratch/other.bin" \
	--iso --module="$scratch/other.bin"
passes "UEFI boots the ISO alone" refuses \
	"--firmware=uefi boots the ISO, which takes no words, scenarios or modules: log=quiet" \
	--platform=tcg --firmware=uefi log=quiet

# full OPTION...: the runner fails because no file may be larger than one block.  Standard output
# and standard error are pipes, which have no such limit.
full() {
	(
		ulimit -f 1
		./trapline run --build="$scratch" --platform="command:$scratch/machine" "$@" 2>&1
	) | cat >"$scratch/found"
	grep -x 'trapline run: File too large' "$scratch/found"
}
head -c 2000 /dev/zero >"$scratch/large.bin"
passes "a full disk is reported, though the system names no file" full --module="$scratch/large.bin"
machine <<'E_'
version
echo "1..1"
seq -f '# line %g' 200
echo "not ok 1 - a/first"
echo "# summary 0 passed, 1 failed"
E_
passes "... also when the results are written" full --junit="$scratch/junit"

# shellcheck disable=SC2016 # no command
no_bench() {
	BUILD=/nowhere timeout 20 tests/tools/bench >"$scratch/found" 2>&1
	[ $? -eq 1 ] && printf '%s\n' 'trapline run: there is no /nowhere/suite.bin; `make` builds it' \
		'bench: trapline run reports no costs' | diff - "$scratch/found"
}
passes "bench fails if trapline run does" no_bench
plan
