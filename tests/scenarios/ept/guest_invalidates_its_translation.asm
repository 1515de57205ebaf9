; INVLPG, where it does not exit, invalidates all that is cached for its linear address under the
; current VPID.  An L0 that caches nothing passes in any case.
; SDM vol. 3, "Operations that Invalidate Cached Mappings".

%include "scenario.inc"
%include "guest.inc"

scenario "with a VPID the guest sees a change of its page table behind INVLPG"

        needs   vpid
        page    CODE, at=0x1000,  access=r-x
        page    OLD,  at=0x20000, access=r--
        page    NEW,  at=0x21000, access=r--
        own_paging
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vpid

        expect  vmcall, rax=0x11
        remap   PT, access=rw-
        skip
        expect  vmcall, rax=0x22
        finish

guest CODE

        mov     rbx, HIGH
        mov     rax, [rbx]
        vmcall
        mov     dword [PT], NEW + LEAF
        invlpg  [rbx]
        mov     rax, [rbx]
        vmcall

        map_high pte=OLD + LEAF
contents OLD
        dq      0x11
contents NEW
        dq      0x22
