#!/bin/sh
# refusal.t -- a machine without VMX gets a clean refusal, whichever way the kernel is booted

. tests/host/tap.sh

# refuses LACK [option...]: the report skips all tests, and its reason names what the machine lacks.
refuses() {
	lack=$1
	shift
	timeout 120 ./trapline run --build="$BUILD" --timeout=60 "$@" >"$scratch/report"
	status=$?
	cat "$scratch/report"
	[ $status -eq 77 ] || { echo "status $status, expected 77"; return 1; }
	head -1 "$scratch/report" | grep -qx 'TAP version 13' &&
		grep -q "^1\.\.0 # SKIP .*$lack" "$scratch/report" &&
		! grep -qE '^(not )?ok ' "$scratch/report"
}

passes "QEMU without VMX, booted by PVH, is refused" \
	refuses 'CPUID.01H:ECX\[5\]' --platform=tcg log=full
passes "QEMU without VMX, booted by SeaBIOS from the ISO, is refused" \
	refuses 'CPUID.01H:ECX\[5\]' --platform=tcg --iso
passes "QEMU without VMX, booted by OVMF from the ISO, is refused" \
	refuses 'CPUID.01H:ECX\[5\]' --platform=tcg --iso --firmware=uefi --memory=128
passes "an emulated processor without VMX is refused" \
	refuses 'CPUID.01H:ECX\[5\]' --platform=bochs --cpu=athlon64_clawhammer log=full
passes "an emulated processor without 64-bit mode is refused, and no module is missed" \
	refuses 'CPUID.80000001H:EDX\[29\]' --platform=bochs --cpu=pentium
# cannot_start REASON OPTION...: the emulator does not start, and the report quotes its reason.
cannot_start() {
	reason=$1
	shift
	timeout 60 ./trapline run --build="$BUILD" "$@" >"$scratch/report" 2>&1
	[ $? -eq 124 ] && cat "$scratch/report" && grep -q "^# .*$reason" "$scratch/report"
}
passes "the report quotes QEMU if it does not know the processor" \
	cannot_start "unable to find CPU model 'nosuch'" --platform=tcg --cpu=nosuch
passes "the report quotes QEMU if it does not know the machine type" \
	cannot_start 'unsupported machine type' --platform=tcg --machine=nosuch
# proposes WRONG RIGHT OPTION...: Bochs does not know the name WRONG, and the runner proposes RIGHT.
proposes() {
	wrong=$1 right=$2
	shift 2
	timeout 60 ./trapline run --build="$BUILD" "$@" >"$scratch/report" 2>&1
	[ $? -eq 2 ] && cat "$scratch/report" && grep -q "^trapline run: Bochs has no processor called \
'$wrong'; did you mean $right? Allowed are " "$scratch/report"
}
passes "a processor that Bochs does not have is refused, and the nearest one proposed" \
	proposes corei7_skylake corei7_skylake_x --platform=bochs --cpu=corei7_skylake list
passes "... also where KVM is to run on it" \
	proposes corei7_haswel_4770 corei7_haswell_4770 --platform=kvm-in-bochs \
	--host-cpu=corei7_haswel_4770 list
passes "the report quotes Bochs if it cannot have so much memory" \
	cannot_start "was set to 999999, which is out of range" --platform=bochs --memory=999999 list
plan
