; SDM vol. 3, "VMFUNC--Invoke VM function" (#UD).

%include "scenario.inc"

scenario "VMFUNC with LOCK or with a prefix 66, F2 or F3 is an invalid opcode, though it is enabled"

        needs   vm_functions, eptp_switching
        rule    vmfunc_with_prefix
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x3000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vm_functions
        vmcs    VM_FUNCTION_CONTROLS, value=1
        vmcs    EPTP_LIST_ADDRESS, page=LIST
        eptp    LIST, view=0

        expect  exception_or_nmi, vector=6, rip=locked
        resume  at=sized
        expect  exception_or_nmi, vector=6, rip=sized
        resume  at=with_f2
        expect  exception_or_nmi, vector=6, rip=with_f2
        resume  at=with_f3
        expect  exception_or_nmi, vector=6, rip=with_f3
        resume  at=plain
        expect  vmcall
        finish

guest CODE

locked:
        twist   db 0xf0
        untwisted nop
        vmfunc                          ; function 0 with index 0: EAX and ECX are 0
sized:
        twist   db 0x66
        untwisted nop
        vmfunc
with_f2:
        twist   db 0xf2
        untwisted nop
        vmfunc
with_f3:
        twist   db 0xf3
        untwisted nop
        vmfunc
plain:  vmfunc
        vmcall
