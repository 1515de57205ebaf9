/* model_world.h -- a machine of a few pages for the tests of the model: a guest with its paging
 * structures, and EPT below it; included by a single .c file a program, after <cmocka.h> */
#ifndef MODEL_WORLD_H
#define MODEL_WORLD_H

#include "drivers/serial.h"
#include "tests/model/bits.h"
#include "tests/model/model.h"

/* For the tests.  A guest-physical address is a host-physical one plus DISTANCE, so that none is
 * taken for the other. */
#define WORLD_PAGES 192
#define DISTANCE    0x40000000ul
#define GUEST_USER  (PAGING_P | PAGING_RW | PAGING_US | PAGING_A)
#define EPT_RWX     (EPT_READ | EPT_WRITE | EPT_EXECUTE | EPT_USER_EXECUTE)
#define EPT_WB      (6ul << 3)

static u64 world_memory[WORLD_PAGES * PAGE_SIZE / sizeof(u64)] __attribute__((aligned(PAGE_SIZE)));
static u64 world_used;                          /* bytes */
static struct model world;
static struct model_prediction predicted;
static u64 linear, next_linear;                 /* where the guest reads, and the next page */
static u64 data, next_data;                     /* the guest-physical addresses of the two */

/* kernel/print.c calls it to print; nothing is printed here. */
void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

/* A page of zeros, host-physical. */
static inline u64 new_page(void)
{
	world_used += PAGE_SIZE;
	assert_true(world_used <= sizeof(world_memory));
	return world_used - PAGE_SIZE;
}

static inline u64 *at_host(u64 address)
{
	assert_true(address + sizeof(u64) <= sizeof(world_memory));
	return (u64 *)((char *)world_memory + address);
}

/* --- EPT --- */

static inline unsigned ept_levels(void)
{
	return ((world.controls.eptp & EPTP_WALK_LENGTH) >> 3) + 1;
}

/* The host-physical address of the entry that translates the address at that level. */
static inline u64 ept_where(u64 address, unsigned level)
{
	u64 table = world.controls.eptp & EPT_ADDRESS;

	for (unsigned i = ept_levels();; i--) {
		u64 at = table + (address >> (3 + 9 * i) & 511) * 8;

		if (i == level)
			return at;
		if (*at_host(at) == 0)
			*at_host(at) = new_page() | EPT_RWX;
		table = *at_host(at) & EPT_ADDRESS;
	}
}

static inline u64 *ept(u64 address, unsigned level)
{
	return at_host(ept_where(address, level));
}

/* --- The guest --- */

static inline unsigned guest_levels(void)
{
	if (!(world.guest.cr4 & CR4_PAE))
		return 2;
	if (!(world.guest.efer & EFER_LMA))
		return 2;
	return world.guest.cr4 & CR4_LA57 ? 5 : 4;
}

static inline unsigned guest_entry_size(void)
{
	return world.guest.cr4 & CR4_PAE ? 8 : 4;
}

/* A page for the guest's paging structures, guest-physical, which EPT maps. */
static inline u64 new_guest_table(void)
{
	u64 page = new_page();

	*ept(page + DISTANCE, EPT_PT) = page | EPT_RWX | EPT_WB;
	return page + DISTANCE;
}

static inline u64 guest_root(u64 linear)
{
	bool pae = guest_levels() == 2 && guest_entry_size() == 8;
	u64 *root = pae ? &world.guest.pdpte[linear >> 30 & 3] : &world.guest.cr3;

	if (*root == 0)
		*root = new_guest_table() | (pae ? PAGING_P : 0);
	return *root & PAGING_ADDRESS;
}

static inline u64 guest_entry_at(u64 guest_physical)
{
	char *host = (char *)world_memory + (guest_physical - DISTANCE);

	return guest_entry_size() == 8 ? *(u64 *)(void *)host : *(u32 *)(void *)host;
}

static inline void guest_put_at(u64 guest_physical, u64 entry)
{
	char *host = (char *)world_memory + (guest_physical - DISTANCE);

	if (guest_entry_size() == 8)
		*(u64 *)(void *)host = entry;
	else
		*(u32 *)(void *)host = (u32)entry;
}

/* The guest-physical address of the guest's entry. */
static inline u64 guest_where(u64 linear, unsigned level)
{
	unsigned bits = guest_entry_size() == 8 ? 9 : 10;
	u64 table = guest_root(linear);

	for (unsigned i = guest_levels();; i--) {
		u64 index = linear >> (12 + bits * (i - 1)) & ((1ul << bits) - 1);
		u64 at = table + index * guest_entry_size();

		if (i == level)
			return at;
		if (guest_entry_at(at) == 0)
			guest_put_at(at, new_guest_table() | GUEST_USER);
		table = guest_entry_at(at) & PAGING_ADDRESS;
	}
}

static inline u64 guest_get(u64 linear, unsigned level)
{
	return guest_entry_at(guest_where(linear, level));
}

static inline void guest_put(u64 linear, unsigned level, u64 entry)
{
	guest_put_at(guest_where(linear, level), entry);
}

/* --- A new machine for every test --- */

/* Chooses addresses that have another index at each level, as far as they are wide enough. */
static inline void choose_addresses(void)
{
	static const u64 linears[] = {
		[2] = 0x12345678, [4] = 0x654312345678, [5] = 0x98654312345678,
	};

	linear = linears[guest_levels()];
	next_linear = (linear | BITS(11, 0)) + 1;
	data = 0x54321678;
	if (guest_levels() > 2)
		data |= BIT(world.processor.physical_width - 1) | 0x2900000000;
	next_data = (data & ~BITS(29, 0)) | 0x17777000;
}

/* Maps the data for every kind of access; all of the guest's flags are set, and none of EPT's. */
static inline void map_data(void)
{
	guest_put(linear, 1, (data & PAGING_ADDRESS) | GUEST_USER | PAGING_D);
	guest_put(next_linear, 1, (next_data & PAGING_ADDRESS) | GUEST_USER | PAGING_D);
	*ept(data, EPT_PT) = new_page() | EPT_RWX | EPT_WB;
	*ept(next_data, EPT_PT) = new_page() | EPT_RWX | EPT_WB;
}

/* The guest runs in 32-bit, PAE, 4-level or 5-level paging, below EPT of `levels`. */
static inline void new_world(u64 cr4, u64 efer, unsigned levels)
{
	memset(world_memory, 0, sizeof(world_memory));
	world_used = PAGE_SIZE;                 /* 0 stays a bad address */
	world = (struct model){
		.processor = model_processor(~0ul, levels == 5 ? 51 : 40, true),
		.guest = {
			.cr0 = CR0_PE | CR0_PG | CR0_WP, .cr4 = cr4, .efer = efer,
			.in_64bit_mode = efer & EFER_LMA,
		},
		.memory = { (u64)world_memory, sizeof(world_memory) },
	};
	world.controls.eptp = new_page() | (levels - 1) << 3 | 6;
	choose_addresses();
	map_data();
}

static inline int four_level(void **state)
{
	(void)state;
	new_world(CR4_PAE, EFER_LMA | EFER_NXE, 4);
	return 0;
}

/* --- An access, and what it comes to --- */

static inline struct model_access access_of(enum model_access_kind kind)
{
	return (struct model_access){ .kind = kind, .linear = gla(linear), .size = 1 };
}

/* Predicts the access; nothing of an earlier prediction is left. */
static inline const struct model_prediction *predict_access(struct model_access access,
							    unsigned choices)
{
	memset(&predicted, 0xaa, sizeof(predicted));
	model_predict(&world, &access, choices, &predicted);
	return &predicted;
}

static inline const struct model_prediction *predict(enum model_access_kind kind)
{
	return predict_access(access_of(kind), 0);
}

static inline void expect_completes(enum model_access_kind kind)
{
	assert_int_equal(predict(kind)->outcome.event, MODEL_COMPLETES);
}

/* Expects this code and these undefined bits, besides those that are always undefined. */
static inline void expect_code(u64 code, u64 undefined)
{
	u64 always = VIOLATION_NMI_UNBLOCKING | VIOLATION_SHADOW_STACK_PAGE;

	assert_int_equal(predicted.outcome.code & ~undefined, code & ~undefined);
	assert_int_equal(predicted.undefined & ~always, undefined);
	assert_int_equal(predicted.undefined & always, always);
}

#endif
