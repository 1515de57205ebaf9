#!/bin/sh
# mutate.t -- each fault of tests/tools/faults.list and leaks.list still changes one line of its file

. tests/host/tap.sh

# fits FILE SCRIPT: the sed script changes one line of the file.
fits() {
	sed -e "$2" "$1" >"$scratch/changed" || return 1
	diff "$1" "$scratch/changed"
	[ "$(diff "$1" "$scratch/changed" | grep -c '^>')" = 1 ]
}

# all_fit LIST
all_fit() {
	grep -v '^#' "tests/tools/$1.list" >"$scratch/faults"
	[ -s "$scratch/faults" ] || return 1
	while read -r file script; do
		fits "$file" "$script" >"$scratch/difference" 2>&1 ||
			{ echo "$file $script"; cat "$scratch/difference"; }
	done <"$scratch/faults" >"$scratch/misfits"
	cat "$scratch/misfits"
	[ ! -s "$scratch/misfits" ]
}
passes "each fault changes one line" all_fit faults
passes "each leak changes one line" all_fit leaks
plan
