; A hypervisor that emulates an instruction owes the guest its single step.
; SDM vol. 3, "Single-Step Exception Condition"; "Delivery of Pending Debug Exceptions after VM
; Entry".

%include "scenario.inc"
%include "guest.inc"

scenario "a single step that the hypervisor makes pending is delivered before the next instruction"

        rule    pending_debug_exceptions_delivered
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_RFLAGS, set=RFLAGS_TF

        expect  cpuid
        skip
        expect  exception_or_nmi, vector=VECTOR_DB, rip=second, qualification=SINGLE_STEP
        otherwise vmcall, rip=second
        finish

guest CODE

        cpuid
second: vmcall
