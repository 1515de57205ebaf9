%define UNTWISTED                       ; as `./trapline assemble --untwisted` does
%include "scenario.inc"

scenario "a scenario without a twist has no twin"

        page    CODE, at=0x1000, access=r-x
        expect  vmcall
        finish

guest CODE
        vmcall
