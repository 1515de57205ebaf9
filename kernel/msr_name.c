/* msr_name.c -- the names of MSRs, by the rows of msr.def */
#include "kernel/msr_name.h"
#include "kernel/string.h"

static const u32 numbers[] = {
#define MSR(number, name) number,
#include "kernel/msr.def"
#undef MSR
};

static const char names[] =
#define MSR(number, name) #name "\0"
#include "kernel/msr.def"
#undef MSR
	;

const char *msr_name(u32 number)
{
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (numbers[i] == number)
			return string_at(names, i);
	return NULL;
}
