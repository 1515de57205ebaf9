#!/bin/sh
# refusals.t -- what trapline run says to options that it cannot carry out, and what is allowed

. tests/host/tap.sh
. tests/host/machine.sh

machine <<'E_'
version
echo "1..1"
echo "ok 1 - a/first"
echo "# summary 1 passed, 0 failed"
E_

# refuses MESSAGE OPTION...: with status 2, and before any machine starts
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
passes "what is no regular file is not replaced by a JUnit file" keeps_pipe

for seconds in 0 -1 nan inf 1e+300; do
	passes "no patience is $seconds seconds" refuses \
		"--timeout=$seconds: more than 0 seconds have to be waited, and up to 1000000" \
		--timeout=$seconds
done
passes "a machine has to have some memory" refuses \
	"--memory=0: a machine has 1 MiB at least" --memory=0

mkdir "$scratch/folder" "$scratch/folder.asm" "$scratch/folder.bin"
for option in module known scenario; do
	passes "--$option= is a file that is there" refuses \
		"--$option=$scratch/none.bin: No such file or directory" --$option="$scratch/none.bin"
	passes "... and no folder" refuses \
		"--$option=$scratch/folder.bin: Is a directory" --$option="$scratch/folder.bin"
done
passes "a source that is not there is not assembled" refuses \
	"--scenario=$scratch/none.asm: No such file or directory" --scenario="$scratch/none.asm"
passes "nor is a folder" refuses \
	"--scenario=$scratch/folder.asm: Is a directory" --scenario="$scratch/folder.asm"

echo 'dd 0' >"$scratch/other.asm"
# is_error NAME MESSAGE OPTION...: that test alone is at fault.
is_error() {
	name=$1 message=$2
	shift 2
	run_machine "$@" >"$scratch/found" 2>&1
	[ $? -eq 1 ] && grep -qx "# $message" "$scratch/found" &&
		grep -x "not ok [12] - $name # ERROR $message" "$scratch/found"
}
passes "a source that makes no scenario is named" is_error other \
	"$scratch/other.asm is no scenario: see docs/scenarios.md for what makes one" \
	--scenario="$scratch/other.asm"
echo 'dd 0' >"$scratch/other.bin"
passes "a file that is no scenario can be a module all the same" is_error other \
	"$scratch/other.bin is no scenario, or damaged; --module=$scratch/other.bin boots it all the same" \
	--scenario="$scratch/other.bin"

passes "a program that is not there is no platform" refuses \
	"--platform=command:$scratch/none: there is no such program" --platform="command:$scratch/none"
passes "a program in this folder has a path, as in a shell" refuses \
	"--platform=command:README.md: there is no such program" --platform=command:README.md
passes "nor is a file that cannot be executed a platform" refuses \
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

# full OPTION...: no file takes more than a block; standard output and error are pipes, which can
full() {
	(
		ulimit -f 1
		./trapline run --build="$scratch" --platform="command:$scratch/machine" "$@" 2>&1
	) | cat >"$scratch/found"
	grep -x 'trapline run: File too large' "$scratch/found"
}
head -c 2000 /dev/zero >"$scratch/large.bin"
passes "a full disk is told, though no file can be named" full --module="$scratch/large.bin"
machine <<'E_'
version
echo "1..1"
seq -f '# line %g' 200
echo "not ok 1 - a/first"
echo "# summary 0 passed, 1 failed"
E_
passes "... and where results are to be written" full --junit="$scratch/junit"

# shellcheck disable=SC2016 # no command
no_bench() {
	BUILD=/nowhere timeout 20 tests/tools/bench >"$scratch/found" 2>&1
	[ $? -eq 1 ] && printf '%s\n' 'trapline run: there is no /nowhere/suite.bin; `make` builds it' \
		'bench: trapline run reports no costs' | diff - "$scratch/found"
}
passes "where nothing runs nothing has a cost" no_bench
plan
