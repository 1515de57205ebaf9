#!/bin/sh
# direct.t -- QEMU's -kernel boots by PVH on each machine type, with the suite as -initrd

. tests/host/tap.sh

is_refused() {
	timeout 100 ./trapline run --platform=tcg --build="$BUILD" --machine="$1" log=full \
		>"$scratch/report"
	status=$?
	cat "$scratch/report"
	[ $status -eq 77 ] || { echo "status $status, expected 77"; return 1; }
	sed -n 2p "$scratch/report" | grep -x '# trapline .*, PVH, command line: log=full' &&
		sed -n '$p' "$scratch/report" | grep '^1\.\.0 # SKIP CPUID\.01H:ECX\[5\]'
}

# Without isa-debug-exit, which no machine but QEMU's has.
turns_itself_off() {
	timeout 100 qemu-system-x86_64 -M "$1" -accel tcg -m 32 -nodefaults -no-user-config \
		-display none -serial stdio -kernel "$BUILD/trapline.elf" -initrd "$BUILD/suite.bin" \
		>"$scratch/report" 2>"$scratch/errors" </dev/null
	status=$?
	cat "$scratch/errors"
	[ $status -eq 0 ] || { echo "status $status, expected 0"; return 1; }
	grep '^1\.\.0 # SKIP ' "$scratch/report"
}

# What the three above would say if there were nothing on the line.
is_silent() {
	timeout 100 ./trapline run --platform=tcg --build="$BUILD" --machine=microvm,isa-serial=off \
		--timeout=5 log=full >"$scratch/report"
	[ $? -eq 124 ] && ! grep -v '^# ' "$scratch/report"
}

for machine in pc q35 microvm; do
	passes "the machine type $machine gets a refusal, and ends with its status" \
		is_refused $machine
done
for machine in pc q35; do
	passes "the machine type $machine is turned off by ACPI where it has no exit device" \
		turns_itself_off $machine
done
passes "a machine without a serial line gives no answer" is_silent
plan
