%include "scenario.inc"

scenario "what an exit may be instead stands behind the expect"

        page    CODE, at=0x1000, access=r-x
        or      cpuid
        expect  vmcall
        or
        or      cpiud
        or      cpuid, gpa=CODE
        set     rax, 5
        or      hlt
        resume
        or      hlt
        expect  vmcall
        or      ept_violation
        skip
        expect  vmcall
        twist   or hlt
        otherwise cpuid
        or      hlt
        finish

guest CODE
        or      eax, 1
        twist   or eax, 1
        vmcall
