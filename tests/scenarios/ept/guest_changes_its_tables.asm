; Without a VPID each VM exit and VM entry invalidates what was cached of the guest's own tables.
; An L0 that caches nothing passes in any case.
; SDM vol. 3, "Operations that Invalidate Cached Mappings".

%include "scenario.inc"
%include "guest.inc"

scenario "without a VPID a change of the guest's page table is seen behind a VM exit"

        page    CODE, at=0x1000,  access=r-x
        page    OLD,  at=0x20000, access=r--
        page    NEW,  at=0x21000, access=r--
        own_paging

        expect  vmcall, rax=0x11
        remap   PT, access=rw-
        skip
        expect  vmcall
        skip
        expect  vmcall, rax=0x22
        finish

guest CODE

        mov     rbx, HIGH
        mov     rax, [rbx]
        vmcall
        mov     dword [PT], NEW + LEAF
        vmcall
        mov     rax, [rbx]
        vmcall

        map_high pte=OLD + LEAF
contents OLD
        dq      0x11
contents NEW
        dq      0x22
