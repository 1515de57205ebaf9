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

/* The string of that number, counted from 0, in a row of strings that stand end to end.  A table of
 * pointers to them would take half as much memory again as the names that we have. */
static inline const char *string_at(const char *strings, size_t number)
{
	while (number--)
		strings += strlen(strings) + 1;
	return strings;
}

#endif
