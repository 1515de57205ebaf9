; Every entry on the way must allow the fetch.
; SDM vol. 3, "Determination of Access Rights".

%include "scenario.inc"
%include "guest.inc"

scenario "a fetch below a page-directory entry that forbids it is a page fault"

        needs   load_efer
        page    CODE, at=0x1000,  access=r-x
        page    MORE, at=0x20000, access=r-x
        own_paging
        vmcs    GUEST_IA32_EFER, set=EFER_NXE

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_FETCH, \
                qualification=HIGH, rip=HIGH
        finish

guest CODE

        mov     rbx, HIGH
        jmp     rbx

        map_high pde=EXECUTE_DISABLE + PT + BRANCH, pte=MORE + LEAF
contents MORE
        vmcall
