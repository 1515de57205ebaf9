; SDM vol. 3, "Information for VM Exits Due to Instruction Execution" (VMREAD and VMWRITE); "Basic
; VM-Exit Information".

%include "scenario.inc"

scenario "the exit of VMREAD tells each part of its operand in memory"

        rule_in_part instruction_information_of_vmx, displacement_qualification
        page    CODE, at=0x1000, access=r-x

        expect  vmread, operand=none, segment=fs, base=rsi, index=r12, scale=4, displacement=-8, \
                address_size=64, field=GUEST_RIP, rip=start
        otherwise vmread, operand=none, segment=gs, base=r14, index=none, displacement=0x70, \
                address_size=32, field=GUEST_RIP, rip=start
        finish

guest CODE

        mov     r9d, 0x681e
start:  twist   vmread [fs:rsi + r12 * 4 - 8], r9
        untwisted vmread [gs:r14d + 0x70], r9
        nop
