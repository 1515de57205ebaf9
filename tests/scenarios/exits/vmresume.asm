; SDM vol. 3, "Instructions That Cause VM Exits Unconditionally".

%include "scenario.inc"

scenario "VMRESUME in a guest always exits"

        rule    vmresume_exits
        page    CODE, at=0x1000, access=r-x

        expect  vmresume, rip=try, length=3, qualification=0
        otherwise vmcall
        skip

        expect  vmcall
        finish

guest CODE

try:    twist vmresume
        vmcall
