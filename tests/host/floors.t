#!/bin/sh
# floors.t -- the rules of the layout: folders are floors and rooms, no file depends on itself by
# way of others, C files say what they are for, functions are short

. tests/host/tap.sh

is_built() {
	make -s BUILD="$BUILD" "$BUILD/trapline.elf" "$BUILD/suites.elf"
}

# keeps CHECK: floors.py finds nothing wrong with the tree and its object files.
keeps() {
	tests/host/floors.py --objects="$BUILD" "$1"
}

includes_only_the_language() {
	grep -n '#include <' drivers/*.[ch] | grep -vE '<std(int|def|bool|arg)\.h>' | must_be_empty
}

says_what_it_is_for() {
	find drivers kernel ept vmx tests -name '*.[ch]' | while read -r file; do
		name=$(basename "$file")
		head -1 "$file" | grep -q "^/\* $name -- ." || echo "$file: first line"
	done | must_be_empty
}

has_its_guard() {
	find drivers kernel ept vmx tests -name '*.h' | while read -r header; do
		guard=$(basename "$header" | tr 'a-z.' 'A-Z_')
		grep -q "^#ifndef $guard\$" "$header" || echo "$header: no include guard $guard"
	done | must_be_empty
}

is_short() {
	find drivers kernel ept vmx tests -name '*.[ch]' -exec awk '
		/^[a-zA-Z].*\)$/ { name = $0 }
		/^{/ { start = FNR }
		/^}/ && start {
			if (FNR - start - 1 > 40)
				print FILENAME ":" start ": " FNR - start - 1 " lines: " name
			start = 0
		}' {} + | must_be_empty
}

# Prints its standard input, and fails if there is any.
must_be_empty() {
	! grep .
}

passes "the object files are those of the tree" is_built
passes "a folder depends only on itself and on the floors below" keeps floors
passes "a room of tests/ depends only on the rooms that its row in floors.py names" keeps rooms
passes "tests/ itself holds only folders" keeps top
passes "no file depends on itself by way of others" keeps circles
passes "drivers include only headers of the C language" includes_only_the_language
passes "a C file says in its first line what it is for" says_what_it_is_for
passes "a header has the guard of its name" has_its_guard
passes "no function is longer than 40 lines" is_short
plan
