; invvpid_of_each_type.asm -- with a VPID, VM exits and entries invalidate nothing; INVVPID does
; (SDM vol. 3, "Operations that Invalidate Cached Mappings"; "INVVPID--Invalidate Translations Based on
; VPID")

%include "scenario.inc"
%include "guest.inc"

%define VPID    7

scenario "after INVVPID of any type a guest paging entry that was changed in memory counts"

        needs   vpid, invvpid
        own_paging
        page    CODE,  at=0x1000, access=r-x
        page    ONE,   at=0x2000, access=r--
        page    OTHER, at=0x3000, access=r--
        entry   PT, level=pt, access=rw-
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=VPID
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vpid

        expect  vmcall, rax=1
        invvpid address, linear=HIGH
        skip

        expect  vmcall, rax=2
        invvpid single
        skip

        expect  vmcall, rax=1
        invvpid all
        skip

        expect  vmcall, rax=2
        invvpid retaining_globals, vpid=VPID
        skip

        expect  vmcall, rax=1
        finish

guest CODE

        mov     rbx, HIGH
again:  mov     rax, [rbx]
        xor     dword [PT], ONE ^ OTHER
        vmcall
        jmp     again

        map_high pte=ONE + LEAF

contents ONE
        dq      1
contents OTHER
        dq      2
