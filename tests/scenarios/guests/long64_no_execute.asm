; Without IA32_EFER.NXE bit 63 of a guest's entry would be reserved, and any access a page fault.
; SDM vol. 3, "Determination of Access Rights"; "Guest Register State".

%include "scenario.inc"
%include "guest.inc"

scenario "a 64-bit guest starts with IA32_EFER.NXE: it can read what it forbids itself to execute"

        needs   load_efer
        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=rw-
        own_paging

        expect  vmcall, rip=done, rax=0
        finish

guest CODE

        mov     rbx, HIGH
        mov     rax, [rbx]
done:   vmcall

        map_high pte=EXECUTE_DISABLE + DATA + LEAF
