/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * exact.h - Heap blocks of exactly the right size, so that AddressSanitizer sees a read of one byte too far.
 * Include behind <cmocka.h>.
 */
#ifndef TEST_WIRE_EXACT_H
#define TEST_WIRE_EXACT_H

#include <stdlib.h>
#include <string.h>

#include <icmpkit/base.h>

/* A copy of @len bytes; give it back with exact_free(). */
static inline struct icmpkit_bytes exact(const void *data, size_t len)
{
	/* NOLINTNEXTLINE(clang-analyzer-optin.portability.UnixAPI): of no bytes, too: none may be read */
	uint8_t *copy = malloc(len);

	assert_true(copy != NULL || len == 0);
	if (len > 0)
		memcpy(copy, data, len);
	return (struct icmpkit_bytes){copy, len};
}

static inline void exact_free(struct icmpkit_bytes bytes)
{
	free((void *)(uintptr_t)bytes.data);
}

static inline uint8_t digit_of(char c)
{
	return (uint8_t)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* Lower-case hexadecimal digits, blanks between bytes allowed. */
static inline struct icmpkit_bytes exact_hex(const char *hex)
{
	uint8_t *bytes = malloc(strlen(hex) / 2 + 1);
	struct icmpkit_bytes result;
	size_t len = 0;

	assert_non_null(bytes);
	for (; *hex != '\0'; hex++) {
		if (*hex == ' ')
			continue;
		assert_true(hex[1] != '\0');
		bytes[len++] = (uint8_t)(digit_of(hex[0]) << 4 | digit_of(hex[1]));
		hex++;
	}
	result = exact(bytes, len);
	free(bytes);
	return result;
}

#endif
