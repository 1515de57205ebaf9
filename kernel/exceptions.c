/* exceptions.c -- the exceptions' vectors and names */
#include "kernel/exceptions.h"

#include "kernel/types.h"

static const struct {
	const char *name, *text;
} exceptions[] = {
#define EXCEPTION(vector, name, error_code, mnemonic, text) [vector] = { mnemonic, text },
#include "kernel/exceptions.def"
#undef EXCEPTION
};

static bool has_name(unsigned vector)
{
	return vector < COUNT(exceptions) && exceptions[vector].name != NULL;
}

const char *vector_name(unsigned vector)
{
	return has_name(vector) ? exceptions[vector].name : "interrupt";
}

const char *vector_text(unsigned vector)
{
	return has_name(vector) ? exceptions[vector].text : "external or reserved";
}
