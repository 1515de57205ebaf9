; Lab 3: a device that is not there.
;
; Find out  how a hypervisor emulates a device's register.  The guest reads SAMPLE three times and
;           must get 10, then 20, then 30.  Then it writes the sum to TOTAL.  The script below
;           expects only the first read, and even the answer to that is missing.
; Read      SDM vol. 3, "EPT Violations"; docs/scenarios.md, the words `set` and `resume at=`; the
;           scenario ept/device_by_violation.
; Done      when the verdict is `ok`, the page DEVICE is still `---`, and your script expects the
;           write to TOTAL, with rdx=60.

%include "scenario.inc"

%define SAMPLE  0x10
%define TOTAL   0x18

scenario "a device that is not there gives three samples and takes their sum"

        page    CODE,   at=0x1000,   access=r-x
        page    DEVICE, at=0xa00000, access=---, type=uc

        expect  ept_violation, gpa=DEVICE+SAMPLE, access=read, allowed=---, rip=load
        resume                                                          ; yours, and what follows

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
