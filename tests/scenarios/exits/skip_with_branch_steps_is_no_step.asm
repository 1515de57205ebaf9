; SDM vol. 3, "Single-Stepping on Branches": with BTF and TF set, a debug exception comes after a
; branch only.  A pending one would come before the exit by the interrupt window.

%include "scenario.inc"

scenario "what is skipped with IA32_DEBUGCTL.BTF = 1 is no single step"

        needs   interrupt_window
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_IA32_DEBUGCTL, value=2

        expect  cpuid
        set     rflags, 0x302
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_interrupt_window_exiting
        skip

        expect  interrupt_window, rip=next, rax=0
        otherwise exception_or_nmi, vector=1, rip=next, rax=0
        finish

guest CODE

        cpuid
next:   mov     eax, 1
        vmcall
