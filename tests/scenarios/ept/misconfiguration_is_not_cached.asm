; SDM vol. 3, "Caching Translation Information"; "EPT Misconfigurations".

%include "scenario.inc"

scenario "a misconfigured entry that is put right at another exit is seen without INVEPT"

        needs   vpid
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=-w-
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vpid

        expect  ept_misconfig, gpa=DATA, rip=load
        resume  at=other
        expect  vmcall, rip=other
        remap   DATA, access=r--
        resume  at=load
        expect  vmcall, rax=0x77
        finish

guest CODE

load:   mov     rax, [DATA]
other:  vmcall

contents DATA
        dq      0x77
