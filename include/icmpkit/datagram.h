/* SPDX-License-Identifier: BSD-2-Clause */
/** datagram.h - IPv4 and IPv6 headers with their options and extension headers, down to the upper layer. */
#ifndef ICMPKIT_DATAGRAM_H
#define ICMPKIT_DATAGRAM_H

#include <icmpkit/address.h>
#include <icmpkit/base.h>

/**
 * struct icmpkit_datagram - An IP datagram, or as much of it as there is.
 *
 * @payload is what follows the last header, cut to what the IP header's own length allows (padding of the
 * link is not part of it). @truncated: the header announces more bytes than there are.
 */
struct icmpkit_datagram {
	enum icmpkit_family family;
	struct icmpkit_address src;
	struct icmpkit_address dst;
	uint8_t protocol;	 /* of @payload: the last next-header value */
	uint8_t hop_limit;	 /* TTL in IPv4 */
	uint8_t traffic_class;	 /* TOS in IPv4 */
	uint32_t flow_label;	 /* IPv6 */
	uint32_t identification; /* IPv4: 16 bits; IPv6: of the fragment header, 32 */
	uint16_t fragment_offset_bytes;
	bool dont_fragment; /* IPv4 */
	bool more_fragments;
	bool is_fragment;	 /* offset or more fragments */
	bool header_checksum_ok; /* IPv4; true in IPv6 */
	bool truncated;
	uint32_t total_len;	      /* bytes that the header announces, headers included */
	struct icmpkit_bytes header;  /* the fixed header and IPv4 options, or the fixed IPv6 header */
	struct icmpkit_bytes options; /* IPv4 options, or the IPv6 extension headers */
	struct icmpkit_bytes payload;
};

/**
 * icmpkit_datagram_parse() - Read an IP header; the version decides the family.
 * @wire: borrowed; @out points into it.
 *
 * Return: 0, or ICMPKIT_ERR_TRUNCATED when @wire ends inside the headers, or ICMPKIT_ERR_MALFORMED (version
 * neither 4 nor 6, a header length below the minimum, an extension chain longer than 64 headers).
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_datagram_parse(struct icmpkit_bytes wire,
							    struct icmpkit_datagram *out);

/**
 * icmpkit_datagram_write() - Write the header of @dg (no options, no extension headers) in front of a
 * payload.
 * @dg:   @family, @src, @dst, @protocol, @hop_limit, @traffic_class, @flow_label, @identification,
 *        @dont_fragment and @payload.len are read; the IPv4 header checksum is computed.
 *
 * Return: bytes written (20 or 40), or ICMPKIT_ERR_NO_SPACE, or ICMPKIT_ERR_RANGE.
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_datagram_write(const struct icmpkit_datagram *dg, uint8_t *buf,
							    size_t cap);

/**
 * icmpkit_datagram_pseudo_header() - The addresses that the checksum of the upper layer covers (RFC
 * 8200 8.1).
 * @dg: as icmpkit_datagram_parse() gave it.
 *
 * They are those of the header, but for IPv6 with a routing header that has segments left (then the last
 * destination), or with a home address option (then that address, RFC 6275 11.3.1).
 */
ICMPKIT_API void icmpkit_datagram_pseudo_header(const struct icmpkit_datagram *dg,
						struct icmpkit_address *src, struct icmpkit_address *dst);

#endif
