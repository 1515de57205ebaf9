#!/bin/sh
# folders.t -- temporary files, scenarios and the whole tree work in folders of any name

. tests/host/tap.sh
. tests/host/tree.sh

odd="a folder, \"with\" 'all' @ (#1) ü"
scenario=tests/scenarios/ept/write_to_read_only_page.asm

# prints PATTERN COMMAND...: a line that the command prints matches the pattern.
prints() {
	pattern=$1
	shift
	timeout 100 "$@" >"$scratch/found" 2>&1 </dev/null
	cat "$scratch/found"
	grep -qx -- "$pattern" "$scratch/found"
}

# --- Temporary files ---

mkdir "$scratch/$odd"
export TMPDIR="$scratch/$odd"
run="./trapline run --build=$BUILD"
# Waits for the plan only, because the whole suite would take too long.
comes_to_its_plan() {
	# shellcheck disable=SC2086 # a command of several words
	timeout 100 $run --platform=bochs --iso 2>"$scratch/errors" | sed '/^1\.\./q' >"$scratch/found"
	cat "$scratch/found" "$scratch/errors"
	tail -1 "$scratch/found" | grep -x '1\.\.[1-9][0-9]*'
}
# shellcheck disable=SC2086 # a command of several words
{
passes "Bochs boots kernel and scenario from a folder of any name" \
	prints 'ok 1 - ept/write_to_read_only_page' $run --platform=bochs --scenario=$scenario
passes "Bochs boots the ISO from there" comes_to_its_plan
passes "QEMU boots the kernel from there" \
	prints '1\.\.0 # SKIP CPUID.*' $run --platform=tcg log=quiet
passes "QEMU boots the ISO from there" prints '1\.\.0 # SKIP CPUID.*' $run --platform=tcg --iso
}

# `trapline debug` writes its report into the build folder, so it gets a build folder of its own.
built=$scratch/built
mkdir "$built"
for file in trapline.elf suites.elf suite.bin; do
	ln -s "$(realpath "$BUILD")/$file" "$built"
done

# debugs PLATFORM TEXT COMMAND...: the debugger is given these commands, and prints the text.
debugs() {
	platform=$1 text=$2
	shift 2
	printf '%s\n' "$@" | timeout 100 ./trapline debug --build="$built" --platform="$platform" \
		>"$scratch/found" 2>&1
	cat "$scratch/found"
	grep -qF "$text" "$scratch/found"
}
passes "gdb works from there" debugs tcg 'image_room in section .beside of' \
	'info symbol image_room' quit
passes "Bochs' debugger works from there" debugs bochs '(report_start+0' 'lb "report_start"' c q
leaves_nothing() {
	! find "$TMPDIR" -mindepth 1 | grep .
}
passes "none of these runs leaves a file there" leaves_nothing
unset TMPDIR

# --- Scenarios ---

cp $scenario "$scratch/$odd/x.asm"
sed 's/gpa=DATA+8/gpa=DATA+16/' $scenario >"$scratch/$odd/wrong.asm"
cp $scenario "$scratch/$odd/-x.asm"
by_make="make --no-print-directory run PLATFORM=bochs BUILD=$BUILD"
# shellcheck disable=SC2086 # a command of several words
{
passes "make run SCENARIO= takes a scenario from there" \
	prints 'ok 1 - x' $by_make SCENARIO="$scratch/$odd/x.asm"
passes "... and prints file and line of a failure, in ASCII" \
	prints "# $scratch/.* (#1) .xc3.xbc/wrong.asm:[0-9]*: gpa is .*, expected .*" \
	$by_make SCENARIO="$scratch/$odd/wrong.asm"
}
runs_dash() {
	trapline=$PWD/trapline build=$(realpath "$BUILD")
	(cd "$scratch/$odd" && prints "$1" "$trapline" run --platform=bochs --build="$build" "$2" log=quiet)
}
passes "the name of a scenario's file may begin with a dash" runs_dash 'ok 1 - -x' --scenario=-x.asm

# --- The tree ---

tree="$scratch/the tree, $odd"
copy_tree "$tree"
# in_tree PATTERN COMMAND...: as prints, but in the copy of the tree.
in_tree() {
	(cd "$tree" && prints "$@")
}
cp $scenario "$tree/-x.asm"
touch "$tree/kernel/print.c" "$tree/$scenario"
builds_there() {
	(cd "$tree" && timeout 200 make all) && is_newer trapline.elf kernel/print.c &&
		is_newer suite.bin "$scenario" && is_newer trapline.iso build/suite.bin
}
# is_newer BUILT FILE: build/BUILT is newer than FILE, both in the copy of the tree.
is_newer() {
	find "$tree/build/$1" -newer "$tree/$2" | grep .
}
passes "the tree is built in a folder of any name" builds_there
passes "... and a scenario of this tree runs on Bochs" \
	in_tree 'ok 1 - ept/write_to_read_only_page' \
	./trapline run --platform=bochs --scenario=$scenario
passes "... and make runs a scenario whose name begins with a dash" in_tree 'ok 1 - -x' \
	make run PLATFORM=bochs SCENARIO=-x.asm LOG=quiet
passes "... and QEMU boots the suite" in_tree '1\.\.0 # SKIP CPUID.*' \
	./trapline run --platform=tcg log=quiet
passes "... and the ISO" in_tree '1\.\.0 # SKIP CPUID.*' ./trapline run --platform=tcg --iso
built=$tree/build
debugs_there() {
	(cd "$tree" && debugs tcg "$@" quit)
}
passes "... and gdb finds its sources" debugs_there "$tree/kernel/boot.asm" 'info source'
symbol=$(nm "$BUILD/suites.elf" | awk '$2 == "T" { print $3; exit }')
passes "... and the symbols of the suites" debugs_there \
	"$symbol in section .text of " "info symbol $symbol"
plan
