# tap.sh -- for tests written in sh: `. tests/host/tap.sh` from the top folder
#
#       passes "claim" COMMAND...       ok if the command ends with 0; shows what it printed if not
#       plan                            at the end: how many there were
#
# $scratch is a folder that goes away with the test, $BUILD where things were built.
# shellcheck shell=sh

# What a test runs is not what the caller of the test asked for.
unset MAKEFLAGS GITHUB_ACTIONS

: "${BUILD:=build}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 143' TERM
number=0

echo 'TAP version 13'

passes() {
	claim=$1
	shift
	number=$((number + 1))
	if "$@" >"$scratch/said" 2>&1; then
		echo "ok $number - $claim"
	else
		awk '{ print "# " $0 }' "$scratch/said"          # ends the last line as well
		echo "not ok $number - $claim"
	fi
}

plan() {
	echo "1..$number"
}
