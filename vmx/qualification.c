/* qualification.c -- exit qualifications and interruption information, decoded */
#include "vmx/exit.h"

struct io_access io_access_decode(u64 qualification)
{
	return (struct io_access){
		.size = (u8)((qualification & BITS(2, 0)) + 1),
		.in = qualification & BIT(3),
		.string = qualification & BIT(4),
		.rep = qualification & BIT(5),
		.immediate = qualification & BIT(6),
		.port = (u16)(qualification >> 16),
	};
}

struct cr_access cr_access_decode(u64 qualification)
{
	return (struct cr_access){
		.number = qualification & BITS(3, 0),
		.kind = qualification >> 4 & BITS(1, 0),
		.in_memory = qualification & BIT(6),
		.general_register = qualification >> 8 & BITS(3, 0),
		.lmsw_source = (u16)(qualification >> 16),
	};
}

struct dr_access dr_access_decode(u64 qualification)
{
	return (struct dr_access){
		.number = qualification & BITS(2, 0),
		.from = qualification & BIT(4),
		.general_register = qualification >> 8 & BITS(3, 0),
	};
}

struct interruption interruption_decode(u64 information)
{
	return (struct interruption){
		.vector = (u8)information,
		.type = information >> 8 & BITS(2, 0),
		.has_error = information & BIT(11),
		.nmi_unblocking = information & BIT(12),
		.valid = information & BIT(31),
	};
}

const char *event_type_text(unsigned type)
{
	static const char *const texts[8] = {
#define EVENT_TYPE(number, name, text) [number] = text,
#include "vmx/event_types.def"
#undef EVENT_TYPE
	};

	return texts[type & 7] ? texts[type & 7] : "event of a reserved type";
}

const char *general_register_name(unsigned number)
{
	static const char *const names[] = {
		"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
		"r8",  "r9",  "r10", "r11", "r12", "r13", "r14", "r15",
	};

	return names[number & 15];
}
