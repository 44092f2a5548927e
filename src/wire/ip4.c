/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The IPv4 header (RFC 791 3.1).
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-------+---------------+-------------------------------+
 * |Version|  IHL  |Type of Service|          Total Length         |
 * +-------+-------+---------------+-----+-------------------------+
 * |         Identification        |Flags|     Fragment Offset     |
 * +---------------+---------------+-----+-------------------------+
 * | Time to Live  |    Protocol   |        Header Checksum        |
 * +---------------+---------------+-------------------------------+
 * |                        Source Address                         |
 * |                      Destination Address                      |
 * |                    Options                    |    Padding    |
 * +-----------------------------------------------+---------------+
 */
#include "wire/ip.h"

#include <icmpkit/checksum.h>

#define FLAG_DONT_FRAGMENT 0x4000
#define FLAG_MORE_FRAGMENTS 0x2000
#define OFFSET_MASK 0x1fff

int icmpkit_ip4_fixed(struct icmpkit_bytes wire, struct icmpkit_datagram *out, size_t *header_len)
{
	struct reader r = reader_of(wire);
	struct icmpkit_datagram dg = {.family = ICMPKIT_IPV4, .header_checksum_ok = true};
	uint8_t ihl_words = read_u8(&r) & 0x0f;
	uint16_t fragment;

	dg.traffic_class = read_u8(&r);
	dg.total_len = read_u16(&r);
	dg.identification = read_u16(&r);
	fragment = read_u16(&r);
	dg.hop_limit = read_u8(&r);
	dg.protocol = read_u8(&r);
	(void)read_u16(&r);
	dg.src = read_address(&r, ICMPKIT_IPV4);
	dg.dst = read_address(&r, ICMPKIT_IPV4);
	if (r.overrun)
		return ICMPKIT_ERR_TRUNCATED;
	dg.dont_fragment = (fragment & FLAG_DONT_FRAGMENT) != 0;
	dg.more_fragments = (fragment & FLAG_MORE_FRAGMENTS) != 0;
	dg.fragment_offset_bytes = (uint16_t)((fragment & OFFSET_MASK) * 8);
	dg.is_fragment = dg.more_fragments || dg.fragment_offset_bytes > 0;
	dg.header = (struct icmpkit_bytes){wire.data, IP4_HEADER_BYTES};
	*header_len = (size_t)ihl_words * 4;
	*out = dg;
	return 0;
}

/* What the total length allows of the bytes behind the header. */
static int cut_payload(struct icmpkit_datagram *dg, struct icmpkit_bytes rest)
{
	size_t header_len = dg->header.len;

	/* A sender that leaves segmentation to its network card hands captures a total length of 0. */
	if (dg->total_len == 0)
		dg->total_len = (uint32_t)(header_len + rest.len);
	if (dg->total_len < header_len)
		return ICMPKIT_ERR_MALFORMED;
	dg->payload = rest;
	dg->truncated = dg->total_len - header_len > rest.len;
	if (!dg->truncated)
		dg->payload.len = dg->total_len - header_len;
	return 0;
}

int icmpkit_ip4_parse(struct icmpkit_bytes wire, struct icmpkit_datagram *out)
{
	struct reader r = reader_of(wire);
	struct icmpkit_datagram dg;
	size_t header_len;
	int err = icmpkit_ip4_fixed(wire, &dg, &header_len);

	if (err < 0)
		return err;
	if (header_len < IP4_HEADER_BYTES)
		return ICMPKIT_ERR_MALFORMED;
	dg.header = read_bytes(&r, header_len);
	if (r.overrun)
		return ICMPKIT_ERR_TRUNCATED;
	dg.options = (struct icmpkit_bytes){dg.header.data + IP4_HEADER_BYTES, header_len - IP4_HEADER_BYTES};
	dg.header_checksum_ok = icmpkit_checksum(dg.header) == 0;
	err = cut_payload(&dg, read_rest(&r));
	if (err < 0)
		return err;
	*out = dg;
	return 0;
}

int icmpkit_ip4_write(const struct icmpkit_datagram *dg, uint8_t *buf, size_t cap)
{
	struct writer w = writer_of(buf, cap);
	uint16_t checksum;

	if (dg->payload.len > UINT16_MAX - IP4_HEADER_BYTES || dg->identification > UINT16_MAX)
		return ICMPKIT_ERR_RANGE;
	if (cap < IP4_HEADER_BYTES)
		return ICMPKIT_ERR_NO_SPACE;
	write_u8(&w, 0x45);
	write_u8(&w, dg->traffic_class);
	write_u16(&w, (uint16_t)(IP4_HEADER_BYTES + dg->payload.len));
	write_u16(&w, (uint16_t)dg->identification);
	write_u16(&w, dg->dont_fragment ? FLAG_DONT_FRAGMENT : 0);
	write_u8(&w, dg->hop_limit);
	write_u8(&w, dg->protocol);
	write_u16(&w, 0);
	write_address(&w, &dg->src);
	write_address(&w, &dg->dst);
	checksum = icmpkit_checksum((struct icmpkit_bytes){buf, IP4_HEADER_BYTES});
	buf[10] = (uint8_t)(checksum >> 8);
	buf[11] = (uint8_t)checksum;
	return IP4_HEADER_BYTES;
}
