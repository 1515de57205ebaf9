/* port.h -- I/O ports */
#ifndef PORT_H
#define PORT_H

#include <stddef.h>
#include <stdint.h>

#include "drivers/table_heading.h"

/* The ports that more than one file uses. */
enum port {
#define PORT(number, name) name = number,
#include "drivers/ports.def"
#undef PORT
};

static inline void port_write8(uint16_t port, uint8_t value)
{
	asm volatile ("outb %0, %1" : : "a" (value), "Nd" (port));
}

static inline void port_write16(uint16_t port, uint16_t value)
{
	asm volatile ("outw %0, %1" : : "a" (value), "Nd" (port));
}

static inline void port_write32(uint16_t port, uint32_t value)
{
	asm volatile ("outl %0, %1" : : "a" (value), "Nd" (port));
}

static inline uint8_t port_read8(uint16_t port)
{
	uint8_t value;

	asm volatile ("inb %1, %0" : "=a" (value) : "Nd" (port));
	return value;
}

static inline uint32_t port_read32(uint16_t port)
{
	uint32_t value;

	asm volatile ("inl %1, %0" : "=a" (value) : "Nd" (port));
	return value;
}

/* This is one instruction, and most hypervisors take it in one VM exit; KVM emulates it byte by
 * byte. */
static inline void port_write_bytes(uint16_t port, const uint8_t *bytes, size_t count)
{
	asm volatile ("rep outsb" : "+S" (bytes), "+c" (count) : "d" (port) : "memory");
}

#endif
