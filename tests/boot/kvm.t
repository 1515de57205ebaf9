#!/bin/sh
# kvm.t -- the suite on QEMU with KVM: this machine's KVM if it has nested VMX, else KVM in a Linux
# that runs on Bochs

. tests/host/tap.sh

if [ ! -e /dev/kvm ] && ! apt-cache show linux-image-cloud-amd64 >/dev/null 2>&1; then
	echo '1..0 # SKIP no KVM, and apt knows no linux-image-cloud-amd64 to run in Bochs'
	exit
fi

# runs STATUS SECONDS OPTION...: the runner ends with this status in this time; if not, prints its
# report.
runs() {
	expected=$1 seconds=$2
	shift 2
	timeout "$seconds" ./trapline run --platform=auto-kvm --build="$BUILD" "$@" >"$scratch/report"
	status=$?
	[ $status -eq "$expected" ] || { cat "$scratch/report"; echo "status $status"; return 1; }
}

is_refused() {
	runs 77 150 --cpu=host,-vmx &&
		grep '^1\.\.0 # SKIP .*CPUID\.01H:ECX\[5\]' "$scratch/report"
}

boots_on_q35_without_a_pit() {
	runs 0 150 --machine=q35,pit=off log=full run=ept/write_to_read_only_page &&
		grep '^ok 1 - ept/write_to_read_only_page$' "$scratch/report"
}

# loads_kvm_on MODEL SCENARIO: KVM runs on Bochs' model of a processor, and has the features that
# the scenario needs.
loads_kvm_on() {
	runs 0 150 --platform=kvm-in-bochs --host-cpu="$1" bench log=failures "run=$2" &&
		grep "^ok 1 - $2\$" "$scratch/report"
}

# serial COUNT: the value of that count in the report of the last run.
serial() {
	sed -n "s/^# bench serial_$1 \([0-9]*\) .*/\1/p" "$scratch/report"
}

writes_bytes() {
	[ "$(serial port_accesses)" -gt "$(serial bytes)" ]
}

# unpacks_parts: lays a kernel, modules and a QEMU out as a user may have them: a bzImage, a folder like
# /lib/modules/VERSION, and a QEMU with its data in a folder beside it.
unpacks_parts() {
	for package in "$BUILD"/kvm/deb/linux-*.deb; do
		dpkg-deb -x "$package" "$scratch/debian" || return 1
	done
	find "$scratch/debian" -name 'vmlinuz*' -type f -exec cp {} "$scratch/bzImage" \;
	modules=$(find "$scratch/debian" -path '*/lib/modules/*' -prune)
	mkdir -p "$scratch/qemu/bin" "$scratch/qemu/share/qemu"
	cp "$(command -v qemu-system-x86_64)" "$scratch/qemu/bin/my-qemu"
	for folder in $(qemu-system-x86_64 -L help); do
		cp -L "$folder"/bios*.bin "$folder"/kvmvapic.bin "$folder"/pvh.bin "$folder"/*_dma.bin \
			"$scratch/qemu/share/qemu" 2>/dev/null
	done
	[ -s "$scratch/bzImage" ] && [ -e "$scratch/qemu/share/qemu/bios-256k.bin" ]
}

boots_parts() {
	unpacks_parts && runs 0 200 --platform=kvm-in-bochs --linux="$scratch/bzImage" \
		--modules="$modules" --qemu="$scratch/qemu/bin/my-qemu" --kvm-options='nested=1 ple_gap=0' \
		log=failures run=ept/write_to_read_only_page &&
		grep '^ok 1 - ept/write_to_read_only_page$' "$scratch/report"
}

tells_options() {
	grep '^# kvm_intel is loaded with .*nested=1 ple_gap=0' "$scratch/report"
}

does_not_nest() {
	runs 77 150 --platform=kvm-in-bochs --kvm-options=nested=0 &&
		grep '^1\.\.0 # SKIP .*CPUID\.01H:ECX\[5\]' "$scratch/report"
}

cannot_start() {
	runs 124 150 --platform=kvm-in-bochs --kvm-options=ept=maybe &&
		grep '^# the Linux in Bochs: KVM does not start: .*ept=maybe failed; it says: insmod: ' \
			"$scratch/report"
}

# makes COMMAND...: prints the folder of the rig with the parts above, and when it was made, after
# this command.
cat >"$scratch/makes" <<'E_'
import os, sys
sys.path.insert(0, "tests")
from command.progress import Progress
from command.rig import Choice, Rig
build, *parts = sys.argv[1:]
rig = Rig(os.path.abspath(build), Choice(*parts))
rig.prepare(Progress(""))
print(rig.folder, os.stat(f"{rig.folder}/made_of").st_mtime_ns)
E_
makes() {
	"$@" && timeout 100 python3 "$scratch/makes" "$BUILD" "$scratch/bzImage" "$modules" \
		"$scratch/qemu/bin/my-qemu"
}

is_made_once() {
	first=$(makes true) && [ "$first" ] && [ "$first" = "$(makes true)" ]
}

# is_made_again COMMAND...: the rig is made again after this command.
is_made_again() {
	first=$(makes true) && [ "$first" ] && second=$(makes "$@") && [ "$first" != "$second" ] &&
		[ "${first% *}" = "${second% *}" ]
}

module_changes() {
	find "$modules" -name 'kvm-intel.ko*' -exec touch {} \;
}

# breaking_run is the runner with another Linux in Bochs: this Linux warns in the first test and then
# kills QEMU, and panics in the second one.  The third test stops all of Linux
# (tests/known/kvm-in-bochs says why).  In the fourth one QEMU says that it cannot go on, and
# stays as it is.
cat >"$scratch/breaking_run" <<'E_'
import runpy, sys
sys.path.insert(0, "tests")
from command.kvm_in_bochs import KvmInBochs

KvmInBochs.script = lambda self, command: f"""
set -o pipefail
{command} | while read -r line; do
	echo "$line"
	case $line in
	'# start 1 - '*)
		echo 'WARNING: CPU: 0 PID: 1 at kvm.t:1' >/dev/ttyS1
		busybox sleep 0.1
		busybox killall -9 qemu-system-x86_64 ;;
	'# start 2 - '*) busybox sleep 0.1; echo c >/proc/sysrq-trigger ;;
	'# start 4 - '*)
		busybox killall -STOP qemu-system-x86_64
		echo 'KVM: entry failed, hardware error 0x7' >/dev/ttyS1 ;;
	esac
done
"""
sys.argv.insert(1, "run")
runpy.run_path("trapline", run_name="__main__")
E_

breaks() {
	picks=ept_matrix/permissions_at_one_level,ept_matrix/permissions_at_two_levels
	picks=$picks,events/preemption_timer_stops_an_endless_guest,ept/write_to_read_only_page
	picks=$picks,ept/write_to_read_only_2m_page
	timeout 600 python3 "$scratch/breaking_run" --platform=kvm-in-bochs --build="$BUILD" \
		--known=/dev/null log=failures run=$picks >"$scratch/broken"
	cat "$scratch/broken"
	[ "$(grep -E '^(not )?ok ' "$scratch/broken" | sed 's/ - .*//')" = "not ok 1
not ok 2
not ok 3
not ok 4
ok 5" ]
}

# blamed NUMBER REASON: the test failed, and a line between its start and its verdict is the reason.
blamed() {
	sed -n "/^# start $1 - /,/^not ok $1 - /p" "$scratch/broken" | grep -E "$2"
}

# Every verdict is the one that is known of the order of the plan: with --strict, known failures fail.
passes "the suite passes on the machine type pc, in an order made at random" \
	runs 0 600 --strict log=failures order=random seed=1
passes "the machine type q35 boots and runs a test, without a PIT" boots_on_q35_without_a_pit
passes "... where the ACPI PM timer is the clock" \
	grep '^# clock ACPI PM timer: TSC [0-9]* kHz$' "$scratch/report"
passes "a processor without VMX is refused" is_refused
passes "Bochs' Haswell has KVM with EPT" loads_kvm_on corei7_haswell_4770 ept/dirty_flag_of_2m_page
passes "Bochs' Ivy Bridge has KVM with EPT" loads_kvm_on corei7_ivy_bridge_3770k ept/write_to_read_only_page
passes "... and there the report is written byte by byte, because KVM is slower with strings" \
	writes_bytes
passes "a Linux, modules, a QEMU and options of the user's run a test" boots_parts
passes "... and the report tells the options" tells_options
passes "... and all that is not made again" is_made_once
passes "... unless a module changes" is_made_again module_changes
passes "... or QEMU" is_made_again touch "$scratch/qemu/bin/my-qemu"
# QEMU 10 of Debian looks for its ROM images in /usr alone, wherever it lies itself.
if "$scratch/qemu/bin/my-qemu" -L help | grep -q "^$scratch"; then
	passes "... or a ROM of QEMU" is_made_again touch "$scratch/qemu/share/qemu/pvh.bin"
fi
rm -rf "$(makes true | sed 's/ .*//')"
passes "kvm_intel with nested=0 does not nest" does_not_nest
passes "an option that kvm_intel refuses ends the boot, with what it says" cannot_start
passes "a test in which QEMU or Linux breaks fails, and the next ones run" breaks
passes "... and the report has the warning of Linux" \
	blamed 1 '^# the L0 says: WARNING: CPU: 0 PID: 1 at kvm.t:1$'
passes "... and the report says that QEMU died" blamed 1 '^# QEMU died, by signal 9$'
passes "... and the report quotes the panic of Linux" \
	blamed 2 '^# the L0 cannot go on: Kernel panic - not syncing: sysrq triggered crash$'
passes "... and the report says that a guest has stopped Linux" \
	blamed 3 '^# no output for 90 seconds: the machine hangs$'
passes "... and the report quotes QEMU, which is not waited for" \
	blamed 4 '^# the L0 cannot go on: KVM: entry failed, hardware error 0x7$'
plan
