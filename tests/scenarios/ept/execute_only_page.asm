; SDM vol. 3, "EPT Misconfigurations" (bit 0 of IA32_VMX_EPT_VPID_CAP); table "Exit Qualification
; for EPT Violations".

%include "scenario.inc"

scenario "an execute-only page runs and cannot be read"

        needs   execute_only
        page    CODE, at=0x1000, access=--x

        expect  ept_violation, gpa=secret, access=read, allowed=--x, rip=peek
        resume  at=on

        expect  vmcall, rip=on
        finish

guest CODE

        nop
peek:   mov     al, [secret]
on:     vmcall
secret: db      0x5a
