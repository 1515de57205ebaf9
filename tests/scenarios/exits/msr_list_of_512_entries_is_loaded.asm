; Every processor takes so many.  The list begins at the end of a page and needs three.
; SDM vol. 3, "Loading MSRs" of VM exits; appendix "Miscellaneous Data".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

%define ENTRIES         512
%define LAST_OF_A_PAGE  0xff0

scenario "a VM exit loads a list of 512 MSRs in three pages"

        rule    exit_msr_list_loads
        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---, size=3 * PAGE_SIZE
        open_msrs
        vmcs    EXIT_MSR_LOAD_ADDRESS, page=LIST
        vmcs    EXIT_MSR_LOAD_ADDRESS, set=LAST_OF_A_PAGE
        twist   vmcs EXIT_MSR_LOAD_COUNT, value=ENTRIES
        untwisted vmcs EXIT_MSR_LOAD_COUNT, value=ENTRIES - 1

        expect  vmcall
        skip
        expect  vmcall, r8=ENTRIES * 0x1000
        otherwise vmcall, r8=(ENTRIES - 1) * 0x1000
        finish

guest CODE

        vmcall
        read_msr r8, IA32_KERNEL_GS_BASE
        vmcall

contents LIST
        times LAST_OF_A_PAGE db 0
%assign value 0x1000
%rep ENTRIES
        dd      IA32_KERNEL_GS_BASE, 0
        dq      value
%assign value value + 0x1000
%endrep
