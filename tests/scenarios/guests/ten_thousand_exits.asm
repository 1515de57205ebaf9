; In a long run nothing may get lost or pile up.  `nasm -DTURNS=1000000` makes it a million exits.
; SDM vol. 3, "VM Exits".

%include "scenario.inc"

%ifndef TURNS
%define TURNS   10000
%endif

scenario "ten thousand exits come one by one"

        rule    vmresume_enters
        page    CODE, at=0x1000, access=r-x

        repeat  TURNS
        expect  cpuid, rip=ask
        skip
        end_repeat

        expect  vmcall, rbx=TURNS
        finish

guest CODE

again:  inc     ebx
ask:    cpuid
        cmp     ebx, TURNS
        jb      again
        vmcall
