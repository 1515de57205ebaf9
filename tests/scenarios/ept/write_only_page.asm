; An entry that is writable and not readable does not even allow writes: it is misconfigured.
; SDM vol. 3, "EPT Misconfigurations": bits 2:0 are 010b.

%include "scenario.inc"

scenario "a write-only EPT entry is a misconfiguration, even for a write"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=-w-

        expect  ept_misconfig, gpa=DATA+0x10, rip=store
        holds   DATA+0x10, qword=0
        resume  at=load

        expect  ept_misconfig, gpa=DATA, rip=load
        remap   DATA, access=rw-
        resume

        expect  vmcall, rax=0
        finish

guest CODE

        mov     rax, -1
store:  mov     [DATA + 0x10], rax
load:   mov     rax, [DATA]
        vmcall
