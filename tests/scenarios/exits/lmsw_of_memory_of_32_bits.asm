; Outside of 64-bit mode a linear address has 32 bits.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (LMSW); "Information for VM Exits Due
; to Instruction Execution" (guest-linear address).

%include "scenario.inc"
%include "kernel/bits.inc"

%define BASE            0xfffff000

scenario "LMSW of memory in 32-bit mode exits with a linear address that wraps at 4 GiB"

        rule    lmsw_of_memory_exits
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x5000, access=r--
        vmcs    CR0_GUEST_HOST_MASK, set=CR0_TS
        vmcs    CR0_READ_SHADOW, clear=0xe
        twist   vmcs GUEST_ES_BASE, value=BASE

        expect  cr_access, control=0, qualification=0x90070, rip=load, length=4, \
                GUEST_LINEAR_ADDRESS=DATA+8
        otherwise ept_violation, gpa=DATA+0x1008|0xf?, access=read, rip=load
        finish

guest CODE, mode=pae

        mov     ebx, DATA + 0x1008
load:   lmsw    [es:ebx]
        vmcall

contents DATA
        dq      0
        dw      9
