/* vm_controls.h -- the VMX controls of a VM: every way to the outside exits
 * (SDM vol. 3, "VM-Execution Control Fields", "VM-Exit Control Fields",
 * "VM-Entry Control Fields") */
#ifndef VM_CONTROLS_H
#define VM_CONTROLS_H

#include "vmx/mode.h"

/* The words of a VM of this mode, by enum control_word.  Null if the processor does not offer a
 * control that such a VM cannot do without; *refused is then its name. */
const u32 *vm_controls_of(enum guest_mode mode, const char **refused);

#endif
