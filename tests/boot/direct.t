#!/bin/sh
# direct.t -- QEMU's -kernel boots by PVH on each machine type, with the suite as -initrd

. tests/host/tap.sh

is_refused() {
	timeout 100 ./trapline run --platform=tcg --build="$BUILD" --machine="$1" log=full \
		>"$scratch/report"
	status=$?
	cat "$scratch/report"
	[ $status -eq 77 ] || { echo "status $status, expected 77"; return 1; }
	grep -x '# trapline .*, PVH, command line: log=full' "$scratch/report" &&
		sed -n '$p' "$scratch/report" | grep '^1\.\.0 # SKIP CPUID\.01H:ECX\[5\]'
}

# QEMU starts without its device isa-debug-exit, which a real machine does not have.  The kernel
# then has to turn the machine off through ACPI.
turns_itself_off() {
	timeout 100 qemu-system-x86_64 -M "$1" -accel tcg -m 32 -nodefaults -no-user-config \
		-display none -serial stdio -kernel "$BUILD/trapline.elf" -initrd "$BUILD/suite.bin" \
		>"$scratch/report" 2>"$scratch/errors" </dev/null
	status=$?
	cat "$scratch/errors"
	[ $status -eq 0 ] || { echo "status $status, expected 0"; return 1; }
	grep '^1\.\.0 # SKIP ' "$scratch/report"
}

# Without a serial line the runner gets no report.  This shows that the refusals of the tests above
# really came over the serial line.
is_silent() {
	timeout 100 ./trapline run --platform=tcg --build="$BUILD" --machine=microvm,isa-serial=off \
		--timeout=5 log=full >"$scratch/report"
	[ $? -eq 124 ] && ! grep -v '^# ' "$scratch/report"
}

for machine in pc q35 microvm microvm,acpi=off; do
	passes "on the machine type $machine the kernel refuses to run, and the status says so" \
		is_refused $machine
done
for machine in pc q35; do
	passes "without an exit device ACPI turns off the machine type $machine" \
		turns_itself_off $machine
done

# QEMU puts the module so that it ends 160 KiB before the memory does.  This one begins in the
# kernel's last 64 KiB, which are of its stacks.
is_in_the_way() {
	end=$(nm "$BUILD/trapline.elf" | sed -n 's/^\(0*\)\([0-9a-f]*\) . image_end$/0x\2/p')
	truncate -s $((0x800000 - 0x28000 - end + 0x8000)) "$scratch/module"
	timeout 100 qemu-system-x86_64 -accel tcg -m 8 -nodefaults -no-user-config -no-reboot \
		-display none -serial stdio -device isa-debug-exit,iobase=0xf4,iosize=4 \
		-kernel "$BUILD/trapline.elf" -initrd "$scratch/module" >"$scratch/report" </dev/null
	status=$?
	cat "$scratch/report"
	[ $status -eq 3 ] && grep '^Bail out! .*: a module lies where the kernel is' "$scratch/report"
}
passes "a module that QEMU wrote over the kernel's memory is refused in words" is_in_the_way
passes "a machine without a serial line gives no answer" is_silent
plan
