; Every processor takes so many.  The list begins at the end of a page and needs three.
; SDM vol. 3, "Saving MSRs"; appendix "Miscellaneous Data".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

%define ENTRIES         512
%define LAST_OF_A_PAGE  0xff0
%define FIRST           LIST + LAST_OF_A_PAGE + 8

scenario "a VM exit stores a list of 512 MSRs in three pages"

        rule    exit_msr_list_stores
        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=r--, size=3 * PAGE_SIZE
        open_msrs
        vmcs    EXIT_MSR_STORE_ADDRESS, page=LIST
        vmcs    EXIT_MSR_STORE_ADDRESS, set=LAST_OF_A_PAGE
        twist   vmcs EXIT_MSR_STORE_COUNT, value=ENTRIES
        untwisted vmcs EXIT_MSR_STORE_COUNT, value=ENTRIES - 1

        expect  vmcall
        skip
        expect  vmcall, r8=0x1111000, r9=0x1111000, r10=0x1111000
        otherwise vmcall, r8=0x1111000, r9=0x1111000, r10=0
        finish

guest CODE

        write_msr IA32_KERNEL_GS_BASE, 0x1111000
        vmcall
        mov     r8, [FIRST]
        mov     r9, [FIRST + 16 * 256]
        mov     r10, [FIRST + 16 * (ENTRIES - 1)]
        vmcall

contents LIST
        times LAST_OF_A_PAGE db 0
%rep ENTRIES
        dd      IA32_KERNEL_GS_BASE, 0
        dq      0
%endrep
