#!/bin/sh
# modules.t -- what the kernel was given and did not get is a test at fault

. tests/host/tap.sh

for size in 1 6; do
	cp "$BUILD/suites.bin" "$scratch/$size.bin"
	truncate -s ${size}M "$scratch/$size.bin"
done

# ends STATUS OPTION...: how a run on Bochs with few tests ends; the report is in $scratch/report.
ends() {
	expected=$1
	shift
	timeout 60 ./trapline run --platform=bochs --build="$BUILD" --timeout=12 'run=kernel/*' log=quiet \
		"$@" >"$scratch/report"
	found=$?
	cat "$scratch/report"
	[ $found -eq "$expected" ]
}

# at_fault NAME...: of all tests, these are the ones at fault.
at_fault() {
	sed -n 's/^not ok [0-9]* - \(.*\) # ERROR it was given and did not arrive: .*/\1/p' \
		"$scratch/report" >"$scratch/found"
	printf '%s\n' "$@" | diff - "$scratch/found"
}

passes "a module that fits into the memory is no test" ends 0 --memory=16 --module="$scratch/6.bin"
passes "... and the report says how large it is" grep -x '# modules: 6291456 bytes' "$scratch/report"
passes "a run fails if its module does not fit into the memory" \
	ends 1 --memory=8 --module="$scratch/6.bin"
passes "... by a test that names the module" at_fault module/6.bin
passes "... while all others have their verdicts" grep -q '^ok 1 - kernel/' "$scratch/report"
passes "... nor may it be missing where names are listed" \
	ends 1 --memory=8 --module="$scratch/6.bin" list
passes "a run fails if the second of two modules does not fit" \
	ends 1 --memory=8 --module="$scratch/1.bin" --module="$scratch/6.bin"
passes "... by a test that names that one" at_fault module/6.bin
passes "... nor is it lost without a word where QEMU loads it" \
	ends 1 --platform=tcg --memory=8 --module="$scratch/6.bin"
passes "... and would write it over the kernel" at_fault module/6.bin
mkdir "$scratch/build"
cp "$BUILD/trapline.elf" "$scratch/build/"
ln "$scratch/6.bin" "$scratch/build/suite.bin"
passes "a run fails if the suite does not fit" ends 1 --memory=8 --build="$scratch/build"
passes "... by a test that names it" at_fault module/suite.bin
plan
