; Lab 7: entering VMX operation.
;
; Find out  what VMXON demands, one thing after the other.  Each line that ends in `; yours` does
;           nothing useful yet: put there the one change that makes the next VMXON end as it must.
;           There are five: two bits of control registers, what a region must begin with, where it
;           must begin, and what is missing for the last error.
; Read      SDM vol. 3, "VMXON--Enter VMX Operation" (operation, exceptions); "Restrictions on VMX
;           Operation"; "Format of the VMCS Region"; table "VM-Instruction Error Numbers".
;           docs/scenarios.md, "Without a guest".
; Done      when the verdict is `ok`.  In which order does VMXON look at these?  Change two lines at
;           once to find out.

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VMXON is refused for one reason after the other, until it enters VMX operation"

        region  VMXON_REGION
        region  VMCS
        root    cr0, clear=CR0_NE
        root    revision VMCS
        root    vmxon VMXON_REGION + 8, outcome=UD

        root    rdmsr 0x3a                                      ; yours
        root    vmxon VMXON_REGION + 8, outcome=GP

        root    rdmsr 0x3a                                      ; yours
        root    vmxon VMXON_REGION + 8, outcome=VMfailInvalid

        root    rdmsr 0x3a                                      ; yours
        root    vmxon VMXON_REGION + 8, outcome=VMfailInvalid
        root    vmxon VMXON_REGION + 16                         ; yours
        root    vmptrst, stores=nothing

        root    vmclear VMCS
        root    rdmsr 0x3a                                      ; yours
        root    vmxon VMXON_REGION, outcome=VMfailValid, error=15
        finish
