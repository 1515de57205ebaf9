/* types.h -- short names for integers, and a type of its own for each kind of address */
#ifndef TYPES_H
#define TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/table_heading.h"

typedef uint8_t  u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

typedef struct { u64 raw; } hpa_t;      /* host-physical:  what the EPT yields   */
typedef struct { u64 raw; } gpa_t;      /* guest-physical: what the EPT is asked */
typedef struct { u64 raw; } gla_t;      /* guest-linear:   what the guest writes */

static inline hpa_t hpa(u64 raw) { return (hpa_t){ raw }; }
static inline gpa_t gpa(u64 raw) { return (gpa_t){ raw }; }
static inline gla_t gla(u64 raw) { return (gla_t){ raw }; }

#define BIT(n)          (1ul << (n))
#define BITS(high, low) ((~0ul >> (63 - (high))) & (~0ul << (low)))

#define PAGE_SIZE       4096ul
#define LARGE_PAGE_SIZE (512 * PAGE_SIZE)

#define COUNT(array) (sizeof(array) / sizeof *(array))

#endif
