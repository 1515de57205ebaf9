; view_has_its_own_permissions.asm -- a translation belongs to the EPTP it was made with
; (SDM vol. 3, "Information That May Be Cached": such mappings are associated with one EP4TA)

%include "scenario.inc"

scenario "a write cached under one EPTP is still refused under another that forbids it"

        views   2
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        entry   DATA, level=pt, access=r--, view=1

        expect  vmcall, view=0
        holds   DATA, dword=1
        vmcs    EPT_POINTER, view=1
        resume  at=store

        expect  ept_violation, gpa=DATA, access=write, allowed=r--, view=1, rip=store
        vmcs    EPT_POINTER, view=0
        resume

        expect  vmcall, view=0
        holds   DATA, dword=2
        finish

guest CODE

store:  inc     dword [DATA]
        vmcall
