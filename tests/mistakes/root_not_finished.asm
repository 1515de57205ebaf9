%include "scenario.inc"

scenario "instructions of the host end with finish"

        root    vmxoff, outcome=UD
