%include "scenario.inc"

scenario "without an exit, the twin ends where its outcome is told"

        region  VMCS
        root    revision VMCS
        twist   root cr4, set=1 << 13
        root    vmxon VMCS
        finish
