; Where they are enabled, VMFUNC of a function that is not exits.
; SDM vol. 3, "VM Functions" ("enable VM functions"); "Changes to Instruction Behavior in VMX
; Non-Root Operation".

%include "scenario.inc"

scenario "VMFUNC is an invalid opcode where VM functions are not enabled"

        rule    vmfunc_not_enabled
        page    CODE, at=0x1000, access=r-x
        twist   vmcs SECONDARY_CONTROLS, clear=SECONDARY_enable_vm_functions
        untwisted needs vm_functions
        untwisted vmcs SECONDARY_CONTROLS, set=SECONDARY_enable_vm_functions
        untwisted vmcs VM_FUNCTION_CONTROLS, value=0

        expect  exception_or_nmi, vector=6, rip=try
        otherwise vmfunc, rip=try
        finish

guest CODE

try:    vmfunc
