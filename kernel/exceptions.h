/* exceptions.h -- the exceptions' vectors and names
 * (SDM vol. 3, "Exception and Interrupt Vectors")
 */
#ifndef EXCEPTIONS_H
#define EXCEPTIONS_H

#include "kernel/types.h"

enum vector {
#define EXCEPTION(vector, name, error_code, mnemonic, text) VECTOR_##name = vector,
#include "kernel/exceptions.def"
#undef EXCEPTION
};

/* "#UD", "#GP", "NMI": the SDM's mnemonic; "interrupt" for a vector without one. */
const char *vector_name(unsigned vector);

/* "invalid opcode": the same exception in words. */
const char *vector_text(unsigned vector);

#endif
