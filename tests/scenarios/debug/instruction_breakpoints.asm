; An instruction breakpoint is a fault: it comes before the instruction.  The VM exit changes
; neither DR6 nor DR7.
; SDM vol. 3, table "Exit Qualification for Debug Exceptions"; "Architectural State Before a VM
; Exit".

%include "scenario.inc"
%include "guest.inc"

scenario "a breakpoint of an instruction exits before it, and its bit says which one it is"

        rule    debug_exception_qualification
        rule_in_part exception_that_exits_changes_nothing
        page    CODE, at=0x1000, access=r-x
        open_debug_registers

%assign n 0
%rep 4
        %if n = 0
        expect  exception_or_nmi, vector=VECTOR_DB, rip=at_0, qualification=BREAKPOINT(0), \
                GUEST_DR7=DR7_FIXED|1
        otherwise exception_or_nmi, vector=VECTOR_DB, rip=at_1, qualification=BREAKPOINT(1)
        %else
        expect  exception_or_nmi, vector=VECTOR_DB, rip=at_%[n], qualification=BREAKPOINT(n)
        %endif
        vmcs    GUEST_RFLAGS, set=RFLAGS_RF
        resume
%assign n n + 1
%endrep
        expect  vmcall, rax=DR6_FIXED
        finish

guest CODE

%assign n 0
%rep 4
%if n = 0
        twist   breakpoint 0, at_0, ON_EXECUTION(0)
%else
        breakpoint n, at_%[n], ON_EXECUTION(n)
%endif
at_%[n]:
        nop
%assign n n + 1
%endrep
        mov     rax, dr6
        vmcall
