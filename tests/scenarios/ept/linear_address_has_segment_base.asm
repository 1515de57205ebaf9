; The linear address is the sum of the segment base and the offset.
; SDM vol. 3, "Basic VM-Exit Information" (guest-linear address).

%include "scenario.inc"

scenario "the linear address of an EPT violation includes the segment base"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=---
        vmcs    GUEST_FS_BASE, value=DATA+0x100

        expect  ept_violation, gpa=DATA+0x108, gla=DATA+0x108, access=read, rip=load
        finish

guest CODE

load:   mov     rax, [fs:8]
