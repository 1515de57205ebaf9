/* throwaway_guest.h -- a guest that only ends what an earlier one may have left in the processor */
#ifndef THROWAWAY_GUEST_H
#define THROWAWAY_GUEST_H

#include "kernel/types.h"

/* Runs the code in a VM of mode long64, with these pin-based controls besides, until its first
 * exit, and returns the reason.  Called when no VM lives.  Does nothing, and returns that of VMCALL,
 * where no VM can be started.  Whether the processor is in VMX operation stays as it is. */
u32 throwaway_guest_run(const u8 *code, size_t size, u32 pin_based_controls);

#endif
