%include "scenario.inc"

scenario "an answer that cannot be is an error that says why"

        page    CODE, at=0x1000, access=r-x
        expect  ept_violation
        remap   CODE
        remap   CODE, type=uc
        remap   CODE, access=rwx, colour=red
        remap   CODE, access=rwx, type=9
        remap   CODE, access=rwx, entry_bits=7
        holds   CODE, tword=1
        holds   CODE
        invept  CODE
        skip
        expect  refused_controls
        skip
        expect  vmcall
        skip    2
        expect  vmcall
        resume  from=there
        expect  vmcall
        invept  single, page=CODE
        invept  all, view=0
        invvpid
        invvpid CODE
        invvpid address
        invvpid single, linear=CODE
        invvpid single, vpid=1 << 16
        invvpid all, page=CODE
        flags   CODE
        flags   CODE, busy
        flags   CODE, accessed | wet
        flags   CODE, accessed, level=pml5
        flags   CODE, accessed, depth=pd
        clear_flags
        clear_flags EDOC
        finish  now

guest CODE, made=long64
        vmcall
