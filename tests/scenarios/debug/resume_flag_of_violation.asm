; SDM vol. 3, "Saving RIP, RSP, RFLAGS, and SSP".

%include "scenario.inc"
%include "guest.inc"

scenario "an EPT violation saves RFLAGS.RF as 1: no breakpoint is met twice at its instruction"

        rule_in_part resume_flag_saved
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--
        open_debug_registers

        expect  exception_or_nmi, vector=VECTOR_DB, rip=load, qualification=BREAKPOINT(0)
        twist   remap DATA, access=---
        invept
        vmcs    GUEST_RFLAGS, set=RFLAGS_RF
        resume
        expect  ept_violation, gpa=DATA, rip=load, rflags=RFLAGS_RF|RFLAGS_FIXED
        otherwise vmcall, rip=behind, rflags=RFLAGS_FIXED
        remap   DATA, access=r--
        resume
        expect  vmcall, rip=behind, rflags=RFLAGS_FIXED
        finish

guest CODE

        mov     ebx, DATA
        breakpoint 0, load, ON_EXECUTION(0)
load:   mov     rax, [rbx]
behind: vmcall
