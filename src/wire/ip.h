/* SPDX-License-Identifier: BSD-2-Clause */
/** ip.h - The headers of the two families, shared by whole datagrams and by quoted ones. */
#ifndef WIRE_IP_H
#define WIRE_IP_H

#include <icmpkit/datagram.h>

#include "wire/cursor.h"

#define IP4_HEADER_BYTES 20
#define IP6_HEADER_BYTES 40

/** A chain longer than this is an attack, not a datagram. */
#define IP6_CHAIN_MAX 64

/** What the walk through the extension headers of IPv6 met. */
struct ip6_chain {
	uint8_t protocol; /* the next-header value of what follows the last header walked */
	bool is_fragment;
	bool more_fragments;
	uint16_t fragment_offset_bytes;
	uint32_t identification;
	bool too_long; /* IP6_CHAIN_MAX reached */
};

/**
 * icmpkit_ip6_chain() - Walk the extension headers from @next_header on.
 * @r: stands behind the IPv6 header; left behind the last header that was complete. A header that is not
 *     complete sets @r->overrun.
 *
 * Stops at the upper layer, at ESP and no-next-header, and behind the fragment header of a fragment that is
 * not the first.
 */
void icmpkit_ip6_chain(struct reader *r, uint8_t next_header, struct ip6_chain *out);

/** One extension header of a whole datagram: @bytes is all of it, @protocol its own number. */
struct ip6_header {
	uint8_t protocol;
	struct icmpkit_bytes bytes;
};

/** The extension headers of a datagram that has been parsed, one after the other. */
struct ip6_headers {
	struct reader rest;
	uint8_t next;
};

void icmpkit_ip6_headers_init(struct ip6_headers *headers, const struct icmpkit_datagram *dg);
bool icmpkit_ip6_next_header(struct ip6_headers *headers, struct ip6_header *out);

/** As icmpkit_datagram_parse(), for one family. @wire holds at least one byte, with the right version in it.
 */
ICMPKIT_CHECK_RESULT int icmpkit_ip4_parse(struct icmpkit_bytes wire, struct icmpkit_datagram *out);
ICMPKIT_CHECK_RESULT int icmpkit_ip6_parse(struct icmpkit_bytes wire, struct icmpkit_datagram *out);

/**
 * The fixed part of a header and nothing more. Sets @family, the addresses, @protocol, @hop_limit,
 * @traffic_class, @total_len and what else the fixed part says; no spans but @header.
 *
 * Return: 0, or ICMPKIT_ERR_TRUNCATED. @header_len of IPv4 is what the header announces, however small.
 */
ICMPKIT_CHECK_RESULT int icmpkit_ip4_fixed(struct icmpkit_bytes wire, struct icmpkit_datagram *out,
					   size_t *header_len);
ICMPKIT_CHECK_RESULT int icmpkit_ip6_fixed(struct icmpkit_bytes wire, struct icmpkit_datagram *out);

/** As icmpkit_datagram_write(), for one family; the addresses have been checked. */
ICMPKIT_CHECK_RESULT int icmpkit_ip4_write(const struct icmpkit_datagram *dg, uint8_t *buf, size_t cap);
ICMPKIT_CHECK_RESULT int icmpkit_ip6_write(const struct icmpkit_datagram *dg, uint8_t *buf, size_t cap);

#endif
