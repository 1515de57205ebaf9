; The qualification is not that of an exit before.
; SDM vol. 3, "Basic VM-Exit Information": other VM exits than those that it names clear the field.

%include "scenario.inc"

scenario "an EPT misconfiguration behind an EPT violation has qualification 0"

        rule    ept_misconfiguration_exits
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=---

        expect  ept_violation, gpa=DATA, access=read, allowed=---, rip=load
        twist   remap DATA, access=-w-
        untwisted remap DATA, access=r--
        invept
        resume

        expect  ept_misconfig, gpa=DATA, qualification=0, rip=load
        otherwise vmcall
        finish

guest CODE

load:   mov     rax, [DATA]
        vmcall
