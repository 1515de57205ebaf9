; SDM vol. 3, "Instructions That Cause VM Exits Unconditionally".

%include "scenario.inc"

scenario "VMCALL exits with all registers as the guest left them"

        rule    vmcall_exits, exit_instruction_length
        rule_in_part vmcall_in_non_root_operation
        page    CODE, at=0x1000, access=r-x
        set     rbp, 5
        set     r12, 12

        expect  vmcall, rip=call, length=3, qualification=0, rax=-1, rbp=5, rsi=6, r8=8, \
                r12=12, r15=15
        otherwise vmcall, r15=16
        set     r15, 16
        skip

        expect  vmcall, rax=-1, rbp=5, rsi=6, r8=8, r12=12, r15=17
        finish

guest CODE

        mov     rax, -1
        mov     esi, 6
        mov     r8d, 8
        mov     r15d, 15
call:   twist vmcall
        inc     r15
        vmcall
