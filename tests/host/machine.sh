# machine.sh -- shell scripts as machines, for tests of the runner; needs tap.sh before it
#
#       machine                         makes $scratch/machine of the script on standard input;
#                                       `version` there begins a report, and `told from=3` is true
#                                       if that word stands in the kernel command line
#       run_machine [option...]         runs the runner with that machine
#       tells "claim" STATUS [option...]
#                                       run_machine must print what stands on standard input, but
#                                       for the line about modules, and end with the status
#
# shellcheck shell=sh
# shellcheck disable=SC2154 # tap.sh sets scratch

touch "$scratch/trapline.elf" "$scratch/suite.bin" "$scratch/trapline.iso"

machine() {
	{
		echo '#!/bin/sh'
		# shellcheck disable=SC2016 # it is the machine that expands them
		echo 'modules=$2 words=$3'
		# shellcheck disable=SC2016
		echo 'told() { case " $words " in *" $1 "*) ;; *) false; esac; }'
		echo 'version() { echo "TAP version 13"; loaded; }'
		# shellcheck disable=SC2016
		echo 'loaded() { [ ! -s "$modules" ] || echo "# modules: $(wc -c <"$modules") bytes"; }'
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
	sed -i '/^# modules: [0-9]* bytes$/d' "$scratch/found"
	diff -u "$scratch/expected" "$scratch/found" || return 1
	[ $found -eq "$status" ] || { echo "status $found, expected $status"; return 1; }
}

tells() {
	claim=$1
	shift
	passes "$claim" same_output "$@"
}
