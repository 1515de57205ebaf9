; SDM vol. 3, "Changes to Instruction Behavior in VMX Non-Root Operation";
; vol. 2, "INVPCID--Invalidate Process-Context Identifier"

%include "scenario.inc"
%include "guest.inc"

scenario "behind INVPCID of each type the guest reads through the entry that it has changed"

        needs   invpcid
        rule    invpcid_works
        page    CODE,   at=0x1000,  access=r-x
        page    FIRST,  at=0x2000,  access=r--
        page    SECOND, at=0x3000,  access=r--
        page    PML4,   at=0x10000, access=r--
        page    PDPT,   at=0x11000, access=r--
        page    PD,     at=0x12000, access=r--
        page    PT,     at=0x13000, access=rw-
        set     cr3, PML4
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_enable_invpcid

        expect  vmcall, r8=1, r9=2, rcx=0       ; an address
        otherwise exception_or_nmi, vector=VECTOR_UD, rip=invalidate
        skip
        expect  vmcall, r8=2, r9=1, rcx=1       ; a context
        skip
        expect  vmcall, r8=1, r9=2, rcx=2       ; all, with global translations
        skip
        expect  vmcall, r8=2, r9=1, rcx=3       ; all but global translations
        skip
        expect  exception_or_nmi, vector=VECTOR_GP, error=0, rcx=4, rip=invalidate
        finish

guest CODE
        mov     rbx, HIGH
        mov     rdx, FIRST + LEAF
        mov     rsi, SECOND + LEAF
again:  mov     r8, [rbx]
        mov     [PT], rsi
invalidate:
        invpcid rcx, [descriptor]
        mov     r9, [rbx]
        vmcall
        xchg    rdx, rsi
        inc     ecx
        jmp     again
descriptor:
        dq      0, HIGH                         ; PCID 0

        map_high pte=FIRST + LEAF

contents FIRST
        dq      1
contents SECOND
        dq      2
