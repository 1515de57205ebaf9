/* address_text.h -- an address, by the name that the scenario gives to its page */
#ifndef ADDRESS_TEXT_H
#define ADDRESS_TEXT_H

#include "tests/script/script.h"

/* "DATA+0x8(0x2008)", or "0x5008" outside of every page of the scenario. */
size_t address_text(char *text, size_t size, const struct script *script, u64 address);

#endif
