#!/bin/sh
# iso.t -- the ISO holds every test, and is small

. tests/host/tap.sh

timeout 100 ./trapline run --platform=bochs --build="$BUILD" list | sed -n 's|^# \([^ ,]*\)$|\1|p' \
	>"$scratch/names"

runs_all_that_is_listed() {
	timeout 600 ./trapline run --platform=bochs --build="$BUILD" --iso >"$scratch/report"
	sed -n 's/^\(not \)*ok [0-9]* - \([^ ]*\).*/\2/p' "$scratch/report" |
		diff "$scratch/names" - && [ -s "$scratch/names" ]
}

lists_every_scenario() {
	(cd tests/scenarios && find . -name '*.asm') | sed 's|^\./||; s|\.asm$||' |
		grep -vxFf "$scratch/names" | { ! grep .; }
}

is_small() {
	size=$(stat -c %s "$BUILD/trapline.iso")
	echo "$size bytes"
	[ "$size" -le $((9 << 19)) ]
}

passes "list names every scenario of the tree" lists_every_scenario
passes "the ISO runs every test that list names" runs_all_that_is_listed
passes "the ISO takes no more than 4.5 MiB" is_small
plan
