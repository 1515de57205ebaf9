; SDM vol. 3, "Saving Non-Register State" (pending debug exceptions): an instruction that exits has
; not been executed.

%include "scenario.inc"
%include "guest.inc"

scenario "an instruction that exits while single-stepping leaves no debug exception pending"

        rule    pending_debug_exceptions_saved
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS, set=RFLAGS_TF

        expect  cpuid, rip=first, GUEST_PENDING_DEBUG_EXCEPTIONS=0
        otherwise exception_or_nmi, vector=VECTOR_DB, rip=second, qualification=SINGLE_STEP
        finish

guest CODE

first:  twist   cpuid
        untwisted nop
second: hlt
