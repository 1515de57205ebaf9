; The translation of the large page is cached.  Behind INVEPT it is not.
; SDM vol. 3, "Invalidating Cached Mappings" and "Guidelines for Use of the INVEPT Instruction".

%include "scenario.inc"

scenario "behind INVEPT a part of a large page that was split allows what its own entry says"

        rule_in_part invept_invalidates
        needs   vpid, invept
        page    CODE,  at=0x1000,   access=r-x
        page    LARGE, at=0x200000, access=rw-, level=pd
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vpid

        expect  vmcall, rax=0x55
        split   LARGE
        twist   entry LARGE + 0x1000, level=pt, access=r--
        invept
        skip

        expect  ept_violation, gpa=LARGE + 0x1008, access=write, allowed=r--, rip=store
        otherwise vmcall, rax=0x55
        entry   LARGE + 0x1000, level=pt, access=rw-
        resume

        expect  vmcall, rax=0x55
        holds   LARGE + 0x1008, qword=0x1234
        finish

guest CODE

        mov     ebx, LARGE
        mov     rax, [rbx + 0x1000]
        vmcall
store:  mov     qword [rbx + 0x1008], 0x1234
        mov     rax, [rbx + 0x1000]
        vmcall

contents LARGE
        times 0x1000 db 0
        dq      0x55
