/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * made_names.h - Stands in for the reverse names of src/net: every address has the name that the test gave.
 */
#ifndef TEST_OUT_MADE_NAMES_H
#define TEST_OUT_MADE_NAMES_H

#include <string.h>

#include <icmpkit/network.h>

/* @name: NULL: not known. */
struct icmpkit_reverse_names {
	const char *name;
};

int icmpkit_reverse_names_get(struct icmpkit_reverse_names *names, const struct icmpkit_address *address,
			      char *out, size_t cap)
{
	(void)address;
	if (names->name == NULL || strlen(names->name) >= cap)
		return 0;
	memcpy(out, names->name, strlen(names->name) + 1);
	return 1;
}

#endif
