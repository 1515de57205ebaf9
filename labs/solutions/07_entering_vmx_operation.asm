; Lab 7: entering VMX operation, solved.
;
; VMXON looks at CR4.VMXE before anything else, as without it there is no such instruction (#UD).
; Then come the other bits of CR0 and CR4 that VMX operation demands (#GP(0)), of which CR0.NE is
; one.  Only then does it look at its operand: the address must be that of a page, and there must be
; the VMCS revision identifier.  There is no VMCS yet to tell an error number: VMfailInvalid.
;
; The last VMXON fails because the processor is in VMX operation already.  It can tell the number 15
; once there is a current VMCS.

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VMXON is refused for one reason after the other, until it enters VMX operation"

        region  VMXON_REGION
        region  VMCS
        root    cr0, clear=CR0_NE
        root    revision VMCS
        root    vmxon VMXON_REGION + 8, outcome=UD

        root    cr4, set=CR4_VMXE
        root    vmxon VMXON_REGION + 8, outcome=GP

        root    cr0, set=CR0_NE
        root    vmxon VMXON_REGION + 8, outcome=VMfailInvalid

        root    revision VMXON_REGION
        root    vmxon VMXON_REGION + 8, outcome=VMfailInvalid
        root    vmxon VMXON_REGION
        root    vmptrst, stores=nothing

        root    vmclear VMCS
        root    vmptrld VMCS
        root    vmxon VMXON_REGION, outcome=VMfailValid, error=15
        finish
