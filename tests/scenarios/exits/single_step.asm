; A single step is a trap: it exits after the instruction, and the qualification says why.
; SDM vol. 3, table "Exit Qualification for Debug Exceptions", bit 14 (BS).

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "a single step exits as exception 1, behind the instruction"

        rule    exception_exits_by_its_bit, single_step_qualification
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_RFLAGS, set=RFLAGS_TF

        expect  exception_or_nmi, vector=1, qualification=0x4000, rip=second, rax=1, \
                EXIT_INTERRUPTION_INFORMATION=0x80000301
        otherwise vmcall, rax=2
        finish

guest CODE

        mov     eax, 1
second: mov     eax, 2
        vmcall
