; write_only_pd_entry.asm -- at every level an entry that is writable must be readable, too
; (SDM vol. 3, "EPT Misconfigurations")

%include "scenario.inc"

scenario "a PDPT or PD entry that allows writes but no reads is misconfigured"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x40000000, access=rw-
        entry   DATA, level=pdpt, access=-w-

        expect  ept_misconfig, gpa=DATA, rip=store
        entry   DATA, level=pdpt, access=rwx
        entry   DATA, level=pd,   access=-wx
        resume

        expect  ept_misconfig, gpa=DATA, rip=store
        entry   DATA, level=pd,   access=rw-
        resume

        expect  vmcall
        holds   DATA, dword=1
        finish

guest CODE

        mov     ebx, DATA
store:  mov     dword [rbx], 1
        vmcall
