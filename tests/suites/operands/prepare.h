/* prepare.h -- what makes an instruction exit, beside the usual controls of a VM */
#ifndef PREPARE_H
#define PREPARE_H

#include "vmx/vm.h"

/* Changes the current VMCS and the registers; false after skip(). */
typedef bool prepare_t(struct vm *vm);
prepare_t prepare_nothing, prepare_invpcid, prepare_xss, prepare_rdrand, prepare_rdseed,
	prepare_wait;

#endif
