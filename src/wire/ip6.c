/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The IPv6 header (RFC 8200 3) and its extension headers (RFC 8200 4).
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+---------------+---------------------------------------+
 * |Version| Traffic Class |              Flow Label               |
 * +-------+---------------+-------+---------------+---------------+
 * |         Payload Length        |  Next Header  |   Hop Limit   |
 * +-------------------------------+---------------+---------------+
 * |                 Source Address (16 bytes)                     |
 * |              Destination Address (16 bytes)                   |
 * +---------------------------------------------------------------+
 */
#include "wire/ip.h"

#include <icmpkit/numbers.h>

#define FLOW_LABEL_MAX 0xfffff
#define NEXT_HEADER_AT 6
#define FRAGMENT_OFFSET_MASK 0xfff8

/* Bytes of an extension header for each unit of its length octet, which counts from behind the first unit
 * (in AH from behind the second); 0: no extension header, the chain ends. */
static size_t unit_bytes(uint8_t next_header)
{
	switch (next_header) {
	case ICMPKIT_PROTO_HOP_BY_HOP:
	case ICMPKIT_PROTO_ROUTING:
	case ICMPKIT_PROTO_DESTINATION_OPTIONS:
	case ICMPKIT_PROTO_MOBILITY:
	case ICMPKIT_PROTO_HIP:
	case ICMPKIT_PROTO_SHIM6:
		return 8;
	case ICMPKIT_PROTO_AH: /* RFC 4302 2.2: in 4-byte units, minus two of them */
		return 4;
	default:
		return 0;
	}
}

/* RFC 8200 4.5. */
static bool walk_fragment(struct reader *r, struct ip6_chain *chain)
{
	struct icmpkit_bytes header = read_bytes(r, 8);
	struct reader fields = reader_of(header);
	uint16_t offset;

	if (r->overrun)
		return false;
	chain->protocol = read_u8(&fields);
	(void)read_u8(&fields);
	offset = read_u16(&fields);
	chain->identification = read_u32(&fields);
	chain->fragment_offset_bytes = offset & FRAGMENT_OFFSET_MASK;
	chain->more_fragments = (offset & 1) != 0;
	chain->is_fragment = chain->more_fragments || chain->fragment_offset_bytes > 0;
	return chain->fragment_offset_bytes == 0;
}

static bool walk_header(struct reader *r, struct ip6_chain *chain, size_t unit)
{
	struct reader ahead = *r;
	uint8_t next = read_u8(&ahead);
	size_t units = (size_t)read_u8(&ahead) + (unit == 4 ? 2 : 1);

	(void)read_bytes(r, ahead.overrun ? SIZE_MAX : units * unit);
	if (r->overrun)
		return false;
	chain->protocol = next;
	return true;
}

void icmpkit_ip6_headers_init(struct ip6_headers *headers, const struct icmpkit_datagram *dg)
{
	headers->rest = reader_of(dg->options);
	headers->next = dg->header.len > NEXT_HEADER_AT ? dg->header.data[NEXT_HEADER_AT] : dg->protocol;
}

bool icmpkit_ip6_next_header(struct ip6_headers *headers, struct ip6_header *out)
{
	const uint8_t *at = headers->rest.next;
	size_t left = headers->rest.left;
	size_t unit = unit_bytes(headers->next);
	struct ip6_chain chain = {.protocol = headers->next};

	if (left == 0 || (unit == 0 && headers->next != ICMPKIT_PROTO_FRAGMENT))
		return false;
	if (unit == 0)
		(void)walk_fragment(&headers->rest, &chain);
	else
		(void)walk_header(&headers->rest, &chain, unit);
	if (headers->rest.overrun)
		return false;
	*out = (struct ip6_header){headers->next, {at, left - headers->rest.left}};
	headers->next = chain.protocol;
	return true;
}

void icmpkit_ip6_chain(struct reader *r, uint8_t next_header, struct ip6_chain *out)
{
	struct ip6_chain chain = {.protocol = next_header};
	bool goes_on = true;

	for (unsigned int walked = 0; goes_on; walked++) {
		size_t unit = unit_bytes(chain.protocol);

		if (unit == 0 && chain.protocol != ICMPKIT_PROTO_FRAGMENT)
			break;
		if (walked == IP6_CHAIN_MAX) {
			chain.too_long = true;
			break;
		}
		goes_on = unit == 0 ? walk_fragment(r, &chain) : walk_header(r, &chain, unit);
	}
	*out = chain;
}

int icmpkit_ip6_fixed(struct icmpkit_bytes wire, struct icmpkit_datagram *out)
{
	struct reader r = reader_of(wire);
	struct icmpkit_datagram dg = {.family = ICMPKIT_IPV6, .header_checksum_ok = true};
	uint32_t first = read_u32(&r);

	dg.traffic_class = (uint8_t)(first >> 20);
	dg.flow_label = first & FLOW_LABEL_MAX;
	dg.total_len = (uint32_t)IP6_HEADER_BYTES + read_u16(&r);
	dg.protocol = read_u8(&r);
	dg.hop_limit = read_u8(&r);
	dg.src = read_address(&r, ICMPKIT_IPV6);
	dg.dst = read_address(&r, ICMPKIT_IPV6);
	if (r.overrun)
		return ICMPKIT_ERR_TRUNCATED;
	dg.header = (struct icmpkit_bytes){wire.data, IP6_HEADER_BYTES};
	*out = dg;
	return 0;
}

/* All that the payload length allows. RFC 2675 3: a jumbogram says 0 there and begins with a hop-by-hop
 * header; then all there is belongs to it. */
static struct icmpkit_bytes cut_body(struct icmpkit_datagram *dg, struct icmpkit_bytes wire)
{
	struct icmpkit_bytes body = {wire.data + IP6_HEADER_BYTES, wire.len - IP6_HEADER_BYTES};
	size_t announced = dg->total_len - IP6_HEADER_BYTES;

	if (announced == 0 && dg->protocol == ICMPKIT_PROTO_HOP_BY_HOP) {
		dg->total_len = (uint32_t)wire.len;
		return body;
	}
	dg->truncated = announced > body.len;
	if (!dg->truncated)
		body.len = announced;
	return body;
}

int icmpkit_ip6_parse(struct icmpkit_bytes wire, struct icmpkit_datagram *out)
{
	struct icmpkit_datagram dg;
	struct icmpkit_bytes body;
	struct ip6_chain chain;
	struct reader r;
	int err = icmpkit_ip6_fixed(wire, &dg);

	if (err < 0)
		return err;
	body = cut_body(&dg, wire);
	r = reader_of(body);
	icmpkit_ip6_chain(&r, dg.protocol, &chain);
	if (chain.too_long)
		return ICMPKIT_ERR_MALFORMED;
	/* A header that runs past the announced end is a lie; past the end of the capture it is cut off. */
	if (r.overrun)
		return body.len == wire.len - IP6_HEADER_BYTES ? ICMPKIT_ERR_TRUNCATED
							       : ICMPKIT_ERR_MALFORMED;
	dg.protocol = chain.protocol;
	dg.is_fragment = chain.is_fragment;
	dg.more_fragments = chain.more_fragments;
	dg.fragment_offset_bytes = chain.fragment_offset_bytes;
	dg.identification = chain.identification;
	dg.options = (struct icmpkit_bytes){body.data, body.len - r.left};
	dg.payload = read_rest(&r);
	*out = dg;
	return 0;
}

int icmpkit_ip6_write(const struct icmpkit_datagram *dg, uint8_t *buf, size_t cap)
{
	struct writer w = writer_of(buf, cap);

	if (dg->payload.len > UINT16_MAX || dg->flow_label > FLOW_LABEL_MAX)
		return ICMPKIT_ERR_RANGE;
	if (cap < IP6_HEADER_BYTES)
		return ICMPKIT_ERR_NO_SPACE;
	write_u32(&w, (uint32_t)6 << 28 | (uint32_t)dg->traffic_class << 20 | dg->flow_label);
	write_u16(&w, (uint16_t)dg->payload.len);
	write_u8(&w, dg->protocol);
	write_u8(&w, dg->hop_limit);
	write_address(&w, &dg->src);
	write_address(&w, &dg->dst);
	return IP6_HEADER_BYTES;
}
