; A guest has no memory but its declared pages: everywhere else the EPT entries are not present.
; SDM vol. 3, "EPT Translation Mechanism", "EPT Violations".

%include "scenario.inc"

scenario "memory that the scenario does not declare is not present"

        page    CODE, at=0x1000, access=r-x

        expect  ept_violation, gpa=0x5000, access=read, allowed=---, rip=near_by
        resume  at=far_away
        expect  ept_violation, gpa=0xc0000000, access=write, allowed=---, rip=far_away
        finish

guest CODE

        mov     ebx, 0xc0000000
near_by:
        mov     rax, [0x5000]           ; the same table, another entry
far_away:
        mov     [rbx], rax              ; three gigabytes up: no table at all
