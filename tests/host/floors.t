#!/bin/sh
# floors.t -- what the layout promises: folders are floors, headers say what they are for,
# functions are short

. tests/host/tap.sh

# drivers < kernel < ept < vmx < tests; tests/host may use all, like the other programs of tests/.
looks_down_only() {
	find drivers kernel ept vmx tests -path tests/scenarios -prune -o -path tests/mistakes -prune \
		-o -path tests/host/dumps -prune \
		-o \( -name '*.[ch]' -o -name '*.asm' \) -exec awk '
		BEGIN {
			count = split("drivers kernel ept vmx tests", names)
			for (i = 1; i <= count; i++)
				floor[names[i]] = i
		}
		/^[#%]include "/ {
			split(FILENAME, here, "/")
			split($2, there, /["\/]/)
			if (!(there[2] in floor))
				print FILENAME ":" FNR ": " $0 " names no folder"
			else if (floor[there[2]] > floor[here[1]])
				print FILENAME ":" FNR ": " $0 " looks up"
		}' {} + | nothing
}

knows_the_language_only() {
	grep -n '#include <' drivers/*.[ch] | grep -vE '<std(int|def|bool|arg)\.h>' | nothing
}

says_what_it_is_for() {
	find drivers kernel ept vmx tests -name '*.h' | while read -r header; do
		name=$(basename "$header")
		head -1 "$header" | grep -q "^/\* $name -- ." || echo "$header: first line"
		guard=$(echo "$name" | tr 'a-z.' 'A-Z_')
		grep -q "^#ifndef $guard\$" "$header" || echo "$header: no include guard $guard"
	done | nothing
}

is_short() {
	find drivers kernel ept vmx tests -name '*.c' -exec awk '
		/^[a-zA-Z].*\)$/ { name = $0 }
		/^{/ { start = FNR }
		/^}/ && start {
			if (FNR - start - 1 > 40)
				print FILENAME ":" start ": " FNR - start - 1 " lines: " name
			start = 0
		}' {} + | nothing
}

# Passes what comes in on, and fails if anything did.
nothing() {
	! grep .
}

passes "a folder includes from itself and from below" looks_down_only
passes "drivers know nothing but the language" knows_the_language_only
passes "a header says what it is for, and has its guard" says_what_it_is_for
passes "no function is longer than 40 lines" is_short
plan
