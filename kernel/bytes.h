/* bytes.h -- little-endian numbers at any alignment, as firmware and boot loaders lay them */
#ifndef BYTES_H
#define BYTES_H

#include "kernel/types.h"

static inline u16 read16(const void *at)
{
	u16 value;

	__builtin_memcpy(&value, at, sizeof(value));
	return value;
}

static inline u32 read32(const void *at)
{
	u32 value;

	__builtin_memcpy(&value, at, sizeof(value));
	return value;
}

static inline u64 read64(const void *at)
{
	u64 value;

	__builtin_memcpy(&value, at, sizeof(value));
	return value;
}

#endif
