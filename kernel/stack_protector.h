/* stack_protector.h -- what `gcc -fstack-protector` wants of whoever starts C */
#ifndef STACK_PROTECTOR_H
#define STACK_PROTECTOR_H

/* Chooses the guard value; the caller must itself be without protection. */
void stack_protector_start(void);

#endif
