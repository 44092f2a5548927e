/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * received.h - What a recvmsg() could have told, made by hand. Include behind <cmocka.h>.
 */
#ifndef TEST_NET_RECEIVED_H
#define TEST_NET_RECEIVED_H

#include "net/way.h"
#include "wire/exact.h"

static inline struct icmpkit_address made_address(const char *text)
{
	struct icmpkit_address address;

	assert_int_equal(icmpkit_address_parse(text, &address), 0);
	return address;
}

/* This host, and whom it asked. */
static inline struct icmpkit_address made_own(enum icmpkit_family family)
{
	return made_address(family == ICMPKIT_IPV4 ? "10.0.1.2" : "fd00::2");
}

static inline struct icmpkit_address made_target(enum icmpkit_family family)
{
	return made_address(family == ICMPKIT_IPV4 ? "192.0.2.9" : "2001:db8::9");
}

static inline void make_way(struct icmpkit_way *way, const struct icmpkit_way_operations *operations,
			    enum icmpkit_family family)
{
	memset(way, 0, sizeof(*way));
	way->operations = operations;
	way->family = family;
	way->fd = -1;
	way->port_holder = -1;
	way->port = 40000;
}

/* Nothing of the arrival lies outside of what was received. */
static inline void assert_inside(struct icmpkit_bytes part, struct icmpkit_bytes whole)
{
	if (part.len == 0)
		return;
	assert_true(part.data >= whole.data && part.len <= whole.len);
	assert_true((size_t)(part.data - whole.data) <= whole.len - part.len);
}

static inline void assert_all_inside(const struct icmpkit_arrival *arrival, struct icmpkit_bytes whole)
{
	assert_inside(arrival->message.payload, whole);
	assert_inside(arrival->message.quote, whole);
	assert_inside(arrival->message.extensions, whole);
	assert_inside(arrival->quote.transport, whole);
	assert_inside(arrival->quote.payload, whole);
	assert_inside(arrival->data, whole);
}

#endif
