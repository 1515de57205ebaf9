# machine.sh -- shell scripts as machines, for tests of the runner; needs tap.sh before it
#
#       machine                         makes $scratch/machine of the script on standard input
#       run_machine [option...]         runs the runner with that machine
#       tells "claim" STATUS [option...]
#                                       run_machine must print what stands on standard input, and
#                                       end with the status
#
# shellcheck shell=sh
# shellcheck disable=SC2154 # tap.sh sets scratch

touch "$scratch/trapline.elf" "$scratch/suite.bin" "$scratch/trapline.iso"

# A machine can call `told from=3`, which is true if that word stands in the kernel command line.
machine() {
	{
		echo '#!/bin/sh'
		# shellcheck disable=SC2016 # it is the machine that expands them
		echo 'words=$3'
		# shellcheck disable=SC2016
		echo 'told() { case " $words " in *" $1 "*) ;; *) false; esac; }'
		echo 'version() { echo "TAP version 13"; }'
		cat
	} >"$scratch/machine"
	chmod +x "$scratch/machine"
}

run_machine() {
	timeout 20 ./trapline run --build="$scratch" --platform="command:$scratch/machine" "$@"
}

same_output() {
	status=$1
	shift
	cat >"$scratch/expected"
	run_machine --timeout=1 "$@" >"$scratch/found" 2>"$scratch/errors"
	found=$?
	cat "$scratch/errors"
	diff -u "$scratch/expected" "$scratch/found" || return 1
	[ $found -eq "$status" ] || { echo "status $found, expected $status"; return 1; }
}

tells() {
	claim=$1
	shift
	passes "$claim" same_output "$@"
}
