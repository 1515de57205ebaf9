/* interrupts.c -- interrupts from outside: this kernel asks for none but its own timer's */
#include "kernel/interrupts.h"

#include "drivers/port.h"
#include "kernel/acpi_devices.h"
#include "kernel/exceptions.h"
#include "kernel/local_apic.h"
#include "kernel/paging.h"

enum {
	PIC_MASTER_MASK    = 0x21,
	PIC_SLAVE_MASK     = 0xa1,

	/* An I/O APIC's registers, reached by a number and a window; two for each input. */
	IO_APIC_SELECT     = 0x00,
	IO_APIC_WINDOW     = 0x10,
	IO_APIC_VERSION    = 1,
	IO_APIC_INPUTS     = 0x10,
	INPUT_MASKED       = 1 << 16,

	VECTORS            = 256,
	NMI_WAITS          = 1 << 12,           /* an NMI to oneself comes at once */
	FIRST_INTERRUPT    = 0x20,              /* vectors below are those of exceptions */
};

struct foreign_interrupts foreign_interrupts;

static volatile u8 taken;                       /* the vector that came in; 0: none */
static volatile bool let_in, nmi_let_in, nmi_blocks;
static volatile u32 nmis;                       /* that were let in */

static bool started, has_local_apic;

static u8 opened;                               /* the lowest vector that was let in; 0: none */

static volatile u32 *io_apic_register(u64 base, u32 number)
{
	*(volatile u32 *)(base + IO_APIC_SELECT) = number;
	return (volatile u32 *)(base + IO_APIC_WINDOW);
}

static void mask_io_apic(u64 base)
{
	paging_do_not_cache(base);
	u32 last = *io_apic_register(base, IO_APIC_VERSION) >> 16 & 0xff;

	for (u32 input = 0; input <= last; input++)
		*io_apic_register(base, IO_APIC_INPUTS + 2 * input) |= INPUT_MASKED;
}

static void mask_pics(void)
{
	port_write8(PIC_MASTER_MASK, 0xff);
	port_write8(PIC_SLAVE_MASK, 0xff);
}

static void mask_all(void)
{
	u64 base;

	mask_pics();
	for (unsigned i = 0; (base = acpi_io_apic(i)) != 0; i++)
		mask_io_apic(base);
}

void interrupts_acknowledge(u8 vector)
{
	if (vector != APIC_SPURIOUS_VECTOR)
		apic_write(APIC_EOI, 0);
}

void interrupts_note_foreign(u8 vector)
{
	foreign_interrupts.count++;
	foreign_interrupts.vector = vector;
}

extern void nmi_unblock(void);                  /* nmi_unblock.asm */
extern void nmi_block(void), nmi_blocked(void); /* nmi_block.asm */

bool interrupts_arrived(u8 vector)
{
	if (vector == VECTOR_NMI && nmi_blocks)
		nmi_blocked();
	if (vector == VECTOR_NMI) {
		nmis++;
		return nmi_let_in;
	}
	if (!let_in || vector < FIRST_INTERRUPT)
		return false;
	taken = vector;
	interrupts_acknowledge(vector);
	return true;
}

/* An interrupt that is pending comes between the instruction behind STI and CLI. */
u8 interrupts_let_in(void)
{
	taken = 0;
	let_in = true;
	asm volatile ("sti; nop; nop; cli" : : : "memory");
	let_in = false;
	return taken;
}

void interrupts_unblock_nmi(void)
{
	nmi_let_in = true;
	nmi_unblock();
	nmi_let_in = false;
}

void interrupts_block_nmi(void)
{
	interrupts_unblock_nmi();
	nmi_blocks = true;
	nmi_block();
	nmi_blocks = false;
	nmi_let_in = true;
}

u32 interrupts_nmis_taken(void)
{
	return nmis;
}

bool interrupts_nmi_comes(void)
{
	u32 before = nmis;

	nmi_let_in = true;
	apic_nmi_self();
	for (unsigned i = 0; i < NMI_WAITS && nmis == before; i++)
		asm volatile ("pause");
	return nmis != before;
}

/* An interrupt whose handler never ended keeps all others of its priority back. */
static void end_what_is_in_service(void)
{
	u8 vector;

	for (unsigned i = 0; i < VECTORS && (vector = apic_highest(APIC_IN_SERVICE)) != 0; i++) {
		interrupts_acknowledge(vector);
		interrupts_note_foreign(vector);
	}
}

static void take_what_is_requested(void)
{
	u8 vector;

	for (unsigned i = 0; i < VECTORS && (vector = interrupts_let_in()) != 0; i++)
		interrupts_note_foreign(vector);
}

static void take_everything(void)
{
	end_what_is_in_service();
	take_what_is_requested();
}

bool interrupts_start(void)
{
	if (started)
		return has_local_apic;
	started = true;
	mask_all();
	has_local_apic = local_apic_start();
	if (has_local_apic)
		take_everything();
	return has_local_apic;
}

bool interrupts_open(u8 vector)
{
	struct foreign_interrupts before = foreign_interrupts;

	if (!interrupts_start())
		return false;
	if (!opened) {
		apic_let_in_from(FIRST_INTERRUPT);
		take_everything();
		foreign_interrupts = before;
		opened = APIC_FIRST_VECTOR;
	}
	if (vector < opened)
		opened = vector;
	apic_let_in_from(opened);
	return true;
}

/* Ends what interrupts_open() began, and takes what was kept back. */
static void close(void)
{
	apic_write(APIC_INITIAL_COUNT, 0);
	apic_let_in_from(FIRST_INTERRUPT);
	take_everything();
	apic_let_in_as_usual();
	opened = 0;
}

/* What a test left pending is not foreign. */
bool interrupts_restore(bool devices_too)
{
	struct foreign_interrupts before = foreign_interrupts;

	if (!has_local_apic)
		return true;
	if (devices_too)
		mask_pics();
	if (!local_apic_restore(devices_too))
		return false;
	if (opened || apic_may_keep_a_vector())
		close();
	if (devices_too)
		end_what_is_in_service();
	take_what_is_requested();
	foreign_interrupts = before;
	return true;
}
