/* observable.h -- what a scenario's script can expect and set, by the rows of observables.def */
#ifndef OBSERVABLE_H
#define OBSERVABLE_H

#include "tests/script/script.h"
#include "vmx/vm.h"

/* The value after an exit of the VM whose VMCS is current. */
u64 observable_read(const struct vm *vm, const struct exit *exit, enum observable which);

/* Only for observables that can be set, as script_check() makes sure. */
void observable_write(struct vm *vm, enum observable which, u64 value);

const char *observable_name(enum observable which);

/* The value in words: r-x for allowed, write for access, out for direction, else hexadecimal. */
size_t observable_text(char *text, size_t size, enum observable which, u64 value);

#endif
