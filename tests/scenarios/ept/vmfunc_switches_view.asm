; No VM exit comes of it; the EPT that counts from the next instruction on is the other one, and the
; VMCS says so.
; SDM vol. 3, "EPTP Switching".

%include "scenario.inc"
%include "guest.inc"

scenario "VMFUNC switches the EPT: a page of which only one view allows writes"

        needs   vm_functions, eptp_switching
        switchable_views
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x3000, access=r--
        entry   DATA, level=pt, access=rw-, view=1

        expect  ept_violation, gpa=DATA, access=write, allowed=r--, rip=refused, view=0
        resume  at=switch
        expect  vmcall, view=1, rax=0, rcx=1
        holds   DATA, qword=0x77
        finish

guest CODE

        mov     ebx, 0x77
refused:
        mov     [DATA], rbx
switch: switch_view 1
        mov     [DATA], rbx
        vmcall
