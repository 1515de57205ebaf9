/* nmi.h -- an NMI that a guest sends to its own processor (SDM vol. 3, "Issuing Interprocessor
 * Interrupts")
 */
#ifndef NMI_H
#define NMI_H

#include "vmx/vm.h"

/* Maps the local APIC for the guest at this address, and aims it at this processor.  A guest that
 * then writes NMI_COMMAND to the register at NMI_REGISTER gets an NMI.  False after skip() if there
 * is no local APIC in memory. */
bool nmi_prepare(const struct vm *vm, gpa_t address);

#define INIT_COMMAND 0x4500u                    /* the same, but an INIT signal */
#define NMI_COMMAND  0x4400u                    /* an NMI to the processor that was aimed at */
#define NMI_REGISTER 0x300                      /* of interrupt commands; its offset */

#endif
