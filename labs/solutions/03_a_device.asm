; Lab 3: a device that is not there, solved.
;
; The page is never mapped.  The answer puts a value into the register that the instruction loads,
; and says where the guest goes on, because the exit does not tell the instruction's length.

%include "scenario.inc"

%define SAMPLE  0x10
%define TOTAL   0x18

scenario "a device that is not there gives three samples and takes their sum"

        page    CODE,   at=0x1000,   access=r-x
        page    DEVICE, at=0xa00000, access=---, type=uc

        expect  ept_violation, gpa=DEVICE+SAMPLE, access=read, allowed=---, rip=load
        set     rax, 10
        resume  at=loaded

        expect  ept_violation, gpa=DEVICE+SAMPLE, access=read, allowed=---, rip=load
        set     rax, 20
        resume  at=loaded

        expect  ept_violation, gpa=DEVICE+SAMPLE, access=read, allowed=---, rip=load
        set     rax, 30
        resume  at=loaded

        expect  ept_violation, gpa=DEVICE+TOTAL, access=write, allowed=---, rip=store, rdx=60
        resume  at=stored

        expect  vmcall, rcx=3, rdx=60
        finish

guest CODE

        mov     ebx, DEVICE
        xor     ecx, ecx
        xor     edx, edx
load:   mov     eax, [rbx + SAMPLE]
loaded: add     edx, eax
        inc     ecx
        cmp     ecx, 3
        jb      load
store:  mov     [rbx + TOTAL], edx
stored: vmcall
