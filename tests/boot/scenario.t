#!/bin/sh
# scenario.t -- one scenario, from a user's file to its verdict

. tests/host/tap.sh

scenario=$scratch/read_only.asm
cat >"$scenario" <<'E_'
%include "scenario.inc"

scenario "a write to a read-only page traps, and succeeds once the page is writable"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--

        expect  ept_violation, gpa=DATA+8, access=write, allowed=r--, rip=store
        remap   DATA, access=rw-
        resume

        expect  vmcall, rax=0x1234
        finish

guest CODE

        mov     rbx, DATA
store:  mov     qword [rbx + 8], 0x1234
        mov     rax, [rbx + 8]
        vmcall
E_
sed 's/gpa=DATA+8/gpa=DATA+16/' "$scenario" >"$scratch/wrong.asm"
sed 's/expect  vmcall/expect  vmcal/' "$scenario" >"$scratch/mistaken.asm"
sed 's/resume/entry DATA + PAGE_SIZE, level=pt, access=rwx\n&/' "$scenario" >"$scratch/nowhere.asm"
# without_data LINE: in place of the page DATA the setup has this line.
without_data() {
	sed "s/ *page *DATA.*/        $1/; s/ept_violation, .*/vmcall/; /remap/,/expect/d; s/DATA/CODE/" "$scenario"
}
without_data 'twist vmcs TERTIARY_CONTROLS, set=TERTIARY_seam_guest_physical_width' >"$scratch/named.asm"
without_data 'vmcs PRIMARY_CONTROLS, set=1 << 0' >"$scratch/by_number.asm"
sed 's/rip=store/rip=store - 1\n or ept_misconfig, gpa=DATA+8, rip=5\n or ept_violation, gpa=DATA+8, rip=store\n or ept_violation, gpa=0/' \
	"$scenario" >"$scratch/alternatives.asm"
sed 's/expect  vmcall, .*/expect hlt\n or cpuid, rax=5/' "$scenario" >"$scratch/no_alternative.asm"
./trapline assemble "$scenario" "$scratch/read_only.bin"
sed 's/expect  ept_violation/repeat 90\nexpect ept_violation, access=write\nresume\nend_repeat\n&/; s/rax=0x1234/rax=1/' \
	"$scenario" >"$scratch/long.asm"

# root NAME LINE: a scenario without a guest that ends with this line, in which VMCS is current.
root() {
	cat >"$scratch/$1.asm" <<E_
%include "scenario.inc"
scenario "root"
region VMCS
enter_root_operation
make_current VMCS
root $2
finish
E_
}
root wrong_outcome 'vmclear VMCS + 8, outcome=VMfailValid, error=3'
root wrong_value 'vmread VM_INSTRUCTION_ERROR, value=0x100'
root wrong_region 'vmptrst, stores=VMXON_REGION'

# gives STATUS PATTERN COMMAND...: the command ends with the status, and a line of its output
# matches.
gives() {
	expected=$1 pattern=$2
	shift 2
	timeout 100 "$@" >"$scratch/report" 2>&1
	status=$?
	cat "$scratch/report"
	[ $status -eq "$expected" ] || { echo "status $status, expected $expected"; return 1; }
	grep -qx -- "$pattern" "$scratch/report" || { echo "expected a line: $pattern"; return 1; }
}

must_lack() {
	! grep "$1" "$scratch/report"
}

by_make="make --no-print-directory run PLATFORM=bochs BUILD=$BUILD"
by_hand="./trapline run --platform=bochs --build=$BUILD"

# shellcheck disable=SC2086 # commands of several words
{
passes "make run SCENARIO= runs a file from outside the tree" \
	gives 0 'ok 1 - read_only' $by_make SCENARIO="$scenario"
passes "only that scenario runs" \
	gives 0 '1\.\.1' $by_hand --scenario="$scenario"
passes "it is logged as by log=scenario, which shows the exits" \
	gives 0 '# exit 2 vmcall .*' $by_hand --scenario="$scenario"
passes "... and which processor it is" grep '^# cpu ' "$scratch/report"
passes "... but not what VMX offers there" must_lack '^# vmx'
passes "log=full shows that, too" \
	gives 0 '# vmx IA32_VMX_BASIC .*' $by_hand --scenario="$scenario" log=full
passes "it boots without GRUB, which would take most of the time" \
	gives 0 '# trapline [0-9.]*, PVH, .*' $by_hand --scenario="$scenario"
passes "GRUB boots a command line that is too long for the boot without it" \
	gives 0 '# trapline [0-9.]*, multiboot2, .*' $by_hand --scenario="$scenario" \
	"run=read_only,$(printf '%03500d' 0)"
passes "nothing runs if from= is behind the last test" \
	gives 77 '1\.\.0 # SKIP from= is behind the last test' $by_hand --scenario="$scenario" from=2
passes "a wrong expectation is reported with file, line and both values" \
	gives 1 "# $scratch/wrong.asm:8: gpa is .*0x2008.*, expected .*0x2010.*" \
	$by_hand --scenario="$scratch/wrong.asm"
passes "a wrong expectation fails make run SCENARIO=" \
	gives 2 'not ok 1 - wrong' $by_make SCENARIO="$scratch/wrong.asm"
passes "with log=failures a failure is reported, however many exits came before it" \
	gives 1 "# $scratch/long.asm:16: rax is 0x1234, expected 0x1" \
	$by_hand --scenario="$scratch/long.asm" log=failures
passes "a mistake is reported with file and line, and no machine boots" \
	gives 1 "not ok 1 - mistaken # ERROR $scratch/mistaken.asm:12: error: .*vmcal.*" \
	$by_hand --scenario="$scratch/mistaken.asm"
passes "an impossible change of an EPT entry is an ERROR with file and line" \
	gives 1 "not ok 1 - nowhere # ERROR $scratch/nowhere.asm:10: the PT entry for 0x3000 leads nowhere, .*" \
	$by_hand --scenario="$scratch/nowhere.asm"
passes "a scenario that names a control which is not offered is skipped for its bit" \
	gives 77 'ok 1 - named # SKIP needs seam_guest_physical_width: IA32_VMX_PROCBASED_CTLS3\[5\] .* is 0; .*' \
	$by_hand --scenario="$scratch/named.asm"
passes "... and so is its twin" \
	gives 77 'ok 1 - named.untwisted # SKIP needs seam_guest_physical_width: .*' \
	$by_hand --untwisted --scenario="$scratch/named.asm"
passes "one that sets its bit by a number enters, and VM entry refuses" \
	gives 1 "# $scratch/by_number.asm:.*: exit is refused_controls, expected vmcall" \
	$by_hand --scenario="$scratch/by_number.asm"
passes "of several exits that may come, the one is found with which all agrees" \
	gives 0 'ok 1 - alternatives' $by_hand --scenario="$scratch/alternatives.asm"
passes "if it is none of them, all are named" \
	gives 1 "# $scratch/no_alternative.asm:12: exit is vmcall, expected hlt or cpuid" \
	$by_hand --scenario="$scratch/no_alternative.asm"
passes "a scenario runs from its assembled file" \
	gives 0 'ok 1 - read_only' $by_hand --scenario="$scratch/read_only.bin"
passes "several scenarios are one run, and one that fails does not end it" \
	gives 1 'ok 2 - read_only' \
	$by_hand --scenario="$scratch/wrong.asm" --scenario="$scenario"
for student in $(seq 100 199); do
	cp "$scenario" "$scratch/a_submission_of_student_$student.asm"
done
# A kernel takes no more than 64 modules, and a loader no more than some 3,000 characters.
# shellcheck disable=SC2046 # an option for each file
passes "so are a hundred, with longer names than a command line holds" \
	gives 0 '# summary 100 passed, 0 failed, 0 skipped;.*' \
	$by_hand $(printf -- '--scenario=%s\n' "$scratch"/a_submission_*.asm)
passes "an instruction of the host that ends otherwise fails its scenario" gives 1 \
	"# $scratch/wrong_outcome.asm:6: it ends with VMfailValid 2, .* expected VMfailValid 3, .*" \
	$by_hand --scenario="$scratch/wrong_outcome.asm"
passes "... and so does one that reads another value" gives 1 \
	"# $scratch/wrong_value.asm:6: it reads [0-9a-fx]*, expected 0x100" \
	$by_hand --scenario="$scratch/wrong_value.asm"
passes "... or that stores the address of another region" gives 1 \
	"# $scratch/wrong_region.asm:6: it stores VMCS(0x1000), expected VMXON_REGION(0x2000)" \
	$by_hand --scenario="$scratch/wrong_region.asm"
}
plan
