/* virtual_nmi.h -- ends what a guest with virtual NMIs may leave
 * (SDM vol. 3, "Interruptibility State", "Changes to Instruction Behavior in VMX Non-Root
 * Operation", IRET)
 */
#ifndef VIRTUAL_NMI_H
#define VIRTUAL_NMI_H

/* Each VM entry loads blocking by virtual NMI from the guest state.  An L0 that only ever sets it
 * there, as Bochs 2.7 does, keeps it for the guests that follow, until one with virtual NMIs
 * executes IRET: here one does.  Called when no VM lives.  Does nothing where no VM can be
 * started. */
void virtual_nmi_unblock(void);

#endif
