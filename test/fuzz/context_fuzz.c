/*
 * context_fuzz.c
 *		Any text, and any eight bytes, as a context.
 */
#include <stdlib.h>
#include <string.h>

#include "eval/context_core.h"

static void
must(bool condition)
{
	if (!condition)
		abort();
}

/* A context comes back from its parts and from its text. */
static void
check_packed(uint64_t packed)
{
	char		text[CCCD_CONTEXT_TEXT_SIZE];
	CccdContext context;
	CccdContextError error;
	uint64_t	again;
	size_t		length;

	if (!cccd_context_unpack(packed, &context))
		return;
	must(cccd_context_pack(&context, &again) && again == packed);
	length = cccd_context_format(packed, text);
	must(length < sizeof(text) && strlen(text) == length);
	must(cccd_context_parse(text, length, &again, &error));
	must(again == packed);
}

int			LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	CccdContextError error;
	CccdContext context;
	uint64_t	packed;

	if (cccd_context_parse((const char *) data, size, &packed, &error))
	{
		must(cccd_context_unpack(packed, &context));
		check_packed(packed);
	}
	else
		must(error.position <= size && error.expected);
	if (size >= sizeof(packed))
	{
		memcpy(&packed, data, sizeof(packed));
		check_packed(packed);
		/* most bits are only likely to be a context without the top ones */
		check_packed(packed & ((UINT64_C(1) << 42) - 1));
	}
	return 0;
}
