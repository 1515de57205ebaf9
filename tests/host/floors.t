#!/bin/sh
# floors.t -- what the layout promises: folders are floors and rooms, no files depend on each other
# in a circle, C files say what they are for, functions are short

. tests/host/tap.sh

is_built() {
	make -s BUILD="$BUILD" "$BUILD/trapline.elf" "$BUILD/suites.elf"
}

# keeps CHECK: floors.py finds nothing wrong with the tree and the object files made of it
keeps() {
	tests/host/floors.py --objects="$BUILD" "$1"
}

knows_the_language_only() {
	grep -n '#include <' drivers/*.[ch] | grep -vE '<std(int|def|bool|arg)\.h>' | nothing
}

says_what_it_is_for() {
	find drivers kernel ept vmx tests -name '*.[ch]' | while read -r file; do
		name=$(basename "$file")
		head -1 "$file" | grep -q "^/\* $name -- ." || echo "$file: first line"
	done | nothing
}

has_its_guard() {
	find drivers kernel ept vmx tests -name '*.h' | while read -r header; do
		guard=$(basename "$header" | tr 'a-z.' 'A-Z_')
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

passes "the object files are those of the tree" is_built
passes "a folder depends on itself and on the floors below" keeps floors
passes "a room of tests/ depends on the rooms that its row in floors.py names" keeps rooms
passes "tests/ itself holds folders only" keeps top
passes "no file depends on itself by way of others" keeps circles
passes "drivers know nothing but the language" knows_the_language_only
passes "a C file says in its first line what it is for" says_what_it_is_for
passes "a header has the guard of its name" has_its_guard
passes "no function is longer than 40 lines" is_short
plan
