; In view 0 the page can only be executed, in view 1 it can only be read.
; SDM vol. 3, "EPTP Switching"; "EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "a page that only runs in one view and only reads in the other"

        needs   vm_functions, eptp_switching, execute_only
        switchable_views
        page    CODE,  at=0x1000, access=r-x
        page    SPLIT, at=0x3000, access=--x
        entry   SPLIT, level=pt, access=r--, view=1

        expect  ept_violation, gpa=SPLIT, access=read, allowed=--x, rip=look, view=0, rdx=0x77
        resume  at=switch
        expect  ept_violation, gpa=SPLIT, access=fetch, allowed=r--, rip=SPLIT, view=1, rbx=0xba
        finish

guest CODE

        mov     rsi, look
        jmp     SPLIT
look:   movzx   ebx, byte [SPLIT]
switch: switch_view 1
        movzx   ebx, byte [SPLIT]
        jmp     SPLIT

contents SPLIT
        mov     edx, 0x77               ; the byte 0xba, then a dword
        jmp     rsi
