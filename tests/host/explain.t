#!/bin/sh
# explain.t -- what trapline explain says of numbers and of dumps, and what it refuses

. tests/host/tap.sh

kvm=tests/host/vmcs/kvm.txt

explain() {
	timeout 60 ./trapline explain --build="$BUILD" "$@"
}

# says LINE... -- ARGUMENT...: explain ends with 0, and each LINE is one of those that it prints.
says() {
	: >"$scratch/expected"
	while [ "$1" != -- ]; do
		echo "$1" >>"$scratch/expected"
		shift
	done
	shift
	explain "$@" >"$scratch/found" || { echo "status $?"; return 1; }
	cat "$scratch/found"
	while read -r line; do
		sed 's/^ *//' "$scratch/found" | grep -qxF -- "$line" || {
			echo "expected a line: $line"
			return 1
		}
	done <"$scratch/expected"
}

# refuses MESSAGE ARGUMENT...: it ends with 2, and prints only this message, on standard error.
refuses() {
	message=$1
	shift
	explain "$@" >"$scratch/found" 2>"$scratch/errors"
	status=$?
	cat "$scratch/found" "$scratch/errors"
	[ $status -eq 2 ] && [ ! -s "$scratch/found" ] &&
		echo "trapline explain: $message" | diff - "$scratch/errors"
}

# --- Exits ---

passes "an EPT violation is told as the report tells it, and bit by bit" says \
	'exit reason 48, ept_violation: EPT violation' 'access=write allowed=r--' \
	'bit 1: 1, the access was a data write' 'bit 3: 1, EPT allows reads of the address' \
	'bit 4: 0, EPT allows no writes to the address' \
	'bit 8: 1, the access was to what the linear address translates to' \
	'guest-physical address 0x2008: page 0x2000, offset 0x8' \
	'SDM vol. 3, "EPT Violations"' -- exit 48 0x18a gpa=0x2008
passes "... and says of advanced information only what its bits mean" says \
	'bit 8: 0, the access was to a paging-structure entry of the guest'"'"'s, on the way' \
	'bit 16: 1, it is asynchronous: not the instruction at RIP caused it' -- exit 48 0x10e81
no_advanced_bits() {
	explain exit 48 0xe81 | grep advanced
	[ $? -eq 1 ]
}
passes "... of which there are none in a walk of the guest's tables" no_advanced_bits
passes "an access to a control register is told as an instruction" says \
	'mov cr4, rbx' 'bits 3:0: 0x4, control register' -- exit cr_access 0x304
passes "so is one to a debug register" says 'mov rax, dr7' -- exit 29 0x17
passes "so is one to a port" says 'port=0x60 size=1 direction=in' -- exit 30 0x600008
passes "a task switch says how it came" says 'bits 31:30: 2, by JMP' \
	'bits 15:0: 0x28, selector of the TSS that was to be loaded' -- exit 9 0x80000028
passes "an APIC access says of what kind it was" says \
	'bits 15:12: 3, linear access: read or write while an event was delivered' -- exit 44 0x3010
passes "a page fault's qualification is its address" says \
	'hardware exception, vector=14 #PF, with an error code' \
	'bits 63:0: 0x1000, linear address that faulted' -- exit 0 0x1000 info=0x80000b0e
passes "a debug exception's says why" says \
	'bit 14: 1, a single step, or a taken branch under BTF (BS)' \
	'hardware exception, vector=1 #DB, cause=BS' -- exit 0 0x4000 info=0x80000301
passes "a failed entry is one by bit 31, and its qualification says more" says \
	'exit reason 33, invalid_guest_state: VM entry failed: invalid guest state' \
	'bit 31: 1, the VM entry failed: the guest never ran' \
	'bits 63:0: 4, the VMCS link pointer is not valid' -- exit 0x80000021 4
passes "exit 34 says which entry of the list" says \
	'bits 63:0: 0x3, entry of the VM-entry MSR-load area that could not be loaded; the first is 1' \
	-- exit 0x80000022 3
passes "bits that the SDM has no meaning for are told" says \
	'the SDM says nothing of the bits 0x20, which are 1' -- exit 29 0x37
passes "... in the exit reason, too" says \
	'the SDM says nothing of the bits 0x10000, which are 1' -- exit 0x10001
passes "an exit that has no qualification says so" says \
	'this exit has none: the SDM clears the field or leaves it' -- exit hlt 5
passes "a reason that the SDM does not define says so" says \
	'exit reason 35: the SDM does not define it' -- exit 35

passes "instruction information is told as the instruction" says \
	'vmptrld [fs:rax+rbx*4+0x10]' -- exit vmptrld 0x10 instruction=0x000e0102
passes "... also that of INS and OUTS" says \
	'port=0x80 size=1 direction=out string rep outs [gs:rsi]' -- \
	exit 30 0x800030 instruction=0x28100
passes "... and of a register alone" says 'rdrand rbx' -- exit rdrand instruction=0x1018
nothing_is_made_up() {
	explain exit vmptrld instruction=0x000e0102 >"$scratch/found" &&
		! grep -F '[' "$scratch/found"
}
passes "... but not without the displacement, which is the qualification" nothing_is_made_up

all_are_explained() {
	for kind in exit error; do
		"$BUILD/explain" names $kind | while read -r number name; do
			"$BUILD/explain" $kind "$number" >"$scratch/found"
			grep -q ", $name: " "$scratch/found" && grep -q '^SDM vol. 3, "' "$scratch/found" ||
				echo "$kind $number"
		done
	done >"$scratch/wrong"
	cat "$scratch/wrong"
	[ ! -s "$scratch/wrong" ]
}
passes "each reason and each error is explained" all_are_explained

# --- Errors ---

passes "a VM-instruction error says what it means, and of which instructions" says \
	'VM-instruction error 7, entry_with_invalid_controls: VM entry with invalid control field(s)' \
	'of VMLAUNCH, VMRESUME' -- error 0x7
passes "one that the SDM does not define says so" says \
	'VM-instruction error 14: the SDM does not define it' -- error 14

# --- Dumps of KVM's ---

none='of [0-9]* rules of VM entry none is violated, as far as the dump tells'
runs_as_it_is() {
	explain vmcs "$1" >"$scratch/found" || return 1
	cat "$scratch/found"
	grep -qx "$none" "$scratch/found" && grep -qx 'so VM entry has to end with: the guest runs' \
		"$scratch/found"
}
passes "a dump of KVM's that violates no rule is one of a guest that runs" runs_as_it_is $kvm
passes "a dump of Xen's as well" runs_as_it_is tests/host/vmcs/xen.txt

# violates RULE END SCRIPT [DUMP]: with what the sed script changes, the dump violates this rule
# alone, and must end so.
violates() {
	sed -E "$3" "${4:-$kvm}" >"$scratch/dump"
	explain vmcs "$scratch/dump" >"$scratch/found" || return 1
	cat "$scratch/found"
	grep -q "^of [0-9]* rules of VM entry 1 is violated:" "$scratch/found" &&
		grep -q "^  $1: " "$scratch/found" &&
		grep -qxF "so VM entry has to end with: $2" "$scratch/found"
}
controls='VMfailValid 7, VM entry with invalid control field(s)'
host='VMfailValid 8, VM entry with invalid host-state field(s)'
guest='VM exit 33, VM entry failed: invalid guest state, qualification 0'
passes "virtual NMIs without NMI exiting are error 7" violates \
	virtual_nmis_without_nmi_exiting "$controls" 's/PinBased=0x000000bf/PinBased=0x000000b7/'
passes "so is a memory type of EPT that there is not" violates \
	eptp_memory_type "$controls" 's/(EPT pointer = .*)e/\1d/'
passes "a selector of the host with an RPL is error 8" violates \
	host_tr_rpl "$host" 's/TR=0040/TR=0043/'
passes "a reserved bit of DR7 is exit 33" violates \
	dr7_bits_63_32 "$guest" 's/DR7 = 0x00000000/DR7 = 0x00000001/'
passes "so is an interrupt that is injected while the guest takes none" violates \
	external_interrupt_without_if "$guest" \
	's/RFLAGS=0x00000246/RFLAGS=0x00000046/
	s/intr_info=00000000 (.*ilen=00000000)/intr_info=800000f2 \1/'
passes "... in a dump of Xen's, too" violates tr_type "$guest" 's/0008b/0008a/' \
	tests/host/vmcs/xen.txt
passes "... in one without prefixes, as Linux 6.1 prints it" violates \
	tr_type "$guest" 's/^\[.*\] (kvm_intel: )?//; s/0x0008b/0x0008a/'

tells_fields() {
	violates host_tr_rpl "$host" 's/TR=0040/TR=0043/' &&
		grep -qx '    host_tr_selector=0x43' "$scratch/found" &&
		grep -qx '    SDM vol. 3, "Checks on Host Segment and Descriptor-Table Registers"' \
			"$scratch/found"
}
passes "a rule is told with its fields and the SDM's section" tells_fields

says_of_exit() {
	sed -E "s/reason=00000030 qualification=0*182/$2/; $3" $kvm >"$scratch/dump"
	explain vmcs "$scratch/dump" >"$scratch/found" || return 1
	cat "$scratch/found"
	grep -qx "the dump's exit reason is .*: $1" "$scratch/found"
}
failed='reason=80000021 qualification=0000000000000000'
passes "the exit reason of a failed entry is told to be right" says_of_exit \
	'as it has to be' "$failed" 's/DR7 = 0x00000000/DR7 = 0x00000001/'
passes "... or to have a reason that the dump does not show" says_of_exit \
	'so a rule that is not decidable is violated, or the processor is another one' "$failed"
passes "... or to be of an earlier entry" says_of_exit \
	'that of an earlier entry, as VMfailValid writes none' "$failed" 's/TR=0040/TR=0043/'

passes "the exit reason of another exit is told to be one" says \
	"the dump's exit reason 0x30 is of no failed entry: the entry ended with an error, or the guest \
ran" -- vmcs $kvm

names_what_is_missing() {
	sed '/CR0: actual/d; /DebugCtl/d' $kvm >"$scratch/dump"
	explain vmcs "$scratch/dump" >"$scratch/found" || return 1
	cat "$scratch/found"
	grep -q '^  cr0_[a-z0-9_]*: guest_cr0$' "$scratch/found" &&
		grep -q '^  debugctl_[a-z0-9_]*: guest_ia32_debugctl$' "$scratch/found" &&
		! grep -q ' dr7_.*:' "$scratch/found"
}
passes "a rule that looks at a field that the dump lacks is not decidable, and names the field" \
	names_what_is_missing
needs_the_one_value() {
	sed '/FS:  /d; s/RFLAGS=0x00000246/RFLAGS=0x00020246/' $kvm >"$scratch/dump"
	explain vmcs "$scratch/dump" >"$scratch/found" || return 1
	cat "$scratch/found"
	grep -qx '  fs_rights_in_virtual_8086_mode: guest_fs_access_rights' "$scratch/found"
}
passes "... also where hardly any value of the field would do" needs_the_one_value
knows_lists() {
	sed 's/^.*InterruptStatus.*/&\n MSR guest autoload:\n   0: msr=0xc0000080 value=0x000d01/' \
		$kvm >"$scratch/dump"
	explain vmcs "$scratch/dump" >"$scratch/found" || return 1
	explain vmcs $kvm >"$scratch/without" || return 1
	cat "$scratch/found"
	! grep -q entry_msr "$scratch/without" &&
		grep -q '^  entry_msr_load_misaligned: entry_msr_load_address$' "$scratch/found"
}
passes "KVM's dump has each list of MSRs that is not empty, so others are known to be" knows_lists
takes_no_effective_value() {
	sed 's/EFER= .*d01$/& (effective)/' $kvm >"$scratch/dump"
	explain vmcs "$scratch/dump" | grep ', with 105 of '
}
passes "what KVM tells of EFER from elsewhere is no field" takes_no_effective_value
two_dumps() {
	{ cat $kvm; sed 's/TR=0040/TR=0043/' $kvm; } >"$scratch/dump"
	explain vmcs "$scratch/dump" | grep -q "^  host_tr_rpl:" &&
		explain vmcs "$scratch/dump" --number=1 >"$scratch/found" &&
		grep -qx "$none" "$scratch/found" && grep -q ", 1 of 2: " "$scratch/found"
}
passes "of several dumps the last one is explained, or the one that is asked for" two_dumps
from_standard_input() {
	explain vmcs - <$kvm | grep -qx "$none"
}
passes "- is standard input" from_standard_input

# --- Trapline's own ---

own_report() {
	printf '%s\n' 'TAP version 13' '1..1' '# start 1 - entry/x' \
		'#   vmcs, all fields that are not 0:'
	printf '#   vmcs %s\n' "$@"
	printf '%s\n' 'not ok 1 - entry/x'
}
reads_own_report() {
	own_report 'PIN_BASED_CONTROLS=0x3f GUEST_RFLAGS=0' 'EXIT_REASON=0x80000021' >"$scratch/dump"
	explain vmcs "$scratch/dump" >"$scratch/found" || return 1
	cat "$scratch/found"
	grep -q "^$scratch/dump: Trapline's, .*, all others are 0$" "$scratch/found" &&
		grep -q '^  rflags_without_bit_1: ' "$scratch/found" &&
		! grep -q 'guest_cr0$' "$scratch/found"
}
passes "a report of Trapline's is read, in which fields that are not named are 0" reads_own_report
plain_lines() {
	printf '%s\n' '; by hand' 'guest_dr7 0x100000400' '' 'ENTRY_CONTROLS = 5119' >"$scratch/dump"
	says 'guest_dr7=0x100000400 entry_controls=0x13ff' -- vmcs "$scratch/dump"
}
passes "so are lines NAME VALUE" plain_lines
has_the_kernels_fields() {
	sed -nE 's/^VMCS\(0x[0-9a-f]+, W?(\w+), *(CONTROL|GUEST|HOST), *(\w+)\)/\1 \3/p' \
		vmx/vmcs.def | sed 's/NAT/64/' | tr '[:upper:]' '[:lower:]' | sort >"$scratch/kernel"
	[ "$(wc -l <"$scratch/kernel")" -gt 100 ] &&
		"$BUILD/explain" names vmcs | sort | diff "$scratch/kernel" -
}
passes "explain knows the fields that the kernel prints, and their widths" has_the_kernels_fields

# --- The processor ---

cat >"$scratch/report" <<'E_'
TAP version 13
# cpu GenuineIntel 6-85-4, physical 36 bits, linear 48 bits
# vmx IA32_VMX_BASIC 0x00d810000000002b revision 0x2b region 4096 wb ins-outs-information
# vmx IA32_VMX_PINBASED_CTLS 0x0000007f00000016
# vmx IA32_VMX_TRUE_PINBASED_CTLS 0x0000007f00000016
# vmx IA32_VMX_PROCBASED_CTLS3 does not exist
1..0
E_
takes_capabilities() {
	explain vmcs $kvm --capabilities="$scratch/report" >"$scratch/found" || return 1
	cat "$scratch/found"
	grep -q "^processor: that of $scratch/report;" "$scratch/found" &&
		grep -q '^  pin_based_bits_that_must_be_0: ' "$scratch/found"
}
passes "--capabilities takes the processor of a report: posted interrupts are error 7 there" \
	takes_capabilities
passes "without it a typical one is taken, and named" says \
	'processor: a typical one (tests/explain/typical.def); --capabilities=REPORT takes another' \
	-- vmcs $kvm

# --- What is refused ---

no_dump="this is no dump of a VMCS: no line has '*** Guest State ***' as KVM and Xen print it, or \
the name of a field and its value"
numbers="Allowed are numbers, in decimal or with 0x, and the names in vmx/exits.def"
passes "a kind of thing that there is not is refused" refuses \
	"there is nothing to explain of 'exot'; did you mean exit? Allowed are exit, error, vmcs" exot 1
passes "so is no thing at all" refuses \
	"nothing is to be explained; allowed are exit, error, vmcs"
passes "a misspelt reason is refused" refuses \
	"there is no exit reason 'ept_voilation'; did you mean ept_violation? $numbers" \
	exit ept_voilation
passes "a misspelt value is refused" refuses \
	"explain exit takes no 'gpaa=1'; did you mean gpa=? Allowed are qualification=, gpa=, gla=, \
info=, instruction=" \
	exit 48 gpaa=1
passes "a number that is none is refused" refuses \
	"qualification '12z' is no number, in decimal or with 0x" exit 48 12z
passes "one that is too large, too" refuses \
	"exit reason 0x100000000 has more than 32 bits" exit 0x100000000
passes "a value twice is refused" refuses \
	"explain exit takes one gpa, not 'gpa=2' as well" exit 48 gpa=1 gpa=2
passes "a file that is not there is refused" refuses "/nowhere: No such file or directory" \
	vmcs /nowhere
: >"$scratch/empty"
passes "a file that is no dump is refused" refuses "$scratch/empty: $no_dump" vmcs "$scratch/empty"
passes "one without an end is refused" refuses \
	"/dev/zero: only 32 MiB and 1000000 lines are read" vmcs /dev/zero
printf 'guest_cr0 1\nguest_cr00 1\n' >"$scratch/misspelt"
passes "a misspelt field is refused, with its line" refuses \
	"$scratch/misspelt: line 2: VM entry looks at no field guest_cr00; did you mean guest_cr0?" \
	vmcs "$scratch/misspelt"
printf 'guest_cs_selector 0x10000\n' >"$scratch/wide"
passes "a value that a field cannot have is refused" refuses \
	"$scratch/wide: $no_dump (line 1: guest_cs_selector is 0x10000, but it has 16 bits)" \
	vmcs "$scratch/wide"
sed 's/^.*Interruptibility = 0.*/&\n RFLAGS=0x00000002/' $kvm >"$scratch/twice"
passes "two values of one field are refused" refuses \
	"$scratch/twice: line 26: guest_rflags is 0x2, but line 10 of the same dump says 0x246" \
	vmcs "$scratch/twice"
passes "a number of a dump that there is not is refused" refuses \
	"$kvm: --number=2: the number of dumps is 1" vmcs $kvm --number=2
passes "a report without capabilities is refused" refuses \
	"$kvm has no line '# vmx IA32_VMX_BASIC ...', as each report has that was not made of \
scenarios alone" \
	vmcs $kvm --capabilities=$kvm
passes "an option where it means nothing is refused" refuses \
	"--capabilities is for explain vmcs" exit 1 --capabilities=x
passes "without build/explain it says what builds it" refuses \
	"there is no $scratch/explain; \`make\` builds it" exit 1 --build="$scratch"

passes "whatever a dump holds, it is explained or refused in words" \
	tests/host/explained_dumps.py "$BUILD"
plan
