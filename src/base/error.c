/* SPDX-License-Identifier: BSD-2-Clause */
/* Our own errors in words. */
#include <icmpkit/base.h>

#define FIRST_ERROR ICMPKIT_ERR_TRUNCATED

static const char *const error_text[] = {
	/* NOLINTNEXTLINE(misc-redundant-expression): the first row is written like the others */
	[FIRST_ERROR - ICMPKIT_ERR_TRUNCATED] = "the data end too early",
	[FIRST_ERROR - ICMPKIT_ERR_MALFORMED] = "the data contradict themselves",
	[FIRST_ERROR - ICMPKIT_ERR_NO_SPACE] = "the buffer is too small",
	[FIRST_ERROR - ICMPKIT_ERR_RANGE] = "a value is out of range",
	[FIRST_ERROR - ICMPKIT_ERR_FULL] = "a table is full",
	[FIRST_ERROR - ICMPKIT_ERR_UNSUPPORTED] = "not supported by this system or build",
};

const char *icmpkit_error_text(int err)
{
	if (err > FIRST_ERROR || FIRST_ERROR - err >= (int)(sizeof(error_text) / sizeof(error_text[0])))
		return NULL;
	return error_text[FIRST_ERROR - err];
}
