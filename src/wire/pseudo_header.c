/* SPDX-License-Identifier: BSD-2-Clause */
/* Which addresses the checksum of an upper layer covers: not always those of the header. */
#include <icmpkit/datagram.h>

#include <icmpkit/numbers.h>

#include "wire/ip.h"

#define ADDRESS_BYTES 16
#define OPTION_PAD1 0
#define OPTION_HOME_ADDRESS 201 /* RFC 6275 6.3 */

enum routing_type {
	ROUTING_SOURCE = 0,   /* RFC 2460 4.4, deprecated by RFC 5095 */
	ROUTING_MOBILE = 2,   /* RFC 6275 6.4 */
	ROUTING_SEGMENTS = 4, /* RFC 8754 2 */
};

/* RFC 8200 8.1: on the way the header names the next node to visit, and the checksum is that of the last. In
 * a list of segments it is the first, in the others it stands at the end. */
static void heed_routing(struct icmpkit_bytes header, struct icmpkit_address *dst)
{
	struct reader r = reader_of(header);

	(void)read_u16(&r);
	uint8_t type = read_u8(&r);
	uint8_t segments_left = read_u8(&r);

	(void)read_u32(&r);
	if (segments_left == 0 || r.left < ADDRESS_BYTES)
		return;
	if (type == ROUTING_SOURCE || type == ROUTING_MOBILE)
		(void)read_bytes(&r, r.left - ADDRESS_BYTES);
	else if (type != ROUTING_SEGMENTS)
		return;
	*dst = read_address(&r, ICMPKIT_IPV6);
}

/* RFC 6275 11.3.1: the checksum is computed as if the home address stood in the header. */
static void heed_options(struct icmpkit_bytes header, struct icmpkit_address *src)
{
	struct reader r = reader_of(header);

	(void)read_u16(&r);
	while (r.left > 0) {
		uint8_t type = read_u8(&r);

		if (type == OPTION_PAD1)
			continue;
		struct icmpkit_bytes value = read_bytes(&r, read_u8(&r));

		if (r.overrun)
			return;
		if (type == OPTION_HOME_ADDRESS && value.len == ADDRESS_BYTES)
			*src = icmpkit_address_from_bytes(ICMPKIT_IPV6, value.data);
	}
}

void icmpkit_datagram_pseudo_header(const struct icmpkit_datagram *dg, struct icmpkit_address *src,
				    struct icmpkit_address *dst)
{
	struct ip6_headers headers;
	struct ip6_header header;

	*src = dg->src;
	*dst = dg->dst;
	if (dg->family != ICMPKIT_IPV6)
		return;
	icmpkit_ip6_headers_init(&headers, dg);
	while (icmpkit_ip6_next_header(&headers, &header)) {
		if (header.protocol == ICMPKIT_PROTO_ROUTING)
			heed_routing(header.bytes, dst);
		else if (header.protocol == ICMPKIT_PROTO_DESTINATION_OPTIONS)
			heed_options(header.bytes, src);
	}
}
