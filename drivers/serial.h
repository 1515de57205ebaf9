/* serial.h -- COM1, a 16550 with a 16-byte FIFO, 115200 8N1 */
#ifndef SERIAL_H
#define SERIAL_H

#include <stddef.h>
#include <stdint.h>

/* Programs the line; without a UART at COM1 all other calls do nothing. */
void serial_start(void);

/* Sends in bursts of a whole FIFO; up to 15 bytes wait for more, or for serial_flush(). */
void serial_write(const char *text, size_t length);
void serial_flush(void);

/* Flushes, then waits until the last stop bit has left, so that the machine may end. */
void serial_drain(void);

/* Programs the line again, after somebody else may have; what was written before is sent first. */
void serial_restart(void);

/* What it cost so far: I/O instructions (REP OUTSB is one) and bytes. */
struct serial_cost {
	uint64_t port_accesses, bytes;
};
struct serial_cost serial_cost(void);

#endif
