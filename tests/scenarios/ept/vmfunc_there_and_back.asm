; What one view allows must not become usable in the other, however often the guest switches.
; SDM vol. 3, "EPTP Switching"; "Information That May Be Cached".

%include "scenario.inc"
%include "guest.inc"

%define TIMES   1000

scenario "a thousand changes there and back need no exit, and leave each view its own permissions"

        needs   vm_functions, eptp_switching
        switchable_views
        page    CODE,  at=0x1000, access=r-x
        page    FIRST, at=0x3000, access=rw-
        page    OTHER, at=0x4000, access=---
        entry   FIRST, level=pt, access=---, view=1
        entry   OTHER, level=pt, access=rw-, view=1

        expect  vmcall, view=0, rdx=0
        holds   FIRST, dword=TIMES
        holds   OTHER, dword=TIMES
        skip
        expect  ept_violation, gpa=OTHER, access=read, allowed=---, rip=load, view=0
        finish

guest CODE

        mov     edx, TIMES
again:  inc     dword [FIRST]
        switch_view 1
        inc     dword [OTHER]
        switch_view 0
        dec     edx
        jnz     again
        vmcall
load:   mov     eax, [OTHER]
        vmcall
