; SDM vol. 3, "VM Exits".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "a VM exit stores the guest's MSRs before it loads those of the host"

        rule_in_part exit_msr_list_stores, exit_msr_list_loads
        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=r--
        open_msrs
        vmcs    EXIT_MSR_STORE_ADDRESS, page=LIST
        vmcs    EXIT_MSR_STORE_COUNT, value=1
        vmcs    EXIT_MSR_LOAD_ADDRESS, page=LIST
        vmcs    EXIT_MSR_LOAD_ADDRESS, set=16
        twist   vmcs EXIT_MSR_LOAD_COUNT, value=1

        expect  vmcall
        skip
        expect  vmcall, r8=0x1111000, r9=0x2222000
        otherwise vmcall, r8=0x1111000, r9=0x1111000
        finish

guest CODE

        write_msr IA32_KERNEL_GS_BASE, 0x1111000
        vmcall
        mov     r8, [LIST + 8]
        read_msr r9, IA32_KERNEL_GS_BASE
        vmcall

contents LIST
        dd      IA32_KERNEL_GS_BASE, 0
        dq      0                               ; the guest's
        dd      IA32_KERNEL_GS_BASE, 0
        dq      0x2222000                       ; the host's
