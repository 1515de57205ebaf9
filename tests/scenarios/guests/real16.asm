; In real mode a linear address is segment * 16 + offset.
; SDM vol. 3, "Unrestricted Guests"; "Real-Address Mode".

%include "scenario.inc"

scenario "a real-mode guest runs, and its segments count in steps of 16 bytes"

        rule    unrestricted_guest_needs_no_paging
        rule_in_part vmcall_in_non_root_operation
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=---

        expect  ept_violation, gpa=DATA+0x18, gla=DATA+0x18, access=write, rip=store
        remap   DATA, access=rw-
        resume

        expect  vmcall, rax=0x1234
        holds   DATA+0x18, word=0x1234
        finish

guest CODE, mode=real16

        mov     ax, DATA / 16 + 1
        mov     ds, ax
        mov     ax, 0x1234
store:  mov     [8], ax
        vmcall
