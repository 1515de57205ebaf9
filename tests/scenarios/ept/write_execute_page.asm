; SDM vol. 3, "EPT Misconfigurations": bits 2:0 are 110b.

%include "scenario.inc"

scenario "an EPT entry that allows writes and fetches but no reads is a misconfiguration"

        page    CODE, at=0x1000, access=r-x
        page    NEXT, at=0x2000, access=-wx

        expect  ept_misconfig, gpa=NEXT, rip=there
        remap   NEXT, access=r-x
        resume

        expect  vmcall, rip=there
        finish

guest CODE

        jmp     there

contents NEXT

there:  vmcall
