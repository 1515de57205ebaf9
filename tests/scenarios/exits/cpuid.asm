; The hypervisor decides what CPUID says.
; SDM vol. 3, "Instructions That Cause VM Exits Unconditionally".

%include "scenario.inc"

scenario "CPUID always exits, and the guest sees what the exit is answered with"

        rule    cpuid_exits, exit_instruction_length, rip_saved
        page    CODE, at=0x1000, access=r-x

        expect  cpuid, rax=0x40000000, rcx=7, rip=ask, length=2, qualification=0
        otherwise vmcall, rax=0x40000000, rcx=7
        set     rax, 0x40000001
        set     rbx, 0x70617254
        set     rcx, 0x656e696c
        set     rdx, 0
        skip

        expect  vmcall, rax=0x40000001, rbx=0x70617254, rcx=0x656e696c, rdx=0
        finish

guest CODE

        mov     eax, 0x40000000
        mov     ecx, 7
ask:    twist cpuid
        vmcall
