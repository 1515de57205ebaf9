#!/bin/sh
# refusals.t -- what tests/run says to options that it cannot carry out: which one, and what is allowed

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
	timeout 20 tests/run --build="$scratch" --platform="command:$scratch/machine" "$@" \
		>"$scratch/found" 2>&1
	status=$?
	echo "run: $message" | diff - "$scratch/found" && [ $status -eq 2 ]
}

mkfifo "$scratch/pipe"
keeps_pipe() {
	refuses "$scratch/pipe cannot be written: it is there, and no regular file" \
		--junit="$scratch/pipe" && [ -p "$scratch/pipe" ]
}
passes "what is no regular file is not replaced by a JUnit file" keeps_pipe
plan
