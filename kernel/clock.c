/* clock.c -- time, from the time-stamp counter and the first source that says how fast it counts */
#include "kernel/clock.h"

#include "drivers/port.h"
#include "kernel/acpi_devices.h"
#include "kernel/clock_choice.h"
#include "kernel/cpu.h"
#include "kernel/cpuid.h"
#include "kernel/paging.h"

u64 start_tsc;                                  /* boot.asm stores it */

/* For machines without a clock: 2 GHz, which is wrong by a small factor at most. */
#define LIKELY_TICKS (1ul << 21)

/* No test takes longer.  Less than so many ticks are less than an hour by any TSC, so that nobody
 * has to know how fast this one counts. */
#define LONGEST_STEP (60 * 60 * 1000)           /* milliseconds */
#define SHORT_STEP   (1ul << 31)                /* ticks */

/* A measurement must be long enough for reading the clock not to count, as a hypervisor may take
 * 100 us for that, and short enough for a PIT.  A clock that stands still is given up when the TSC
 * has counted so far, which takes 8 ms at 8 GHz, or else after so many looks. */
#define MILLISECONDS 8
#define TICKS_MAX    (1ul << 26)
#define LOOKS_MAX    (1u << 24)

/* A counter of a device that goes up, and wraps around where its mask ends. */
struct counter {
	u32 (*read)(u64 where);
	u64 where;                              /* its port or its address */
	u32 mask;
	u64 counts;                             /* in MILLISECONDS */
};

static u64 measure(const struct counter *counter)
{
	u32 first = counter->read(counter->where);
	u64 start = tsc_read(), ticks = 0;

	for (unsigned looks = 0; looks < LOOKS_MAX && ticks < TICKS_MAX; looks++) {
		u64 counted = (counter->read(counter->where) - first) & counter->mask;

		ticks = tsc_read() - start;
		if (counted >= counter->counts)
			return ticks * counter->counts / counted / MILLISECONDS;
	}
	return 0;
}

/* --- Channel 2 of the 8254, as its gate and its output can be had at port 61H --- */

enum {
	PIT_CHANNEL_2   = 0x42,
	PIT_COMMAND     = 0x43,
	COMMAND_ONCE    = 0xb0,                 /* channel 2, both bytes, mode 0: OUT rises at 0 */
	PIT_COUNTS      = 1193182 * MILLISECONDS / 1000,

	CONTROL         = 0x61,
	CONTROL_GATE_2  = 1 << 0,
	CONTROL_SPEAKER = 1 << 1,
	CONTROL_OUT_2   = 1 << 5,
};

/* Its output is a counter that counts once. */
static u32 pit_read(u64 control)
{
	return (port_read8((u16)control) & CONTROL_OUT_2) != 0;
}

static u64 by_pit(void)
{
	static const struct counter output = { pit_read, CONTROL, 1, 1 };
	u8 control = port_read8(CONTROL);

	port_write8(CONTROL, (u8)((control & ~CONTROL_SPEAKER) | CONTROL_GATE_2));
	port_write8(PIT_COMMAND, COMMAND_ONCE);
	port_write8(PIT_CHANNEL_2, PIT_COUNTS & 0xff);
	port_write8(PIT_CHANNEL_2, PIT_COUNTS >> 8);
	return measure(&output);
}

/* --- The ACPI power management timer: 3.579545 MHz (ACPI, "Power Management Timer") --- */

#define PM_TIMER_COUNTS (3579545 * MILLISECONDS / 1000)

static u32 pm_timer_read(u64 port)
{
	return port_read32((u16)port);
}

static u64 by_pm_timer(void)
{
	struct counter timer = { pm_timer_read, acpi_pm_timer(), BITS(23, 0), PM_TIMER_COUNTS };

	return timer.where != 0 ? measure(&timer) : 0;
}

/* --- The HPET's main counter (IA-PC HPET specification, "Register Definitions") --- */

enum {
	HPET_PERIOD     = 0x004,                /* of a count, in femtoseconds */
	HPET_CONTROL    = 0x010,
	HPET_COUNTER    = 0x0f0,
	HPET_ENABLE     = 1 << 0,
	PERIOD_MAX      = 100000000,
};
#define FEMTOSECONDS (1000000000000 * MILLISECONDS)

static volatile u32 *hpet_register(u64 base, u64 offset)
{
	return (volatile u32 *)(base + offset);
}

static u32 hpet_read(u64 base)
{
	return *hpet_register(base, HPET_COUNTER);
}

static u64 by_hpet(void)
{
	u64 base = acpi_hpet();

	if (base == 0)
		return 0;
	paging_do_not_cache(base);
	u32 period = *hpet_register(base, HPET_PERIOD);
	if (period == 0 || period > PERIOD_MAX)
		return 0;
	*hpet_register(base, HPET_CONTROL) |= HPET_ENABLE;
	return measure(&(struct counter){ hpet_read, base, ~0u, FEMTOSECONDS / period });
}

/* --- What CPUID says --- */

#define CPUID_1_ECX_HYPERVISOR BIT(31)
#define HYPERVISOR_LEAVES      0x40000000
#define HYPERVISOR_TIMING      0x40000010       /* EAX: kHz of the TSC, by VMware, KVM, others */

static u64 by_hypervisor(void)
{
	if (!(cpuid(1, 0).ecx & CPUID_1_ECX_HYPERVISOR) ||
	    cpuid(HYPERVISOR_LEAVES, 0).eax < HYPERVISOR_TIMING)
		return 0;
	return cpuid(HYPERVISOR_TIMING, 0).eax;
}

static u64 by_crystal(void)
{
	struct cpuid leaf = cpuid_leaf(0x15, 0);

	return clock_by_crystal(leaf.eax, leaf.ebx, leaf.ecx);
}

static u64 by_base_frequency(void)
{
	return (cpuid_leaf(0x16, 0).eax & BITS(15, 0)) * 1000;
}

/* --- The one in use --- */

static const struct clock_source sources[] = {
#define CLOCK(function, measured, name) { name, function, measured },
#include "kernel/clock.def"
#undef CLOCK
};

static struct {
	const struct clock_source *source;
	u64 ticks;                              /* in a millisecond; 0: not looked for yet */
} in_use;

const struct clock_source *clock_source(unsigned which)
{
	return which < COUNT(sources) ? &sources[which] : NULL;
}

static void choose(void)
{
	const struct clock_source *source;

	for (unsigned i = 0; in_use.ticks == 0 && (source = clock_source(i)) != NULL; i++) {
		in_use.ticks = clock_measure(source->measure);
		in_use.source = source;
	}
	if (in_use.ticks == 0) {
		in_use.ticks = LIKELY_TICKS;
		in_use.source = NULL;
	}
}

const struct clock_source *clock_in_use(void)
{
	clock_ticks_per_millisecond();
	return in_use.source;
}

u64 clock_ticks_per_millisecond(void)
{
	if (in_use.ticks == 0)
		choose();
	return in_use.ticks;
}

u64 clock_milliseconds(u64 ticks)
{
	return ticks / clock_ticks_per_millisecond();
}

static struct {
	u64 ticks;                              /* that count */
	u64 until;                              /* from start_tsc to the last step, by the TSC */
} elapsed;

void clock_step(void)
{
	u64 step = tsc_read() - start_tsc - elapsed.until;

	elapsed.until += step;
	if (step < SHORT_STEP || clock_milliseconds(step) <= LONGEST_STEP)
		elapsed.ticks += step;
}

u64 clock_elapsed(void)
{
	clock_step();
	return clock_milliseconds(elapsed.ticks);
}
