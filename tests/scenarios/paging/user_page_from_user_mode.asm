; EPT does not look at the privilege level.
; SDM vol. 3, "EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "user mode's access to a page of its own reaches EPT like a supervisor's"

        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=r--
        own_paging
        user_mode

        expect  ept_violation, gpa=DATA, gla=HIGH, access=write, allowed=r--, walk=0, rip=store
        remap   DATA, access=rw-
        resume
        expect  vmcall
        holds   DATA, dword=0x77
        finish

guest CODE

        mov     rbx, HIGH
store:  mov     dword [rbx], 0x77
        vmcall

        map_high pte=DATA + LEAF
