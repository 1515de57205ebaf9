; SDM vol. 3, "Saving MSRs".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

%define UNTOUCHED       0x5555

scenario "a VM exit stores as many MSRs as its list is long, and only their values"

        rule    exit_msr_list_stores, msr_lists_used
        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=r--
        open_msrs
        vmcs    EXIT_MSR_STORE_ADDRESS, page=LIST
        vmcs    EXIT_MSR_STORE_COUNT, value=1
        twist   vmcs EXIT_MSR_STORE_COUNT, value=2

        expect  vmcall
        skip
        expect  vmcall, r8=0x1111000, r9=0x2222, r10=UNTOUCHED, r11=IA32_STAR
        otherwise vmcall, r8=0x1111000, r9=UNTOUCHED, r10=UNTOUCHED, r11=IA32_STAR
        finish

guest CODE

        write_msr IA32_KERNEL_GS_BASE, 0x1111000
        write_msr IA32_STAR, 0x2222
        vmcall
        mov     r8, [LIST + 8]
        mov     r9, [LIST + 24]
        mov     r10, [LIST + 40]
        mov     r11, [LIST + 16]
        vmcall

contents LIST
        dd      IA32_KERNEL_GS_BASE, 0
        dq      UNTOUCHED
        dd      IA32_STAR, 0
        dq      UNTOUCHED
        dd      IA32_STAR, 0
        dq      UNTOUCHED
