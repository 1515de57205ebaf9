# tap.sh -- for tests written in sh: `. tests/host/tap.sh` from the top folder
#
#       passes "claim" COMMAND...       ok if the command ends with 0; shows what it printed if not;
#                                       a # in a claim would begin a directive of TAP: it fails
#       plan                            at the end of the test: prints how many claims it had
#
# $scratch is a folder that is removed when the test ends; $BUILD is the build folder.
# shellcheck shell=sh

# These variables are meant for the caller of the test.  What the test runs must not obey them.
unset MAKEFLAGS MAKELEVEL MFLAGS GITHUB_ACTIONS WERROR

: "${BUILD:=build}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 143' TERM
number=0

echo 'TAP version 13'

passes() {
	case $1 in
	*'#'*) set -- "a claim has no number sign, as $(echo "$1" | tr '#' '_') has" false ;;
	esac
	claim=$1
	shift
	number=$((number + 1))
	if "$@" >"$scratch/said" 2>&1; then
		echo "ok $number - $claim"
	else
		awk '{ print "# " $0 }' "$scratch/said"          # adds a missing newline
		echo "not ok $number - $claim"
	fi
}

plan() {
	echo "1..$number"
}
