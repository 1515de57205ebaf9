/* stack_protector.h -- what code compiled by `gcc -fstack-protector` needs at run time */
#ifndef STACK_PROTECTOR_H
#define STACK_PROTECTOR_H

/* Chooses the guard value.  The caller must be compiled without protection, as it ends with another
 * guard than it began with. */
void stack_protector_start(void);

#endif
