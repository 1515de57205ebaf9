#!/bin/sh
# builds.t -- two builds in one folder do not disturb each other, because the second one waits

. tests/host/tap.sh
. tests/host/tree.sh
. tests/host/machine.sh

copy_tree "$scratch/tree"

machine <<'E_'
version
echo '1..1'
echo '# start 1 - a/first'
echo 'ok 1 - a/first'
echo '# summary 1 passed, 0 failed, 0 skipped'
E_

# in_tree NAME WORD...: runs make with these words in the copy of the tree.  The output goes to the
# file NAME, and the status to NAME.status.
in_tree() {
	name=$1
	shift
	(cd "$scratch/tree" && timeout 200 make --no-print-directory "$@") >"$scratch/$name" 2>&1
	echo $? >"$scratch/$name.status"
}

# both WORD...: runs `make all` and make with these words at the same time.  Two files are newer
# than what was built of them, so there is much to build.
both() {
	touch "$scratch/tree/kernel/print.c" "$scratch/tree/tests/scenarios/ept/write_to_read_only_page.asm"
	in_tree first all &
	in_tree second "$@"
	wait
}

# ended NAME STATUS: that make ended with the status.
ended() {
	cat "$scratch/$1"
	[ "$(cat "$scratch/$1.status")" -eq "$2" ]
}

# A build that waits long says so again and again.
one_waits() {
	cat "$scratch/first" "$scratch/second"
	[ "$(grep -lxF 'build: another build in build runs; this one waits for it' \
		"$scratch/first" "$scratch/second" | wc -l)" -eq 1 ]
}

both all
passes "of two builds at the same time the first one succeeds" ended first 0
passes "... and the second one, too" ended second 0
passes "... and one of them says that it waits" one_waits
for file in suite.bin kernel_identity; do
	passes "... and $file is the same as after one build" \
		cmp "$BUILD/$file" "$scratch/tree/build/$file"
done

both run PLATFORM="command:$scratch/machine"
passes "make run succeeds while a build runs" ended second 0
passes "... and the build, too" ended first 0
passes "... and one of them says that it waits for the other" one_waits

in_tree alone all
passes "a build with nothing to do prints nothing" [ ! -s "$scratch/alone" ]

# The program that shows the progress must not hide the compiler's message.
fails() {
	echo '#error no' >>"$scratch/tree/kernel/print.c"
	in_tree failing all
	ended failing 2 && grep -q 'kernel/print.c:[0-9]*:.* error: #error no' "$scratch/failing"
}
passes "a build that fails says where, and fails" fails
plan
