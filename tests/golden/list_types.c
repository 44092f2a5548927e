/* SPDX-License-Identifier: BSD-2-Clause */
/* Lists every type and code that has a name: version, type, code (or "-"), name, with tabs between them. */
#include <stdio.h>
#include <string.h>

#include <icmpkit/message.h>

static int list_type(enum icmpkit_family family, uint8_t type)
{
	const char *name = icmpkit_type_name(family, type);
	int printed = 0;

	if (strcmp(name, "unknown") != 0)
		printed = printf("%d\t%u\t-\t%s\n", (int)family, (unsigned int)type, name);
	for (unsigned int code = 0; printed >= 0 && code < 256; code++) {
		name = icmpkit_code_name(family, type, (uint8_t)code);
		if (name != NULL)
			printed = printf("%d\t%u\t%u\t%s\n", (int)family, (unsigned int)type, code, name);
	}
	return printed;
}

int main(void)
{
	int printed = 0;

	for (unsigned int type = 0; printed >= 0 && type < 256; type++)
		printed = list_type(ICMPKIT_IPV4, (uint8_t)type);
	for (unsigned int type = 0; printed >= 0 && type < 256; type++)
		printed = list_type(ICMPKIT_IPV6, (uint8_t)type);
	return printed < 0 || fflush(stdout) != 0;
}
