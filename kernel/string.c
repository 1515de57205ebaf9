/* string.c -- the functions of <string.h> that the compiler may call, and a few more */
#include "kernel/string.h"

#include "kernel/types.h"

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	size_t words = size / 8, bytes = size % 8;
	void *at = to;

	asm volatile ("rep movsq" : "+D" (at), "+S" (from), "+c" (words) : : "memory");
	asm volatile ("rep movsb" : "+D" (at), "+S" (from), "+c" (bytes) : : "memory");
	return to;
}

void *memmove(void *to, const void *from, size_t size)
{
	u8 *last_to = (u8 *)to + size - 1;
	const u8 *last_from = (const u8 *)from + size - 1;

	if ((u64)to - (u64)from >= size)
		return memcpy(to, from, size);
	asm volatile ("std; rep movsb; cld"
		      : "+D" (last_to), "+S" (last_from), "+c" (size) : : "memory");
	return to;
}

void *memset(void *to, int byte, size_t size)
{
	u64 pattern = (u8)byte * 0x0101010101010101ull;
	size_t words = size / 8, bytes = size % 8;
	void *at = to;

	asm volatile ("rep stosq" : "+D" (at), "+c" (words) : "a" (pattern) : "memory");
	asm volatile ("rep stosb" : "+D" (at), "+c" (bytes) : "a" (pattern) : "memory");
	return to;
}

int memcmp(const void *left, const void *right, size_t size)
{
	const u8 *a = left, *b = right;

	for (size_t i = 0; i < size; i++)
		if (a[i] != b[i])
			return a[i] - b[i];
	return 0;
}

size_t strlen(const char *text)
{
	size_t length = 0;

	while (text[length])
		length++;
	return length;
}

int strcmp(const char *left, const char *right)
{
	return strncmp(left, right, ~(size_t)0);
}

int strncmp(const char *left, const char *right, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (left[i] != right[i] || left[i] == '\0')
			return (u8)left[i] - (u8)right[i];
	return 0;
}
