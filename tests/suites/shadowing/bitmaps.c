/* bitmaps.c -- which VMREAD and VMWRITE of a guest exit, by the bitmaps and by the encoding */
#include "kernel/string.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/shadowing/shadow_guest.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

/* Encodings, fields or not, by the borders of bytes, of widths and of kinds. */
static const u16 encodings[] = {
	0x0000, 0x0007, 0x0008, 0x0800, 0x0802, 0x0c00, 0x1fff, 0x2000, 0x2001, 0x2800, 0x3fff,
	0x4000, 0x4400, 0x4826, 0x5fff, 0x6000, 0x6400, 0x681e, 0x6c16, 0x7ffe, 0x7fff,
};

#define LAST_BIT 0x7fffu                        /* of a bitmap */
#define NO_FIELD 0x7f00u                        /* host state of an index that no field has */

enum { BY_READ, BY_WRITE };
static const char *const instructions[] = { "VMREAD", "VMWRITE" };

static enum access_end access(struct shadow_guest *guest, unsigned by, u64 encoding)
{
	u64 value = 0;

	return by == BY_READ ? shadow_guest_read(guest, encoding, &value) :
	       shadow_guest_write(guest, encoding, 0);
}

static void expect_exit(struct shadow_guest *guest, unsigned by, u64 encoding, bool expected)
{
	enum access_end end = access(guest, by, encoding);

	if (end == SHADOW_OTHER || (end == SHADOW_EXITS) != expected)
		FAIL("%s of %#lx ends with %s, expected %s", instructions[by], encoding,
		     access_end_text(end), expected ? "an exit" : "none");
}

/* Fills the bitmap but for one bit, which is the opposite. */
static void fill(u8 *bitmap, bool ones, u16 but)
{
	memset(bitmap, ones ? 0xff : 0, PAGE_SIZE);
	bitmap[but / 8] ^= (u8)(1 << but % 8);
}

/* One bit is set, and then that one alone is clear.  The bitmap of the other instruction is the
 * opposite. */
static void try_bit(struct shadow_guest *guest, unsigned by, u16 encoding)
{
	for (unsigned others = 0; others < 2; others++) {
		fill(guest->bitmaps[by], others, encoding);
		fill(guest->bitmaps[!by], !others, encoding);
		expect_exit(guest, by, encoding, !others);
		expect_exit(guest, !by, encoding, others);
		if (encoding > 0)
			expect_exit(guest, by, encoding - 1u, others);
		if (encoding < LAST_BIT)
			expect_exit(guest, by, encoding + 1u, others);
	}
}

static void try_all_bits(unsigned by)
{
	struct shadow_guest guest;

	if (!shadow_guest_start(&guest))
		return;
	for (size_t i = 0; i < COUNT(encodings); i++)
		try_bit(&guest, by, encodings[i]);
	shadow_guest_end(&guest);
}

TEST("vmcs_shadowing/vmread_bitmap",
     "VMREAD exits if the bit of its encoding in the VMREAD bitmap is 1, whatever the bits beside "
     "it and the VMWRITE bitmap are", "VMCS Shadowing Bitmap Addresses")
{
	try_all_bits(BY_READ);
}

TEST("vmcs_shadowing/vmwrite_bitmap",
     "VMWRITE exits if the bit of its encoding in the VMWRITE bitmap is 1, whatever the bits "
     "beside it and the VMREAD bitmap are", "VMCS Shadowing Bitmap Addresses")
{
	try_all_bits(BY_WRITE);
}

/* With bitmaps of zeros. */
static void try_upper_bits(unsigned by)
{
	struct shadow_guest guest;

	if (!shadow_guest_start(&guest))
		return;
	for (unsigned bit = 15; bit < 64; bit++)
		expect_exit(&guest, by, GUEST_RIP | 1ul << bit, true);
	expect_exit(&guest, by, GUEST_RIP, false);
	shadow_guest_end(&guest);
}

TEST("vmcs_shadowing/vmread_beyond_the_bitmap",
     "VMREAD of an encoding with a bit of 63:15 exits, whatever the VMREAD bitmap says",
     "Instructions That Cause VM Exits Conditionally")
{
	try_upper_bits(BY_READ);
}

TEST("vmcs_shadowing/vmwrite_beyond_the_bitmap",
     "VMWRITE of an encoding with a bit of 63:15 exits, whatever the VMWRITE bitmap says",
     "Instructions That Cause VM Exits Conditionally")
{
	try_upper_bits(BY_WRITE);
}

/* --- The link pointer ------------------------------------------------------------------------ */

static void expect_end(struct shadow_guest *guest, unsigned by, u64 encoding,
		       enum access_end expected)
{
	enum access_end end = access(guest, by, encoding);

	if (end != expected)
		FAIL("%s of %#lx ends with %s, expected %s", instructions[by], encoding,
		     access_end_text(end), access_end_text(expected));
}

static void try_without_link(unsigned by)
{
	struct shadow_guest guest;

	if (!shadow_guest_start(&guest))
		return;
	vmcs_write(VMCS_LINK_POINTER, ~0ul);
	expect_end(&guest, by, GUEST_RIP, SHADOW_FAIL_INVALID);
	expect_end(&guest, by, NO_FIELD, SHADOW_FAIL_INVALID);
	fill(guest.bitmaps[by], false, GUEST_RIP);
	expect_end(&guest, by, GUEST_RIP, SHADOW_EXITS);
	shadow_guest_end(&guest);
}

TEST("vmcs_shadowing/vmread_without_link_pointer",
     "VMREAD that does not exit is VMfailInvalid if the link pointer is all ones, whatever the "
     "encoding", "VMREAD--Read Field from Virtual-Machine Control Structure")
{
	try_without_link(BY_READ);
}

TEST("vmcs_shadowing/vmwrite_without_link_pointer",
     "VMWRITE that does not exit is VMfailInvalid if the link pointer is all ones, whatever the "
     "encoding", "VMWRITE--Write Field to Virtual-Machine Control Structure")
{
	try_without_link(BY_WRITE);
}

TEST("vmcs_shadowing/no_such_field",
     "VMREAD and VMWRITE of an encoding that is no field are VMfailValid if they do not exit",
     "VMREAD--Read Field from Virtual-Machine Control Structure")
{
	struct shadow_guest guest;

	if (!shadow_guest_start(&guest))
		return;
	expect_end(&guest, BY_READ, NO_FIELD, SHADOW_FAIL_VALID);
	expect_end(&guest, BY_WRITE, NO_FIELD, SHADOW_FAIL_VALID);
	shadow_guest_end(&guest);
}

TEST("vmcs_shadowing/turned_off",
     "without VMCS shadowing VMREAD and VMWRITE exit, though bitmaps and link pointer are there",
     "Instructions That Cause VM Exits Conditionally")
{
	struct shadow_guest guest;

	if (!shadow_guest_start(&guest))
		return;
	vmcs_write(VMCS_LINK_POINTER, ~0ul);
	clear_bits(SECONDARY_CONTROLS, SECONDARY_vmcs_shadowing);
	expect_end(&guest, BY_READ, GUEST_RIP, SHADOW_EXITS);
	expect_end(&guest, BY_WRITE, GUEST_RIP, SHADOW_EXITS);
	shadow_guest_end(&guest);
}
