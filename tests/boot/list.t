#!/bin/sh
# list.t -- trapline list prints the same names as the kernel's word `list`, but boots no machine

. tests/host/tap.sh

# names PLATFORM WORD...: prints the names of tests that the kernel lists on this platform.
names() {
	platform=$1
	shift
	timeout 100 ./trapline run --platform="$platform" --build="$BUILD" list "$@" \
		>"$scratch/report" && sed -n 's/^# \([^ ,:]*\)$/\1/p' "$scratch/report"
}

# list WORD...: prints what trapline list does.
list() {
	timeout 20 ./trapline list --build="$BUILD" "$@"
}

# same LEAST: both lists of names are the same, and have at least so many names.
same() {
	diff "$scratch/booted" "$scratch/listed" && [ "$(wc -l <"$scratch/listed")" -ge "$1" ]
}

lists_suite_on() {
	names "$1" >"$scratch/booted" && list >"$scratch/listed" && same 500
}
lists_picked() {
	names tcg run="$1" >"$scratch/booted" && list "$1" >"$scratch/listed" && same "$2"
}
ends_in_skip() {
	tail -1 "$scratch/report" | grep -x '1\.\.0 # SKIP list: names only'
}

passes "the kernel lists the suite's names where there is no VMX" lists_suite_on tcg
passes "... and says in its report that it ran nothing" ends_in_skip
passes "the kernel lists the same names where there is VMX" lists_suite_on bochs
passes "globs pick the same names for the kernel and for trapline list" \
	lists_picked 'ept/*,*/vmcall,-ept/sub_page*,-*_2m_*' 50
passes "... and pick tests on request if they spell out the group" \
	lists_picked 'fault/*,-fault/t*' 3
passes "... but pick no test on request otherwise" lists_picked '*ault/*' 0
passes "... and take brackets as ordinary characters" lists_picked 'kernel/[a-z]*' 0

several_words() {
	list 'fault/*' 'kernel/*' -kernel/page* >"$scratch/booted" &&
		list 'fault/*,kernel/*,-kernel/page*' >"$scratch/listed" && same 10
}
passes "globs may be several words" several_words

modules() {
	scenarios="$BUILD/scenarios/ept/ve_of_walk.bin $BUILD/scenarios/exits/hlt.bin"
	# shellcheck disable=SC2086 # two files
	cat $scenarios >"$scratch/two.bin"
	set -- --module="$BUILD/scenarios/exits/cpuid.bin" --module="$BUILD/suites.bin" \
		--module="$scratch/two.bin"
	names tcg "$@" 'run=probe/*,ept/*,exits/*' >"$scratch/booted" &&
		list "$@" 'probe/*' 'ept/*' 'exits/*' >"$scratch/listed" && same 50 &&
		tail -3 "$scratch/listed" | tr '\n' ' ' | grep -x 'exits/cpuid ept/ve_of_walk exits/hlt '
}
passes "tests of modules are listed in the order in which they would run" modules

claims() {
	list --claims ept/write_to_read_only_page |
		grep -x 'ept/write_to_read_only_page: a write to a read-only page traps, .*'
}
passes "--claims prints each test's claim after its name" claims

mkdir "$scratch/programs"
ln -s "$(python3 -c 'import sys; print(sys.executable)')" "$scratch/programs/python3"
needs_no_emulator() {
	env PATH="$scratch/programs" ./trapline list --build="$BUILD" >"$scratch/booted" &&
		list >"$scratch/listed" && same 500
}
passes "trapline list needs neither Bochs nor QEMU" needs_no_emulator

# refuses MESSAGE OPTION...: trapline list ends with status 2, and prints only this message.
refuses() {
	message=$1
	shift
	list "$@" >"$scratch/found" 2>&1
	status=$?
	echo "trapline list: $message" | diff - "$scratch/found" && [ $status -eq 2 ]
}
size=$(stat -c %s "$BUILD/suite.bin")
last=$(stat -c %s "$(find "$BUILD/scenarios" -name "*.bin" | LC_ALL=C sort | tail -1)")
: >"$scratch/0.bin"
passes "an empty module is refused" refuses \
	"$scratch/0.bin is no module, or the file in it at byte 0 is damaged" --module="$scratch/0.bin"
for cut in 1 8 9 $((last - 70)); do
	head -c $((size - cut)) "$BUILD/suite.bin" >"$scratch/cut.bin"
	passes "a module that lacks its last bytes is refused: $cut" refuses \
		"$scratch/cut.bin is no module, or the file in it at byte $((size - last)) is damaged" \
		--module="$scratch/cut.bin"
done
cp "$BUILD/suite.bin" "$scratch/damaged.bin"
printf '?' | dd of="$scratch/damaged.bin" bs=1 seek=$((size - 1)) conv=notrunc status=none
passes "a module whose last byte is damaged is refused" refuses \
	"$scratch/damaged.bin is no module, or the file in it at byte $((size - last)) is damaged" \
	--module="$scratch/damaged.bin"
passes "a file that is no module is refused" refuses \
	"README.md is no module, or the file in it at byte 0 is damaged" --module=README.md
passes "a module that is not there is refused" refuses \
	"--module=$scratch/none.bin: No such file or directory" --module="$scratch/none.bin"
passes "a missing build is reported" refuses \
	"there is no /nowhere/trapline.elf; \`make\` builds it" --build=/nowhere

cp "$BUILD/suite.bin" "$scratch"
for bytes in 10 5000 500000; do
	head -c $bytes "$BUILD/trapline.elf" >"$scratch/trapline.elf"
	passes "a kernel that was cut off is refused: $bytes bytes" refuses \
		"$scratch/trapline.elf is no kernel of Trapline's" --build="$scratch"
done
strip -o "$scratch/trapline.elf" "$BUILD/trapline.elf"
passes "... and so is a kernel without its symbols" refuses \
	"$scratch/trapline.elf is no kernel of Trapline's" --build="$scratch"
cp README.md "$scratch/trapline.elf"
passes "... and so is a file that is no program" refuses \
	"$scratch/trapline.elf is no kernel of Trapline's" --build="$scratch"
plan
