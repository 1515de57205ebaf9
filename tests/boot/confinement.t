#!/bin/sh
# confinement.t -- a scenario that would let its guest write to memory of the kernel is at fault, and
# the guest is not entered

. tests/host/tap.sh

# attempt NAME: makes a scenario of the setup on standard input, whose guest exits at once.  0x200000
# is in the kernel's memory, or in that of nobody.
attempt() {
	{
		echo '%include "scenario.inc"'
		echo "scenario \"$1\""
		echo 'page CODE, at=0x1000, access=r-x'
		echo 'page LIST, at=0x2000, access=r--'
		cat
		echo 'expect vmcall'
		echo 'finish'
		echo 'guest CODE'
		echo 'vmcall'
		echo 'contents LIST'
		echo 'list_contents'
	} >"$scratch/$1.asm"
	set -- "$scratch/$1.asm"
	grep -q 'define list_contents' "$1" || sed -i '1a %define list_contents dq 0' "$1"
}
eptp_switching='needs vm_functions, eptp_switching
vmcs SECONDARY_CONTROLS, set=SECONDARY_enable_vm_functions
vmcs VM_FUNCTION_CONTROLS, value=1
vmcs EPTP_LIST_ADDRESS, page=LIST'

attempt virtual_apic <<'E_'
needs tpr_shadow
vmcs PRIMARY_CONTROLS, set=PRIMARY_use_tpr_shadow
vmcs TPR_THRESHOLD, value=0
vmcs VIRTUAL_APIC_ADDRESS, value=0x200000
E_
attempt log <<'E_'
needs page_modification_log
vmcs SECONDARY_CONTROLS, set=SECONDARY_enable_pml
vmcs EPT_POINTER, set=1 << 6
vmcs PML_ADDRESS, value=0x200000
E_
attempt ve_information <<'E_'
needs ept_violation_ve
vmcs SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
vmcs VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, value=0x200000
E_
attempt shadow <<'E_'
needs vmcs_shadowing
vmcs SECONDARY_CONTROLS, set=SECONDARY_vmcs_shadowing
vmcs VMCS_LINK_POINTER, value=0x200000
E_
attempt stored_msrs <<'E_'
vmcs EXIT_MSR_STORE_ADDRESS, value=0x200010
vmcs EXIT_MSR_STORE_COUNT, value=1
E_
attempt stored_msrs_beyond_the_page <<'E_'
vmcs EXIT_MSR_STORE_ADDRESS, page=LIST
vmcs EXIT_MSR_STORE_COUNT, value=257
E_
attempt eptp <<'E_'
vmcs EPT_POINTER, value=0x20001e
E_
attempt eptp_of_a_page <<'E_'
vmcs EPT_POINTER, page=LIST
vmcs EPT_POINTER, set=0x1e
E_
attempt eptp_of_more_levels <<'E_'
needs ept_level_5
vmcs EPT_POINTER, clear=0x38
vmcs EPT_POINTER, set=0x20
E_
attempt ept_off <<'E_'
vmcs SECONDARY_CONTROLS, clear=SECONDARY_enable_ept
vmcs GUEST_CR3, value=0x200000
E_
attempt secondary_controls_off <<'E_'
vmcs PRIMARY_CONTROLS, clear=PRIMARY_activate_secondary_controls
vmcs GUEST_CR3, value=0x200000
E_
attempt list_elsewhere <<E_
$eptp_switching
vmcs EPTP_LIST_ADDRESS, value=0x200000
E_
attempt list_that_is_written <<E_
$eptp_switching
views 2
entry LIST, level=pt, access=rw-, view=1
E_
attempt list_that_is_written_later <<E_
$eptp_switching
expect vmcall
entry LIST, level=pt, access=rw-
skip
E_
attempt list_in_the_log <<E_
needs page_modification_log
$eptp_switching
vmcs SECONDARY_CONTROLS, set=SECONDARY_enable_pml
vmcs EPT_POINTER, set=1 << 6
vmcs PML_ADDRESS, page=LIST
E_
attempt list_of_a_foreign_eptp <<E_
%define list_contents dq 0, 0x20001e
$eptp_switching
E_
attempt list_that_the_script_writes <<E_
$eptp_switching
write LIST + 8, qword=0x20001e
E_
attempt list_of_a_page <<E_
$eptp_switching
host_address LIST + 16, page=CODE, set=0x1e
E_
attempt allowed <<E_
$eptp_switching
views 2
eptp LIST, view=1
vmcs PML_ADDRESS, value=0x200000
vmcs EXIT_MSR_STORE_ADDRESS, value=0x200010
vmcs PRIMARY_CONTROLS, set=PRIMARY_use_tpr_shadow
vmcs VIRTUAL_APIC_ADDRESS, page=CODE
vmcs TPR_THRESHOLD, value=0
E_

# A VMCS of a scenario without a guest, whose pin-based controls are legal.
cat >"$scratch/root.asm" <<'E_'
%include "scenario.inc"
scenario "root"
region VMCS
enter_root_operation
make_current VMCS
root vmwrite PIN_BASED_CONTROLS, value=0x16
root vmlaunch, outcome=VMfailValid, error=7
finish
E_

# shellcheck disable=SC2046 # an option for each file
timeout 300 ./trapline run --platform=bochs --cpu=corei7_icelake_u --build="$BUILD" \
	$(printf -- '--scenario=%s\n' "$scratch"/*.asm) >"$scratch/report" 2>&1

# is_at_fault NAME PATTERN: its verdict names the line of the entry, and what the pattern matches.
is_at_fault() {
	line=$(grep -nE '^(expect vmcall|root vmlaunch)' "$scratch/$1.asm" | tail -1)
	grep -E "^(not )?ok [0-9]+ - $1( |\$)" "$scratch/report"
	grep -qE "^not ok [0-9]+ - $1 # ERROR $scratch/$1.asm:${line%%:*}: $2" "$scratch/report"
}

elsewhere='is 0x[0-9a-f]*, where the processor would write: it is in no page'
no_view='holds the EPTP 0x[0-9a-f]*, of no view; the word eptp is allowed'
passes "a virtual-APIC page" is_at_fault virtual_apic "VIRTUAL_APIC_ADDRESS $elsewhere"
passes "a page-modification log" is_at_fault log "PML_ADDRESS $elsewhere"
passes "the area of virtualization exceptions" is_at_fault ve_information \
	"VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS $elsewhere"
passes "a shadow VMCS" is_at_fault shadow "VMCS_LINK_POINTER $elsewhere"
passes "MSRs that are stored" is_at_fault stored_msrs "EXIT_MSR_STORE_ADDRESS $elsewhere"
passes "more MSRs than a page holds" is_at_fault stored_msrs_beyond_the_page \
	"EXIT_MSR_STORE_ADDRESS $elsewhere"
passes "an EPTP that is no view's" is_at_fault eptp 'EPT_POINTER is 0x20001e'
passes "EPT tables of the author's own" is_at_fault eptp_of_a_page 'EPT_POINTER is 0x'
passes "no EPT" is_at_fault ept_off 'EPT is off'
passes "no secondary controls" is_at_fault secondary_controls_off 'EPT is off'
passes "a list of EPTPs in no page" is_at_fault list_elsewhere 'EPTP_LIST_ADDRESS is 0x200000, in no'
passes "a list that the guest could write in another view" is_at_fault list_that_is_written \
	'LIST.0x2000. holds EPTPs, and the guest could write others there in view 1;'
passes "a list that the guest could write after an exit" is_at_fault list_that_is_written_later \
	'LIST.0x2000. holds EPTPs, and the guest could write others there in view 0;'
passes "a list that the processor writes" is_at_fault list_in_the_log \
	'LIST.0x2000. holds EPTPs, and the processor would write there, as PML_ADDRESS says;'
passes "a list with an EPTP that is no view's" is_at_fault list_of_a_foreign_eptp \
	"LIST\+0x8.0x2008. $no_view"
passes "a list to which the script writes such a one" is_at_fault list_that_the_script_writes \
	"LIST\+0x8.0x2008. $no_view"
passes "a list with the address of a page" is_at_fault list_of_a_page "LIST\+0x10.0x2010. $no_view"
passes "a VMCS in a page, which has no guest" is_at_fault root \
	'the current VMCS has pin-based controls that VM entry takes, and root enters no guest;'
passes "what does not count, and what is the scenario's own, is no fault" \
	grep -E '^ok [0-9]+ - allowed$' "$scratch/report"
plan
