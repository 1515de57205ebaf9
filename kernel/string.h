/* string.h -- the functions of <string.h> that the compiler may call, and a few more */
#ifndef STRING_H
#define STRING_H

#include <stddef.h>

void  *memcpy(void *restrict to, const void *restrict from, size_t size);
void  *memmove(void *to, const void *from, size_t size);
void  *memset(void *to, int byte, size_t size);
int    memcmp(const void *left, const void *right, size_t size);
size_t strlen(const char *text);
int    strcmp(const char *left, const char *right);
int    strncmp(const char *left, const char *right, size_t size);

/* Of strings that stand end to end the one of that number, counted from 0.  A table of pointers
 * would be half as large as the names that we have. */
static inline const char *string_at(const char *strings, size_t number)
{
	while (number--)
		strings += strlen(strings) + 1;
	return strings;
}

#endif
