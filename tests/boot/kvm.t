#!/bin/sh
# kvm.t -- QEMU with KVM: the machine's own where that nests VMX, else one that Bochs runs

. tests/host/tap.sh

if [ ! -e /dev/kvm ] && ! apt-cache show linux-image-cloud-amd64 >/dev/null 2>&1; then
	echo '1..0 # SKIP no KVM, and apt knows no linux-image-cloud-amd64 to run in Bochs'
	exit
fi

# runs STATUS SECONDS OPTION...: the runner's status; all of its report if that is another
runs() {
	expected=$1 seconds=$2
	shift 2
	timeout "$seconds" tests/run --platform=auto-kvm --build="$BUILD" "$@" >"$scratch/report"
	status=$?
	[ $status -eq "$expected" ] || { cat "$scratch/report"; echo "status $status"; return 1; }
}

is_refused() {
	runs 77 150 --cpu=host,-vmx &&
		grep '^1\.\.0 # SKIP .*CPUID\.01H:ECX\[5\]' "$scratch/report"
}

boots_on_q35() {
	runs 0 150 --machine=q35 log=failures run=ept/write_to_read_only_page &&
		grep '^ok 1 - ept/write_to_read_only_page$' "$scratch/report"
}

passes "the suite passes on the machine type pc" runs 0 400 log=failures
passes "the machine type q35 boots and runs a test" boots_on_q35
passes "a processor without VMX is refused" is_refused
plan
