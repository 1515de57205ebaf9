; permissions_of_upper_levels.asm -- an access needs its permission in every entry of the walk
; (SDM vol. 3, "EPT Violations"; table "Exit Qualification for EPT Violations")

%include "scenario.inc"

scenario "what an EPT violation says is allowed is what the entries of all levels allow together"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x40000000, access=rwx
        entry   DATA, level=pdpt, access=r-x
        entry   DATA, level=pd,   access=rw-

        expect  ept_violation, gpa=DATA, access=fetch, allowed=r--
        entry   DATA, level=pd,   access=rwx
        invept
        resume

        expect  vmcall, rip=DATA
        resume  at=store

        expect  ept_violation, gpa=DATA + 8, access=write, allowed=r-x, rip=store
        entry   DATA, level=pdpt, access=rwx
        entry   DATA, level=pt,   access=r--
        invept
        resume

        expect  ept_violation, gpa=DATA + 8, access=write, allowed=r--, rip=store
        finish

guest CODE

        mov     ebx, DATA
        jmp     rbx
store:  mov     dword [rbx + 8], 1

contents DATA

        vmcall
