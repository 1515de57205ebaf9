; SDM vol. 3, "Loading MSRs".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

%define LONG_MODE       EFER_LME | EFER_LMA

scenario "a guest has the IA32_EFER that VM entry loads from the list"

        rule_in_part efer_in_the_list
        needs   msr_bitmaps, load_efer, load_host_efer
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        open_msrs
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_efer
        vmcs    EXIT_CONTROLS, set=VM_EXIT_load_efer
        vmcs    GUEST_IA32_EFER, value=LONG_MODE
        vmcs    ENTRY_MSR_LOAD_ADDRESS, page=LIST
        twist   vmcs ENTRY_MSR_LOAD_COUNT, value=1

        expect  vmcall, r8=LONG_MODE | EFER_NXE
        otherwise vmcall, r8=LONG_MODE
        finish

guest CODE

        read_msr r8, IA32_EFER
        vmcall

contents LIST
        dd      IA32_EFER, 0
        dq      LONG_MODE | EFER_NXE
