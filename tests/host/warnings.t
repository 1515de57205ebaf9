#!/bin/sh
# warnings.t -- what a compiler warns of is shown, but only with WERROR=1 does it stop a build

. tests/host/tap.sh
. tests/host/tree.sh

tree=$scratch/tree
copy_tree "$tree"

# built WORD...: runs make with these words in the copy of the tree; what make says is then in the
# file `made`.
built() {
	timeout 200 make --no-print-directory -C "$tree" "$@" >"$scratch/made" 2>&1
	status=$?
	cat "$scratch/made"
	return "$status"
}

# shown KIND: the last build showed one message of this kind, `warning` or `error`, for the file.
shown() {
	[ "$(grep -c "$file:[0-9:]* $1: " "$scratch/made")" -eq 1 ]
}

with_warning() { built "$target" && shown warning; }
silent() { built "$target" && [ ! -s "$scratch/made" ]; }
refused() { ! built WERROR=1 "$target" && shown error; }
mended() { cp "$file" "$tree/$file" && built WERROR=1 "$target"; }

# stops_with_werror FILE TARGET TEXT: with the text in the file the target is built, but not with
# WERROR=1.
stops_with_werror() {
	file=$1
	target=$2
	echo "$3" >>"$tree/$file"
	passes "a warning for $file is shown, and builds $target" with_warning
	passes "... and is not shown again where nothing is to be built" silent
	passes "... and is an error with WERROR=1, though the file is built already" refused
	passes "... and once mended, it builds with WERROR=1" mended
}

stops_with_werror kernel/print.c all 'static int unused;'
stops_with_werror kernel/boot.asm all '%warning "here"'
stops_with_werror tests/scenarios/ept/write_to_read_only_page.asm all '%warning "here"'
stops_with_werror iso/loader.asm all '%warning "here"'
stops_with_werror tests/host/print_test.c build/host/print_test 'static int unused;'

werror_0() {
	echo 'static int unused;' >>"$tree/kernel/print.c"
	built WERROR=0 all
}
passes "WERROR=0 is none" werror_0
plan
