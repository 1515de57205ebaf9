; The operand is read before the exit, which depends on it.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (LMSW); table "Exit Qualification for
; Control-Register Accesses", bit 6; "Information for VM Exits Due to Instruction Execution"
; (guest-linear address).

%include "scenario.inc"
%include "kernel/bits.inc"

%define BASE            0x3000

scenario "LMSW of memory exits with its source and the linear address of the operand"

        rule    lmsw_of_memory_exits
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x5000, access=r--
        vmcs    CR0_GUEST_HOST_MASK, set=CR0_TS
        vmcs    CR0_READ_SHADOW, clear=0xe
        vmcs    GUEST_FS_BASE, value=BASE

        expect  cr_access, control=0, qualification=0x90070, rip=load, length=5, \
                GUEST_LINEAR_ADDRESS=DATA+8
        otherwise cr_access, control=0, qualification=0x90030, rip=load, length=5
        finish

guest CODE

        mov     eax, 9                  ; PE and TS
        mov     ebx, DATA - BASE
load:   twist   lmsw [fs:rbx + 8]
        untwisted db 0x3e, 0x3e         ; prefixes, to make it as long
        untwisted lmsw ax
        vmcall

contents DATA
        dq      0
        dw      9
