; SDM vol. 3, "Instructions That Cause VM Exits Unconditionally".

%include "scenario.inc"

scenario "VMLAUNCH in a guest always exits"

        rule    vmlaunch_exits
        page    CODE, at=0x1000, access=r-x

        expect  vmlaunch, rip=try, length=3, qualification=0
        otherwise vmcall
        skip

        expect  vmcall
        finish

guest CODE

try:    twist vmlaunch
        vmcall
