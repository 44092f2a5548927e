/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the datagram that an error quotes as far as there are bytes. */
#include <icmpkit/quote.h>

#include <icmpkit/checksum.h>
#include <icmpkit/numbers.h>

#include "wire/ip.h"
#include "wire/quote_icmp.h"

/* RFC 792 promises so much of the upper layer. */
#define TRANSPORT_MIN_BYTES 8
#define TCP_HEADER_MIN_BYTES 20

bool icmpkit_protocol_has_ports(uint8_t protocol)
{
	return protocol == ICMPKIT_PROTO_TCP || protocol == ICMPKIT_PROTO_UDP ||
	       protocol == ICMPKIT_PROTO_UDP_LITE || protocol == ICMPKIT_PROTO_SCTP;
}

static void read_icmp(struct reader *r, struct icmpkit_quote *quote)
{
	quote->icmp_type = read_u8(r);
	quote->icmp_code = read_u8(r);
	quote->transport_checksum = read_u16(r);
	if (quotes_echo(quote)) {
		quote->icmp_identifier = read_u16(r);
		quote->icmp_sequence = read_u16(r);
	} else {
		(void)read_u32(r);
	}
	quote->payload = read_rest(r);
}

/* Behind the header, whose length its own data offset tells; nothing where that is missing or wrong. */
static struct icmpkit_bytes tcp_payload(struct icmpkit_bytes segment)
{
	struct reader r = reader_of(segment);
	size_t header_len;

	(void)read_bytes(&r, 12);
	header_len = (size_t)(read_u8(&r) >> 4) * 4;
	if (r.overrun || header_len < TCP_HEADER_MIN_BYTES)
		return (struct icmpkit_bytes){0};
	r = reader_of(segment);
	(void)read_bytes(&r, header_len);
	return read_rest(&r);
}

/* The upper layer. A read past the end gives zero, and @depth says which members count. */
static void read_transport(struct icmpkit_quote *quote)
{
	struct reader r = reader_of(quote->transport);

	if (quote->transport.len >= TRANSPORT_MIN_BYTES)
		quote->depth = ICMPKIT_QUOTE_TRANSPORT;
	else if (quote->transport.len >= 4)
		quote->depth = ICMPKIT_QUOTE_PORTS;
	else
		return;
	if (quotes_icmp(quote)) {
		read_icmp(&r, quote);
	} else if (quote->protocol == ICMPKIT_PROTO_ESP) {
		quote->esp_spi = read_u32(&r);
	} else if (icmpkit_protocol_has_ports(quote->protocol)) {
		quote->src_port = read_u16(&r);
		quote->dst_port = read_u16(&r);
	}
	if (quote->protocol == ICMPKIT_PROTO_TCP) {
		quote->tcp_sequence = read_u32(&r);
		quote->payload = tcp_payload(quote->transport);
	} else if (quote->protocol == ICMPKIT_PROTO_UDP || quote->protocol == ICMPKIT_PROTO_UDP_LITE) {
		quote->udp_len = read_u16(&r);
		quote->transport_checksum = read_u16(&r);
		quote->payload = read_rest(&r);
	}
}

static void take_header(const struct icmpkit_datagram *dg, size_t available, struct icmpkit_quote *quote)
{
	quote->depth = ICMPKIT_QUOTE_ADDRESSES;
	quote->family = dg->family;
	quote->src = dg->src;
	quote->dst = dg->dst;
	quote->protocol = dg->protocol;
	quote->hop_limit = dg->hop_limit;
	quote->traffic_class = dg->traffic_class;
	quote->flow_label = dg->flow_label;
	quote->identification = (uint16_t)dg->identification;
	quote->total_len = dg->total_len < UINT16_MAX ? (uint16_t)dg->total_len : UINT16_MAX;
	quote->is_fragment = dg->is_fragment;
	quote->truncated = dg->total_len > available;
	quote->header_checksum_ok = true;
}

/*
 * The upper layer's bytes without the zeros that RFC 4884 and RFC 4861 pad a short quote with. Some hosts
 * quote the total length swapped or without the header, so it never cuts into the first eight bytes: a probe
 * must be known by its ports.
 */
static struct icmpkit_bytes without_padding(const struct icmpkit_quote *quote, struct icmpkit_bytes rest,
					    size_t headers_len)
{
	size_t len;

	if (quote->total_len < headers_len)
		return rest;
	len = quote->total_len - headers_len;
	if (len < TRANSPORT_MIN_BYTES)
		len = TRANSPORT_MIN_BYTES;
	if (len < rest.len)
		rest.len = len;
	return rest;
}

static void read_ip4(struct icmpkit_bytes wire, struct icmpkit_quote *quote)
{
	struct reader r = reader_of(wire);
	struct icmpkit_datagram dg;
	struct icmpkit_bytes header;
	size_t header_len;

	if (icmpkit_ip4_fixed(wire, &dg, &header_len) < 0)
		return;
	take_header(&dg, wire.len, quote);
	header = read_bytes(&r, header_len);
	if (r.overrun || header_len < IP4_HEADER_BYTES)
		return;
	quote->header_checksum_ok = icmpkit_checksum(header) == 0;
	if (dg.fragment_offset_bytes > 0)
		return;
	quote->transport = without_padding(quote, read_rest(&r), header_len);
	read_transport(quote);
}

static void read_ip6(struct icmpkit_bytes wire, struct icmpkit_quote *quote)
{
	struct reader r = reader_of(wire);
	struct icmpkit_datagram dg;
	struct ip6_chain chain;

	if (icmpkit_ip6_fixed(wire, &dg) < 0)
		return;
	take_header(&dg, wire.len, quote);
	(void)read_bytes(&r, IP6_HEADER_BYTES);
	icmpkit_ip6_chain(&r, dg.protocol, &chain);
	quote->protocol = chain.protocol;
	quote->is_fragment = chain.is_fragment;
	if (r.overrun || chain.too_long || chain.fragment_offset_bytes > 0)
		return;
	quote->transport = without_padding(quote, (struct icmpkit_bytes){r.next, r.left}, wire.len - r.left);
	read_transport(quote);
}

void icmpkit_quote_parse(struct icmpkit_bytes wire, struct icmpkit_quote *out)
{
	struct icmpkit_quote quote = {.depth = ICMPKIT_QUOTE_NOTHING};

	if (wire.len > 0 && wire.data[0] >> 4 == 4)
		read_ip4(wire, &quote);
	else if (wire.len > 0 && wire.data[0] >> 4 == 6)
		read_ip6(wire, &quote);
	*out = quote;
}
