; A write-only EPT entry is never legal, so every access to the page exits as a misconfiguration.
; This is a cheap way to emulate a device register.  The exit does not tell the instruction's
; length, so the answer names the place where the guest goes on.
; SDM vol. 3, "EPT Misconfigurations".

%include "scenario.inc"

scenario "a device register is emulated through an EPT misconfiguration"

        page    CODE,   at=0x1000,   access=r-x
        page    DEVICE, at=0xa00000, access=-w-, type=uc

        expect  ept_misconfig, gpa=DEVICE+STATUS, rip=load
        set     rax, READY
        resume  at=loaded

        expect  ept_misconfig, gpa=DEVICE+COMMAND, rip=store, rcx=START
        resume  at=stored

        expect  vmcall, rax=READY
        finish

STATUS  equ     0x10
COMMAND equ     0x18
READY   equ     0xc0ffee
START   equ     1

guest CODE

        mov     ebx, DEVICE
load:   mov     eax, [rbx + STATUS]
loaded: mov     ecx, START
store:  mov     [rbx + COMMAND], ecx
stored: vmcall
