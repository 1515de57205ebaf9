; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (RDRAND exiting); "Information for VM
; Exits Due to Instruction Execution": operand size 64 bits in bits 12:11, register in bits 6:3.

%include "scenario.inc"

scenario "RDRAND exits with the register it would fill"

        rule    rdrand_exits
        needs   rdrand_exiting
        page    CODE, at=0x1000, access=r-x
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_rdrand_exiting

        expect  rdrand, operand=rbx, rip=draw, length=4, qualification=0
        otherwise vmcall
        set     rbx, 4
        skip

        expect  vmcall, rbx=4
        finish

guest CODE

draw:   rdrand  rbx
        vmcall
