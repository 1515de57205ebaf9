; SDM vol. 3, "VM Functions" ("enable VM functions"); "Changes to Instruction Behavior in VMX
; Non-Root Operation".

%include "scenario.inc"

scenario "VMFUNC is an invalid opcode where VM functions are not enabled"

        page    CODE, at=0x1000, access=r-x

        expect  exception_or_nmi, vector=6, rip=try
        finish

guest CODE

try:    vmfunc
