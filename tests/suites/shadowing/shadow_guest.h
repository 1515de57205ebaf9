/* shadow_guest.h -- a guest whose VMREAD and VMWRITE reach a shadow VMCS
 * (SDM vol. 3, "VMCS Shadowing Bitmap Addresses", "VMCS Types: Ordinary and Shadow")
 */
#ifndef SHADOW_GUEST_H
#define SHADOW_GUEST_H

#include "vmx/vm.h"

struct shadow_guest {
	struct vm vm;
	u8 *bitmaps[2];                         /* pages: by VMREAD, by VMWRITE; all zeros */
	hpa_t shadow;
};

/* How an access of the guest's ended. */
enum access_end { SHADOW_EXITS, SHADOW_SUCCEEDS, SHADOW_FAIL_INVALID, SHADOW_FAIL_VALID,
		  SHADOW_OTHER };

/* Starts a guest with VMCS shadowing, whose link pointer leads to a shadow VMCS; false after
 * skip(). */
bool shadow_guest_start(struct shadow_guest *guest);
void shadow_guest_end(struct shadow_guest *guest);

/* Lets the guest execute one VMREAD, of 64 bits to RBX, or one VMWRITE of the value.  *value is
 * RBX afterwards. */
enum access_end shadow_guest_read(struct shadow_guest *guest, u64 field, u64 *value);
enum access_end shadow_guest_write(struct shadow_guest *guest, u64 field, u64 value);
const char *access_end_text(enum access_end end);

/* Makes the shadow VMCS current, and the guest's VMCS again; the host's VMREAD and VMWRITE then go
 * to that one. */
void shadow_make_current(const struct shadow_guest *guest);
void shadow_leave(const struct shadow_guest *guest);

/* The fields of vmcs.def. */
extern const u16 shadow_fields[];
extern const unsigned shadow_field_count;
#define MOST_SHADOW_FIELDS 256

#endif
