#!/bin/sh
# console.t -- the runner hears what the layers below a machine say beside its report: a line after
# which the machine cannot go on ends it at once, a warning is told with the test that runs

. tests/host/tap.sh
touch "$scratch/trapline.elf" "$scratch/suite.bin"
mkdir "$scratch/programs"

# qemu: makes a QEMU of the script on standard input.  It can call `below TEXT`, which says
# something beside the report, and `told WORD`, which is true if the word stands in the kernel
# command line.
qemu() {
	{
		cat <<'E_'
#!/bin/sh
[ "$1" = --version ] && exec echo "QEMU emulator version 10.0"
below() { echo "$1" >&2; }
arguments=" $* "
told() { case "$arguments" in *" $1 "*) ;; *) false; esac; }
echo "TAP version 13"
E_
		cat
	} >"$scratch/programs/qemu-system-x86_64"
	chmod +x "$scratch/programs/qemu-system-x86_64"
}

# tells CLAIM STATUS OPTION...: the report is what stands on standard input, within ten seconds.
same_report() {
	expected=$1
	shift
	cat >"$scratch/expected"
	PATH="$scratch/programs:$PATH" timeout 10 ./trapline run --build="$scratch" --platform=tcg \
		--timeout=60 "$@" log=full >"$scratch/found" 2>"$scratch/errors"
	status=$?
	diff -u "$scratch/expected" "$scratch/found" || return 1
	[ $status -eq "$expected" ] || { echo "status $status"; return 1; }
}
tells() {
	claim=$1
	shift
	passes "$claim" same_report "$@"
}

qemu <<'E_'
echo "1..2"
told from=2 && {
	echo "# start 2 - a/second"
	echo "ok 2 - a/second"
	echo "# summary 1 passed, 0 failed, 0 skipped"
	exit 1
}
echo "# start 1 - a/first"
sleep 0.2
below "KVM: entry failed, hardware error 0x7"
below "EAX=00000000 EBX=00000001"
below ""
below "Code=00 00"
exec sleep 100
E_
tells "a line after which the machine cannot go on ends it at once, and the next test runs" 1 <<'E_'
TAP version 13
# l0 qemu 10.0
1..2
# start 1 - a/first
# the L0 says: KVM: entry failed, hardware error 0x7
# the L0 says: EAX=00000000 EBX=00000001
# the L0 says: Code=00 00
# the L0 cannot go on: KVM: entry failed, hardware error 0x7
not ok 1 - a/first
# start 2 - a/second
ok 2 - a/second
# boot 2: summary 1 passed, 0 failed, 0 skipped
# in all: 1 passed, 1 failed, 0 known to fail, 0 skipped; 2 boots
E_

qemu <<'E_'
echo "1..2"
echo "# start 1 - a/first"
sleep 0.2
below "[    3.141592] WARNING: CPU: 0 PID: 87 at arch/x86/kvm/x86.c:618 kvm_inject_emulated_page_fault+0x1/0x2"
below "qemu-system-x86_64: info: of no interest"
sleep 0.2
echo "ok 1 - a/first"
echo "# start 2 - a/second"
echo "ok 2 - a/second"
echo "# summary 2 passed, 0 failed, 0 skipped"
exit 1
E_
tells "a warning is told with the test that runs, and all goes on" 0 <<'E_'
TAP version 13
# l0 qemu 10.0
1..2
# start 1 - a/first
# the L0 says: WARNING: CPU: 0 PID: 87 at arch/x86/kvm/x86.c:618 kvm_inject_emulated_page_fault+0x1/0x2
ok 1 - a/first
# start 2 - a/second
ok 2 - a/second
# summary 2 passed, 0 failed, 0 skipped
E_

# The second machine has said everything before anybody listens to it.
qemu <<'E_'
echo "1..4"
tests="1 2"
told from=3 && tests="3 4"
for n in $tests; do
	echo "# start $n - a/test_$n"
	told from=3 || sleep 1
	[ $n = 4 ] && sleep 0.2 && below "WARNING: of test $n" && sleep 0.2
	echo "ok $n - a/test_$n"
done
told from=3 || exec sleep 100
echo "# summary 2 passed, 0 failed, 0 skipped"
exit 1
E_
tells "a warning of a machine that nobody listens to yet stands with its test as well" \
	0 --machines=2 <<'E_'
TAP version 13
# l0 qemu 10.0
1..4
# start 1 - a/test_1
ok 1 - a/test_1
# start 2 - a/test_2
ok 2 - a/test_2
# start 3 - a/test_3
ok 3 - a/test_3
# start 4 - a/test_4
# the L0 says: WARNING: of test 4
ok 4 - a/test_4
# boot 2: summary 2 passed, 0 failed, 0 skipped
# in all: 4 passed, 0 failed, 0 known to fail, 0 skipped; 2 boots
E_

qemu <<'E_'
echo "1..1"
echo "# start 1 - a/first"
yes "WARNING: again" | head -c 3000000 >&2
yes x | tr -d '\n' | head -c 30000000 >&2
below ""
below "WARNING: not kept any more"
below "Out of memory: Killed process 87 (qemu-system-x86)"
exec sleep 100
E_
floods() {
	PATH="$scratch/programs:$PATH" timeout 20 python3 -c '
import resource, subprocess, sys
subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' \
		./trapline run --build="$scratch" --platform=tcg --timeout=60 log=full >"$scratch/found"
	tail -1 "$scratch/found"
	[ "$(tail -1 "$scratch/found")" -lt 40000 ] &&
		grep -c '^# the L0 says: WARNING: again$' "$scratch/found" | grep -x 999 &&
		grep -x '# the L0 says: (and more, which is left out)' "$scratch/found" &&
		grep -x '# the L0 cannot go on: Out of memory: Killed process 87 (qemu-system-x86)' \
			"$scratch/found"
}
passes "of a flood of warnings a thousand are told, and what ends the machine is still heard" \
	floods

qemu <<'E_'
echo "1..1"
echo "# start 1 - a/first"
exec >&-
sleep 0.2
below "KVM internal error. Suberror: 1"
exit 1
E_
tells "what ended a machine is told if it is said after the report's end as well" 1 <<'E_'
TAP version 13
# l0 qemu 10.0
1..1
# start 1 - a/first
# the L0 says: KVM internal error. Suberror: 1
# the L0 cannot go on: KVM internal error. Suberror: 1
not ok 1 - a/first
E_

cat >"$scratch/programs/qemu-system-x86_64" <<'E_'
#!/bin/sh
[ "$1" = --version ] && exec echo "QEMU emulator version 10.0"
echo "KVM: entry failed, hardware error 0x80000021" >&2
exec sleep 100
E_
tells "a machine that cannot go on before its report gives no answer, and says why" 124 <<'E_'
# said before the report: the L0 says: KVM: entry failed, hardware error 0x80000021
# the L0 cannot go on: KVM: entry failed, hardware error 0x80000021
E_

qemu <<'E_'
echo "1..1"
echo "# start 1 - a/first"
below "qemu-system-x86_64: cannot write: No space left on device"
exit 2
E_
tells "what QEMU says as it dies is told" 1 <<'E_'
TAP version 13
# l0 qemu 10.0
1..1
# start 1 - a/first
# QEMU died, status 2; it says: qemu-system-x86_64: cannot write: No space left on device
not ok 1 - a/first
E_

# --- Missed checks ---

# As kvm_intel of Linux 6.19 and newer prints it, loaded with warn_on_missed_cc=1.
missed='WARNING: arch/x86/kvm/vmx/nested.c:5071 at __nested_vmx_vmexit+0x5f3/0x6b0 [kvm_intel], CPU#0: qemu-system-x86/87'
qemu <<E_
echo "1..3"
echo "# start 1 - entry_matrix/long64"
echo "# case long64 cr3_target_count=0x5: cr3_target_count"
echo "# case long64 ept_pointer=0x1d5016: eptp_walk_length"
sleep 0.2
below "[    9.100000] ------------[ cut here ]------------"
below "[    9.100001] $missed"
below "[    9.100002] Modules linked in: kvm_intel kvm"
sleep 0.2
echo "# case every_control ept_pointer=0x1d5016: eptp_walk_length"
sleep 0.2
below "[    9.200001] $missed"
sleep 0.2
echo "# case every_control posted_interrupt_descriptor=0x1: posted_interrupt_descriptor_misaligned, nmi_window"
sleep 0.2
below "[    9.200001] WARNING: [warn_on_missed_cc] \${missed##WARNING: }"
below "[    9.200001] WARNING: [vmcs_read32(VM_INSTRUCTION_ERROR) != VMXERR_ENTRY_INVALID_CONTROL_FIELD] \${missed##WARNING: }"
below "WARNING: arch/x86/kvm/vmx/nested.c:4449 at vmx_check_nested_events+0x6bf/0x6e0 [kvm_intel], CPU#0: qemu/87"
sleep 0.2
echo "ok 1 - entry_matrix/long64"
echo "# start 2 - entry/x"
sleep 0.2
below "[    9.300001] WARNING: CPU: 0 PID: 87 at arch/x86/kvm/vmx/nested.c:5071 __nested_vmx_vmexit+0x5f3/0x6b0 [kvm_intel]"
sleep 0.2
echo "ok 2 - entry/x"
echo "# start 3 - entry/y"
sleep 0.2
below "$missed"
sleep 0.2
echo "ok 3 - entry/y"
echo "# summary 3 passed, 0 failed, 0 skipped"
exit 1
E_
sed -i "2i missed='$missed'" "$scratch/programs/qemu-system-x86_64"
tells "a check that kvm_intel missed is told with the rule of the state that was entered" 0 \
	"--junit=$scratch/junit.xml" census <<E_
TAP version 13
# l0 qemu 10.0
1..3
# start 1 - entry_matrix/long64
# the L0 says: $missed
# missed check: eptp_walk_length (entry_matrix/long64: long64 ept_pointer=0x1d5016)
# the L0 says: $missed
# missed check: eptp_walk_length (entry_matrix/long64: every_control ept_pointer=0x1d5016)
# the L0 says: WARNING: [warn_on_missed_cc] ${missed##WARNING: }
# missed check: posted_interrupt_descriptor_misaligned, nmi_window (entry_matrix/long64: every_control posted_interrupt_descriptor=0x1)
# the L0 says: WARNING: [vmcs_read32(VM_INSTRUCTION_ERROR) != VMXERR_ENTRY_INVALID_CONTROL_FIELD] ${missed##WARNING: }
# the L0 says: WARNING: arch/x86/kvm/vmx/nested.c:4449 at vmx_check_nested_events+0x6bf/0x6e0 [kvm_intel], CPU#0: qemu/87
ok 1 - entry_matrix/long64
# start 2 - entry/x
# the L0 says: WARNING: CPU: 0 PID: 87 at arch/x86/kvm/vmx/nested.c:5071 __nested_vmx_vmexit+0x5f3/0x6b0 [kvm_intel]
# missed check: of a rule that is not known (entry/x)
ok 2 - entry/x
# start 3 - entry/y
# the L0 says: $missed
# missed check: of a rule that is not known (entry/y)
ok 3 - entry/y
# summary 3 passed, 0 failed, 0 skipped
# census: 3 checks of VM entry that the L0 misses and the processor makes:
#   eptp_walk_length: entry_matrix/long64: long64 ept_pointer=0x1d5016
#   of a rule that is not known: entry/x
#   posted_interrupt_descriptor_misaligned, nmi_window: entry_matrix/long64: every_control posted_interrupt_descriptor=0x1
E_
passes "... and stands in the JUnit file" grep -qF \
	'<property name="missed check" value="eptp_walk_length (entry_matrix/long64: long64 ept_pointer=0x1d5016)" />' \
	"$scratch/junit.xml"

cat >"$scratch/claims.asm" <<'E_'
%include "scenario.inc"
scenario "its claims say what it tests"
        rule    cr3_target_count
        rule_in_part eptp_beyond_width
        page    CODE, at=0x1000, access=r-x
        expect  vmcall
        finish
guest CODE
        vmcall
E_
./trapline assemble "$scratch/claims.asm" "$scratch/claims.bin"
qemu <<E_
echo "# modules: $(wc -c <"$scratch/claims.bin") bytes"
echo "1..1"
echo "# start 1 - claims@2"
sleep 0.2
below "$missed"
sleep 0.2
echo "ok 1 - claims@2"
echo "# summary 1 passed, 0 failed, 0 skipped"
exit 1
E_
tells "in a scenario it is told with the rules that the scenario claims" 0 \
	"--module=$scratch/claims.bin" <<E_
TAP version 13
# l0 qemu 10.0
# modules: $(wc -c <"$scratch/claims.bin") bytes
1..1
# start 1 - claims@2
# the L0 says: $missed
# missed check: cr3_target_count, eptp_beyond_width (in part) (claims@2)
ok 1 - claims@2
# summary 1 passed, 0 failed, 0 skipped
# census: 1 check of VM entry that the L0 misses and the processor makes:
#   cr3_target_count, eptp_beyond_width (in part): claims@2
E_

# --- Which lines are which ---

# sorted_as FINAL|NOTES|nothing: each line on standard input is one of these.
cat >"$scratch/sorted" <<'E_'
import sys
sys.path.insert(0, "tests")
from command.console import Console
wrong = 0
for line in sys.stdin.read().splitlines():
    console = Console(None)
    console.lines([line.encode()], 0)
    kinds = ["FINAL" if saying.final else "NOTES" for saying in console.due(0)] or ["nothing"]
    if kinds != sys.argv[1:]:
        print(line, *kinds)
        wrong = 1
sys.exit(wrong)
E_
sorted_as() {
	python3 -B "$scratch/sorted" "$1"
}
passes "these lines end a machine" sorted_as FINAL <<'E_'
Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b
[    2.718281] Kernel panic - not syncing: sysrq triggered crash
<0>[    2.718281] Kernel panic - not syncing: System is deadlocked on memory
[   12.000001][   T87] Oops: general protection fault, probably for non-canonical address 0x1: 0000 [#1] SMP NOPTI
BUG: unable to handle page fault for address: ffffffffc0401000
BUG: kernel NULL pointer dereference, address: 0000000000000010
kernel BUG at arch/x86/kvm/x86.c:413!
Oops: 0002 [#1] PREEMPT SMP NOPTI
Oops: Oops: 0000 [#1] SMP NOPTI
general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1] PREEMPT SMP NOPTI
invalid opcode: 0000 [#1] PREEMPT SMP
stack segment: 0000 [#1]
Out of memory: Killed process 87 (qemu-system-x86) total-vm:1kB, anon-rss:1kB
Memory cgroup out of memory: Killed process 87 (qemu-system-x86)
oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),task=qemu-system-x86,pid=87,uid=0
qemu-system-x86 invoked oom-killer: gfp_mask=0x140dca, order=0, oom_score_adj=0
qemu-system-x86[87]: segfault at 10 ip 0000000000000010 sp 00007ffc error 4 in qemu-system-x86_64[5000+1000]
traps: qemu-system-x86[87] general protection fault ip:10 sp:20 error:0 in libc.so.6[1000+2000]
traps: CPU 0/KVM[88] trap invalid opcode ip:10 sp:20 error:0
KVM: entry failed, hardware error 0x7
KVM: exception 6 exit (error code 0x0)
KVM: unknown exit, hardware reason 33
KVM: unknown exit reason 40
KVM internal error. Suberror: 3
error: kvm run failed Bad address
qemu-system-x86_64: error: failed to set MSR 0x48b to 0x7
qemu-system-x86_64: ../../target/i386/kvm/kvm.c:3105: kvm_buf_set_msrs: Assertion `ret == n' failed.
E_
passes "these lines are told with the test that runs" sorted_as NOTES <<'E_'
WARNING: CPU: 0 PID: 87 at arch/x86/kvm/vmx/nested.c:4983 __nested_vmx_vmexit+0x123/0x456 [kvm_intel]
[   10.000000] WARNING: arch/x86/kvm/vmx/nested.c:4983 at __nested_vmx_vmexit+0x1/0x2, CPU#0: qemu/87
BUG: scheduling while atomic: qemu-system-x86/87/0x00000002
BUG: sleeping function called from invalid context at mm/slab.h:1
watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [qemu-system-x86:87]
rcu: INFO: rcu_preempt self-detected stall on CPU
INFO: task qemu-system-x86:87 blocked for more than 120 seconds.
kvm [87]: vcpu0, guest rIP: 0x104a3 Unhandled WRMSR(0x1d9) = 0x1
kvm: vcpu 0: requested 100 ns lapic timer period limited to 200000 ns
qemu-system-x86_64: warning: host doesn't support requested feature: CPUID.80000001H:EDX [bit 27]
E_
passes "these lines are of no interest: Linux and QEMU say them and go on, or end by themselves" \
	sorted_as nothing <<'E_'
Linux 6.1.0-56-cloud-amd64 runs
KVM is there, nested=Y
QEMU ended with status 1
qemu-system-x86_64: info: this is one
qemu-system-x86_64: terminating on signal 15 from pid 1
RETBleed: WARNING: Spectre v2 mitigation leaves CPU vulnerable to RETBleed attacks, data leaks possible!
the page has no Kernel panic - in it
Modules linked in: kvm_intel kvm irqbypass
E_
plan
