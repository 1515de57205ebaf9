; The processor writes what an exit would have told to the virtualization-exception information
; area, and all ones to its busy word, even if the exception itself exits.  Bits 11:9 of the
; qualification differ among processors, so they are not compared.
; SDM vol. 3, "Virtualization-Exception Information"; "Delivery of Virtualization Exceptions".

%include "scenario.inc"

%define VE      20

scenario "a #VE leaves the violation's information in memory, and exits if the bitmap says so"

        needs   ept_violation_ve
        page    CODE, at=0x1000, access=r-x
        page    INFO, at=0x5000, access=---
        page    DATA, at=0x6000, access=r--
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  exception_or_nmi, vector=VE, rip=store, \
                EXIT_INTERRUPTION_INFORMATION=0x80000314|1<<12?
        holds   INFO,      dword=48     ; EPT violation
        holds   INFO + 4,  dword=0xffffffff
        holds   INFO + 8,  byte=0x8a    ; a write to a readable page, with a linear address
        holds   INFO + 10, word=0
        holds   INFO + 12, dword=0
        holds   INFO + 16, qword=DATA + 8
        holds   INFO + 24, qword=DATA + 8
        holds   DATA + 8,  qword=0
        finish

guest CODE

        nop
store:  mov     [DATA + 8], rsi
        vmcall
