; The same device as in device_by_misconfiguration, but its page is not present.  This exit tells
; more: whether the access was a read or a write.
; SDM vol. 3, "EPT Violations"; table "Exit Qualification for EPT Violations".

%include "scenario.inc"

scenario "a device register is emulated through EPT violations"

        page    CODE,   at=0x1000,   access=r-x
        page    DEVICE, at=0xa00000, access=---, type=uc

        expect  ept_violation, gpa=DEVICE+STATUS, access=read, rip=load
        set     rax, READY
        resume  at=loaded

        expect  ept_violation, gpa=DEVICE+COMMAND, access=write, rip=store, rcx=START
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
