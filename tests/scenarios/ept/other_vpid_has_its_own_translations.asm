; What the processor caches of the guest's own tables is kept under the VPID, and is used under no
; other one.  So the guest need not invalidate what it has changed.  An L0 that caches nothing passes
; in any case.
; SDM vol. 3, "Information That May Be Cached"; "Virtual-Processor Identifiers (VPIDs)".

%include "scenario.inc"
%include "guest.inc"

scenario "under another VPID what a guest has written to its page table counts"

        needs   vpid
        rule_in_part vpid_keeps_translations
        page    CODE, at=0x1000, access=r-x
        page    ONE,  at=0x20000, access=r--
        page    TWO,  at=0x21000, access=r--
        page    PML4, at=0x10000, access=r--
        page    PDPT, at=0x11000, access=r--
        page    PD,   at=0x12000, access=r--
        page    PT,   at=0x13000, access=rw-
        set     cr3, PML4
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vpid
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=1

        expect  vmcall, rax=1
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=2
        skip
        expect  vmcall, rax=2
        otherwise vmcall, rax=1
        finish

guest CODE

        mov     rsi, HIGH
        mov     rax, [rsi]
        twist   mov dword [PT], TWO + LEAF      ; and no INVLPG
        vmcall
        mov     rax, [rsi]
        vmcall

        map_high pte=ONE + LEAF
contents ONE
        dq      1
contents TWO
        dq      2
