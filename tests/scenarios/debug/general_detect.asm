; SDM vol. 3, table "Exit Qualification for Debug Exceptions", bit 13 (BD); "Architectural State
; Before a VM Exit": an exception that exits changes neither DR6 nor DR7, whose GD bit the delivery
; would have cleared.

%include "scenario.inc"
%include "guest.inc"

scenario "general detect exits before MOV DR, and leaves DR7.GD at 1"

        rule    debug_exception_qualification
        rule_in_part exception_that_exits_changes_nothing
        page    CODE, at=0x1000, access=r-x
        open_debug_registers
        twist   vmcs GUEST_DR7, set=GENERAL_DETECT

        expect  exception_or_nmi, vector=VECTOR_DB, rip=first, qualification=GENERAL_DETECT, \
                GUEST_DR7=DR7_FIXED|GENERAL_DETECT
        otherwise vmcall, rax=DR6_FIXED
        vmcs    GUEST_DR7, clear=GENERAL_DETECT
        resume
        expect  vmcall, rax=DR6_FIXED
        finish

guest CODE

first:  mov     rax, dr6
        vmcall
