/* vm_controls.h -- the VMX controls of a VM: every way to the outside exits
 * (SDM vol. 3, "VM-Execution Control Fields", "VM-Exit Control Fields",
 * "VM-Entry Control Fields") */
#ifndef VM_CONTROLS_H
#define VM_CONTROLS_H

#include "vmx/mode.h"

/* Writes them to the current VMCS.  Null if all is well, else the name of a control that the
 * processor does not offer and a VM of this mode cannot do without. */
const char *vm_controls_write(enum guest_mode mode);

#endif
