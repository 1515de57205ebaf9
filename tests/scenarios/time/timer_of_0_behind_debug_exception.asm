; SDM vol. 3, "VM Exits Due to the VMX-Preemption Timer": debug-trap exceptions take priority.

%include "scenario.inc"
%include "guest.inc"

scenario "a single step that is pending on VM entry goes before a preemption timer of 0"

        rule    preemption_timer_of_0, preemption_timer_and_single_step
        needs   preemption_timer
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        vmcs    VMX_PREEMPTION_TIMER_VALUE, value=0
        vmcs    GUEST_RFLAGS, set=RFLAGS_TF
        twist   vmcs GUEST_PENDING_DEBUG_EXCEPTIONS, value=1 << 14

        expect  exception_or_nmi, vector=VECTOR_DB, qualification=1 << 14, rip=CODE
        otherwise preemption_timer, rip=CODE
        vmcs    GUEST_RFLAGS, clear=RFLAGS_TF
        resume

        expect  preemption_timer, rip=CODE, rax=0
        finish

guest CODE

        mov     eax, 1
        vmcall
