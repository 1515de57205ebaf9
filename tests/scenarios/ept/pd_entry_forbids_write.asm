; pd_entry_forbids_write.asm -- what an upper entry does not allow, the page does not allow
; (SDM vol. 3, "EPT Violations")

%include "scenario.inc"

scenario "a page that its PT entry maps rw- is read-only where the PD entry above it is"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x200000, access=rw-
        entry   DATA, level=pd, access=r--

        expect  ept_violation, gpa=DATA, access=write, allowed=r--, rip=store
        entry   DATA, level=pd, access=rw-
        invept
        resume

        expect  vmcall, rax=0
        holds   DATA, dword=1
        finish

guest CODE

        mov     ebx, DATA
        mov     eax, [rbx]
store:  mov     dword [rbx], 1
        vmcall
