; LTR reads the descriptor and then writes to it, to mark it as busy.
; SDM vol. 3, "EPT Violations"; vol. 2, "LTR--Load Task Register".

%include "scenario.inc"
%include "guest.inc"

scenario "LTR with a read-only GDT traps as a write, and leaves the descriptor busy once it may"

        page    CODE, at=0x1000, access=r-x
        page    GDT,  at=0x2000, access=r--
        vmcs    SECONDARY_CONTROLS, clear=SECONDARY_descriptor_table_exiting
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x1f

        expect  ept_violation, gpa=GDT+0x10|0xf?, access=write|read?, allowed=r--, rip=load
        holds   GDT+0x14, dword=SYSTEM_TSS
        remap   GDT, access=rw-
        resume
        expect  vmcall, GUEST_TR_SELECTOR=0x10, GUEST_TR_BASE=0x5000
        holds   GDT+0x14, dword=SYSTEM_TSS + TSS_BUSY
        finish

guest CODE

        mov     eax, 0x10
load:   ltr     ax
        vmcall

contents GDT
        dq      0, CODE_64
        dd      0x50000067, SYSTEM_TSS, 0, 0
