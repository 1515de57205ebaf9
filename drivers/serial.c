/* serial.c -- COM1 in bursts of a whole FIFO
 *
 * Port accesses are what costs: each is a VM exit under a hypervisor.  So the driver learns how
 * long a burst takes to leave, waits that long by the time-stamp counter, and reads the line status
 * register about once a burst.  Where the transmitter is always ready the learned time stays 0.
 */
#include "drivers/serial.h"

#include <stdbool.h>

#include "drivers/port.h"

enum {
	DATA                = COM1 + 0,         /* divisor latch, low byte, while DLAB is set */
	INTERRUPT_ENABLE    = COM1 + 1,         /* divisor latch, high byte */
	FIFO_CONTROL        = COM1 + 2,
	INTERRUPT_IDENTITY  = COM1 + 2,
	LINE_CONTROL        = COM1 + 3,
	MODEM_CONTROL       = COM1 + 4,
	LINE_STATUS         = COM1 + 5,
	SCRATCH             = COM1 + 7,

	LINE_8N1            = 0x03,
	LINE_DIVISOR_ACCESS = 0x80,
	DIVISOR_115200      = 1,
	FIFO_ENABLE_CLEAR   = 0x07,
	FIFO_IS_ENABLED     = 0xc0,
	MODEM_DTR_RTS       = 0x03,
	STATUS_HOLDER_EMPTY = 0x20,             /* the transmitter takes a whole burst */
	STATUS_ALL_SENT     = 0x40,

	FIFO_SIZE           = 16,
};

/* A line that is not ready after so many polls, which take seconds, never will be. */
#define POLLS_MAX         (1 << 18)
#define POLL_DISTANCE_MAX (1 << 16)             /* TSC ticks */

static bool     present;
static unsigned burst_size;
static uint8_t  waiting[FIFO_SIZE];
static unsigned waiting_count;

static uint64_t burst_sent_at;                  /* TSC */
static uint64_t burst_duration;                 /* what a burst is believed to take, in TSC ticks */

/* How a burst is handed over.  Most hypervisors take a string in one VM exit; KVM emulates it byte
 * by byte, which costs it more than as many OUTs.  So the first full bursts try both ways. */
enum way { BY_STRING, BY_BYTES, WAYS };
#define TRIALS 4                                /* of each way */

static uint64_t shortest_burst[WAYS];           /* TSC ticks */
static unsigned trials;

static struct serial_cost cost;

static uint64_t tsc(void)
{
	uint32_t low, high;

	asm volatile ("rdtsc" : "=a" (low), "=d" (high));
	return (uint64_t)high << 32 | low;
}

static uint8_t read_register(uint16_t port)
{
	cost.port_accesses++;
	return port_read8(port);
}

static void write_register(uint16_t port, uint8_t value)
{
	cost.port_accesses++;
	port_write8(port, value);
}

static bool answers(void)
{
	write_register(SCRATCH, 0x5a);
	return read_register(SCRATCH) == 0x5a && read_register(LINE_STATUS) != 0xff;
}

static void program_line(void)
{
	write_register(INTERRUPT_ENABLE, 0);
	write_register(LINE_CONTROL, LINE_DIVISOR_ACCESS);
	write_register(DATA, DIVISOR_115200);
	write_register(INTERRUPT_ENABLE, 0);
	write_register(LINE_CONTROL, LINE_8N1);
	write_register(FIFO_CONTROL, FIFO_ENABLE_CLEAR);
	write_register(MODEM_CONTROL, MODEM_DTR_RTS);
}

void serial_start(void)
{
	present = answers();
	if (!present)
		return;
	program_line();
	bool fifo = (read_register(INTERRUPT_IDENTITY) & FIFO_IS_ENABLED) == FIFO_IS_ENABLED;
	burst_size = fifo ? FIFO_SIZE : 1;
}

static uint64_t since_burst(void)
{
	return tsc() - burst_sent_at;
}

static void wait_since_burst(uint64_t ticks)
{
	while (since_burst() < ticks)
		asm volatile ("pause");
}

/* The time between two polls grows with the time waited: to notice the end late by a sixteenth of
 * it costs less than to poll all the while. */
static void wait_for_next_poll(void)
{
	uint64_t elapsed = since_burst();
	uint64_t distance = elapsed / 16;

	wait_since_burst(elapsed + (distance < POLL_DISTANCE_MAX ? distance : POLL_DISTANCE_MAX));
}

/* Returns the number of polls it took.  A line that never gets ready is given up for good: losing
 * the report is better than waiting this long for each of its bursts. */
static unsigned poll_status(uint8_t wanted)
{
	for (unsigned polls = 1; polls <= POLLS_MAX; polls++) {
		if (read_register(LINE_STATUS) & wanted)
			return polls;
		wait_for_next_poll();
	}
	present = false;
	return POLLS_MAX;
}

/* A single stall of the other side must not slow down all later bursts, so the believed duration
 * grows step by step.  The margin of 1/32 lets it shrink for some bursts before a poll comes too
 * early again. */
static void burst_took_longer(uint64_t elapsed)
{
	uint64_t seen = elapsed + elapsed / 32;
	uint64_t step = burst_duration * 2 + 2000;

	burst_duration = seen < step ? seen : step;
}

static void wait_until_holder_is_empty(void)
{
	bool must_wait = since_burst() < burst_duration;

	wait_since_burst(burst_duration);
	if (poll_status(STATUS_HOLDER_EMPTY) > 1)
		burst_took_longer(since_burst());
	else if (must_wait)
		burst_duration -= burst_duration / 512 + 1;
}

static bool still_trying(void)
{
	return trials < WAYS * TRIALS && waiting_count == FIFO_SIZE;
}

static enum way best_way(void)
{
	return shortest_burst[BY_BYTES] < shortest_burst[BY_STRING] ? BY_BYTES : BY_STRING;
}

static void write_burst(enum way way)
{
	if (way == BY_STRING) {
		port_write_bytes(DATA, waiting, waiting_count);
		cost.port_accesses++;
		return;
	}
	for (unsigned i = 0; i < waiting_count; i++)
		write_register(DATA, waiting[i]);
}

static void try_way(void)
{
	enum way way = (enum way)(trials++ % WAYS);
	uint64_t start = tsc();

	write_burst(way);
	uint64_t duration = tsc() - start;
	if (trials <= WAYS || duration < shortest_burst[way])
		shortest_burst[way] = duration;
}

static void send_burst(void)
{
	wait_until_holder_is_empty();
	if (!present)
		return;
	if (still_trying())
		try_way();
	else
		write_burst(best_way());
	cost.bytes += waiting_count;
	waiting_count = 0;
	burst_sent_at = tsc();
}

void serial_write(const char *text, size_t length)
{
	for (size_t i = 0; i < length && present; i++) {
		waiting[waiting_count++] = (uint8_t)text[i];
		if (waiting_count == burst_size)
			send_burst();
	}
}

void serial_flush(void)
{
	if (present && waiting_count > 0)
		send_burst();
}

/* The last byte leaves a little later than the holder is empty, so all polls before that would be
 * in vain. */
void serial_drain(void)
{
	serial_flush();
	wait_since_burst(burst_duration);
	if (present)
		poll_status(STATUS_ALL_SENT);
}

void serial_restart(void)
{
	serial_drain();
	if (present)
		program_line();
}

struct serial_cost serial_cost(void)
{
	return cost;
}
