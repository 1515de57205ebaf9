/* entry_bases.h -- changes to the legal state of VM entry, and the legal guests that they make;
 * included by a single .c file a program
 */
#ifndef ENTRY_BASES_H
#define ENTRY_BASES_H

#include "tests/host/entry_world.h"

/* --- Changes --- */

struct change {
	void *where;
	u64 value;
	u8 size;
	enum { CHANGE_TO, CHANGE_ON, CHANGE_OFF } how;
};

#define SET(name, number) { &world.fields[ENTRY_FIELD_##name], number, 8, CHANGE_TO }
#define ON(name, bits) { &world.fields[ENTRY_FIELD_##name], bits, 8, CHANGE_ON }
#define OFF(name, bits) { &world.fields[ENTRY_FIELD_##name], bits, 8, CHANGE_OFF }
#define OFFER(name, number) { &processor.name, number, sizeof(processor.name), CHANGE_TO }
#define STORE(address, number) { &world_memory[address], number, 8, CHANGE_TO }

#define ENTRY_WITH(name) ON(entry_controls, WORLD_ON(ENTRY, name))
#define ENTRY_WITHOUT(name) OFF(entry_controls, WORLD_ON(ENTRY, name))
#define SECONDARY_WITH(name) ON(secondary_controls, WORLD_ON(SECONDARY, name))
#define SECONDARY_WITHOUT(name) OFF(secondary_controls, WORLD_ON(SECONDARY, name))
#define PIN_BASED_WITH(name) ON(pin_based_controls, WORLD_ON(PIN_BASED, name))

static inline void make_change(const struct change *change)
{
	u64 value = 0;

	memcpy(&value, change->where, change->size);
	switch (change->how) {
	case CHANGE_TO:  value = change->value; break;
	case CHANGE_ON:  value |= change->value; break;
	case CHANGE_OFF: value &= ~change->value; break;
	}
	memcpy(change->where, &value, change->size);
}

static inline void make_changes(const struct change *changes, unsigned most)
{
	for (unsigned i = 0; i < most && changes[i].where; i++)
		make_change(&changes[i]);
}

/* --- Legal guests to start from --- */

enum base { LONG, USER, COMPATIBILITY, PAE, PAE_WITHOUT_EPT, FLAT, UNRESTRICTED_FLAT, REAL,
	    VIRTUAL, BASES };

#define BASE_CHANGES 32

#define OUTSIDE_IA_32E \
	ENTRY_WITHOUT(ia_32e_mode_guest), SET(guest_ia32_efer, 0x801), \
	SET(guest_cs_access_rights, 0xc09b)
#define REAL_SEGMENT(r) \
	SET(guest_##r##_access_rights, 0x93), SET(guest_##r##_limit, 0xffff)
#define VIRTUAL_SEGMENT(r) \
	SET(guest_##r##_access_rights, 0xf3), SET(guest_##r##_limit, 0xffff), \
	SET(guest_##r##_selector, 0x1000), SET(guest_##r##_base, 0x10000)

static const struct change base_changes[BASES][BASE_CHANGES] = {
	[USER] = {
		SET(guest_cs_selector, 0x2b), SET(guest_cs_access_rights, 0xa0fb),
		SET(guest_ss_selector, 0x33), SET(guest_ss_access_rights, 0xc0f3),
	},
	[COMPATIBILITY] = { SET(guest_cs_access_rights, 0xc09b) },
	[PAE] = { OUTSIDE_IA_32E },
	[PAE_WITHOUT_EPT] = { OUTSIDE_IA_32E, SECONDARY_WITHOUT(enable_ept) },
	[FLAT] = { OUTSIDE_IA_32E, OFF(guest_cr4, CR4_PAE) },
	[UNRESTRICTED_FLAT] = {
		OUTSIDE_IA_32E, OFF(guest_cr4, CR4_PAE), SET(guest_cr0, 0x33),
		SECONDARY_WITH(unrestricted_guest),
	},
	[REAL] = {
		OUTSIDE_IA_32E, OFF(guest_cr4, CR4_PAE), SET(guest_cr0, 0x32),
		SECONDARY_WITH(unrestricted_guest),
		REAL_SEGMENT(cs), REAL_SEGMENT(ss), REAL_SEGMENT(ds), REAL_SEGMENT(es),
		REAL_SEGMENT(fs), REAL_SEGMENT(gs),
	},
	[VIRTUAL] = {
		OUTSIDE_IA_32E, OFF(guest_cr4, CR4_PAE), SET(guest_rflags, BIT(17) | BIT(1)),
		VIRTUAL_SEGMENT(cs), VIRTUAL_SEGMENT(ss), VIRTUAL_SEGMENT(ds), VIRTUAL_SEGMENT(es),
		VIRTUAL_SEGMENT(fs), VIRTUAL_SEGMENT(gs),
	},
};

static inline void make_base(enum base base)
{
	make_world();
	make_changes(base_changes[base], COUNT(base_changes[base]));
}

#endif
