/* local_apic.c -- the local APIC: its registers, by memory or MSRs, and its sources made quiet */
#include "kernel/local_apic.h"

#include "kernel/cpu.h"
#include "kernel/guarded.h"
#include "kernel/paging.h"

#define CPUID_1_EDX_APIC      BIT(9)

#define BASE_ADDRESS          BITS(51, 12)      /* of IA32_APIC_BASE */
#define BASE_X2APIC           BIT(10)
#define BASE_ENABLE           BIT(11)
#define USUAL_ADDRESS         0xfee00000ull
#define X2APIC                0x800

#define SOFTWARE_ENABLE       BIT(8)            /* of APIC_SPURIOUS */
#define LVT_MASKED            BIT(16)
#define PRIORITY              (APIC_FIRST_VECTOR - 0x10)        /* CR8 has bits 7:4 of it */
#define COMMAND_SELF          (BIT(18) | BIT(14))       /* shorthand "self", assert, fixed */
#define COMMAND_NMI           (BIT(14) | BIT(10))
#define COMMAND_INIT          (BIT(14) | BIT(10) | BIT(8))
#define COMMAND_INIT_OTHERS   (BITS(19, 18) | COMMAND_INIT)

static u64 base;                                /* IA32_APIC_BASE */

void apic_write(enum apic_register which, u32 value)
{
	if (base & BASE_X2APIC)
		msr_write(X2APIC + which / 16, value);
	else
		*(volatile u32 *)((base & BASE_ADDRESS) + which) = value;
}

u32 apic_read(enum apic_register which)
{
	if (base & BASE_X2APIC)
		return (u32)msr_read(X2APIC + which / 16);
	return *(volatile u32 *)((base & BASE_ADDRESS) + which);
}

static bool is_reachable(void)
{
	return base & BASE_ENABLE && (base & BASE_ADDRESS) < MAPPED_SIZE;
}

void local_apic_stop_others(void)
{
	if (try_rdmsr(IA32_APIC_BASE, &base) == 0 && is_reachable())
		apic_write(APIC_COMMAND, COMMAND_INIT_OTHERS);
}

/* While bit 11 of IA32_APIC_BASE is 0, CPUID says that there is no local APIC.  Some processors,
 * and Bochs, keep it disabled until a reset
 * (SDM vol. 3, "Enabling or Disabling the Local APIC"). */
static bool enable(void)
{
	if (try_rdmsr(IA32_APIC_BASE, &base))
		return false;
	if (!is_reachable()) {
		try_wrmsr(IA32_APIC_BASE, (base & ~BASE_ADDRESS) | USUAL_ADDRESS | BASE_ENABLE);
		try_rdmsr(IA32_APIC_BASE, &base);
	}
	return is_reachable() && cpuid(1, 0).edx & CPUID_1_EDX_APIC;
}

/* In the order in which processors have got them: each has the first ones, as many as its version
 * register says (SDM vol. 3, "Local APIC Version Register"). */
static const u16 local_vectors[] = {
	APIC_LVT_TIMER, APIC_LVT_LINT0, APIC_LVT_LINT1, APIC_LVT_ERROR,
	APIC_LVT_COUNTERS, APIC_LVT_THERMAL, APIC_LVT_CMCI,
};

/* The vector is a legal one, as the APIC may report an illegal one even of an entry that is masked
 * (SDM vol. 3, "Local Vector Table"). */
static void mask_local_vectors(void)
{
	u32 highest = apic_read(APIC_VERSION) >> 16 & 0xff;

	for (unsigned i = 0; i < COUNT(local_vectors) && i <= highest; i++)
		apic_write(local_vectors[i], LVT_MASKED | APIC_SPURIOUS_VECTOR);
}

/* In x2APIC mode the processor itself says where logical destinations lead. */
static void set_up(void)
{
	apic_write(APIC_SPURIOUS, SOFTWARE_ENABLE | APIC_SPURIOUS_VECTOR);
	apic_let_in_as_usual();
	mask_local_vectors();
	apic_write(APIC_INITIAL_COUNT, 0);
	apic_write(APIC_DIVIDE, 0);
	if (base & BASE_X2APIC)
		return;
	apic_write(APIC_LOGICAL_ID, 0);
	apic_write(APIC_FORMAT, ~0u);
}

bool local_apic_start(void)
{
	if (!enable())
		return false;
	paging_do_not_cache(base & BASE_ADDRESS);
	set_up();
	return true;
}

/* The way back from x2APIC mode leads through a disabled APIC, from which there may be none. */
static void write_base(u64 found)
{
	if (found & ~base & BASE_X2APIC)
		try_wrmsr(IA32_APIC_BASE, base & ~(u64)(BASE_ENABLE | BASE_X2APIC));
	try_wrmsr(IA32_APIC_BASE, base);
}

bool local_apic_restore(bool all)
{
	u64 found = base;

	try_rdmsr(IA32_APIC_BASE, &found);
	if (found != base) {
		write_base(found);
		try_rdmsr(IA32_APIC_BASE, &found);
		all = true;
	}
	if (found != base)
		return false;
	if (all)
		set_up();
	return true;
}

u8 apic_highest(enum apic_register which)
{
	for (unsigned word = 8; word-- > 0;) {
		u32 vectors = apic_read(which + 0x10 * word);
		if (vectors != 0)
			return (u8)(32 * word + 31 - (unsigned)__builtin_clz(vectors));
	}
	return 0;
}

static bool low_vector_sent;

void apic_interrupt_self(u8 vector)
{
	low_vector_sent |= vector < APIC_FIRST_VECTOR;
	apic_write(APIC_COMMAND, COMMAND_SELF | vector);
}

bool apic_may_keep_a_vector(void)
{
	return low_vector_sent;
}

/* In x2APIC mode the ID has 32 bits, and stands in the same MSR as the command. */
static void send_to_own_id(u32 command)
{
	u32 id = apic_read(APIC_ID);

	if (base & BASE_X2APIC) {
		msr_write(X2APIC + APIC_COMMAND / 16, (u64)id << 32 | command);
		return;
	}
	apic_write(APIC_DESTINATION, id);
	apic_write(APIC_COMMAND, command);
}

void apic_nmi_self(void)
{
	send_to_own_id(COMMAND_NMI);
}

void apic_init_self(void)
{
	send_to_own_id(COMMAND_INIT);
}

void apic_let_in_from(u8 vector)
{
	low_vector_sent = false;
	apic_write(APIC_PRIORITY, (vector & 0xf0u) - 0x10);
}

void apic_let_in_as_usual(void)
{
	apic_write(APIC_PRIORITY, PRIORITY);
}
