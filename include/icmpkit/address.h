/* SPDX-License-Identifier: BSD-2-Clause */
/** address.h - IPv4 and IPv6 addresses: one value for both, compared, read and written. */
#ifndef ICMPKIT_ADDRESS_H
#define ICMPKIT_ADDRESS_H

#include <icmpkit/base.h>

enum icmpkit_family {
	ICMPKIT_FAMILY_NONE = 0, /* no address */
	ICMPKIT_IPV4 = 4,
	ICMPKIT_IPV6 = 6,
};

/**
 * struct icmpkit_address - An address in network byte order.
 * @family:   says how many of @bytes count: 0, 4 or 16. The others are zero.
 * @scope_id: the interface index of an IPv6 link-local address (RFC 4007), otherwise 0.
 */
struct icmpkit_address {
	enum icmpkit_family family;
	uint32_t scope_id;
	uint8_t bytes[16];
};

/** Room for the longest address text with its terminating zero, scope included. */
#define ICMPKIT_ADDRESS_TEXT_MAX 64

ICMPKIT_API size_t icmpkit_address_len(enum icmpkit_family family); /* 0, 4 or 16 bytes */
ICMPKIT_API struct icmpkit_address icmpkit_address_from_bytes(enum icmpkit_family family,
							      const uint8_t *bytes);
/** Same family and bytes. The scope counts only where both have one. */
ICMPKIT_API bool icmpkit_address_equal(const struct icmpkit_address *a, const struct icmpkit_address *b);
ICMPKIT_API bool icmpkit_address_is_multicast(const struct icmpkit_address *address);
ICMPKIT_API bool icmpkit_address_is_unspecified(const struct icmpkit_address *address);
ICMPKIT_API bool icmpkit_address_is_loopback(const struct icmpkit_address *address);
ICMPKIT_API bool icmpkit_address_is_link_local(const struct icmpkit_address *address);

/**
 * icmpkit_address_parse() - Read "192.0.2.1" or "2001:db8::1" (RFC 4291 2.2), with "%7" for a numeric scope.
 * @out:  written on success only.
 *
 * Return: 0, or ICMPKIT_ERR_MALFORMED.
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_address_parse(const char *text, struct icmpkit_address *out);

/**
 * icmpkit_address_format() - Write the address as RFC 5952 prescribes; "-" for ICMPKIT_FAMILY_NONE.
 * @buf: ICMPKIT_ADDRESS_TEXT_MAX bytes.
 *
 * Return: @buf, for use in an expression.
 */
ICMPKIT_API const char *icmpkit_address_format(const struct icmpkit_address *address,
					       char buf[ICMPKIT_ADDRESS_TEXT_MAX]);

#endif
