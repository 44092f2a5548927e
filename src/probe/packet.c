/* SPDX-License-Identifier: BSD-2-Clause */
/* Builds the packets of probes. */
#include "probe/packet.h"

#include <string.h>

#include <icmpkit/checksum.h>
#include <icmpkit/numbers.h>

#include "base/random.h"

#define UDP_HEADER_BYTES 8
#define TCP_WINDOW 64240
#define TCP_MSS 1460

static void store_u16(uint8_t *at, uint16_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

static void store_u32(uint8_t *at, uint32_t value)
{
	store_u16(at, (uint16_t)(value >> 16));
	store_u16(at + 2, (uint16_t)value);
}

uint64_t icmpkit_packet_cookie(const struct icmpkit_packet *packet)
{
	uint8_t marks[8 + sizeof(packet->target->bytes)];

	store_u32(marks, (uint32_t)(packet->token >> 32));
	store_u32(marks + 4, (uint32_t)packet->token);
	memcpy(marks + 8, packet->target->bytes, sizeof(packet->target->bytes));
	return icmpkit_siphash(packet->identity->key, (struct icmpkit_bytes){marks, sizeof(marks)});
}

uint8_t icmpkit_packet_pattern(uint64_t cookie, size_t at)
{
	return (uint8_t)(at < PACKET_COOKIE_BYTES ? cookie >> (56 - 8 * at) : at);
}

static void fill_data(uint64_t cookie, uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		data[i] = icmpkit_packet_pattern(cookie, i);
}

/* The checksum as it will be on the wire: of ICMPv6 with the pseudo-header (RFC 4443 2.3). */
static uint16_t wire_checksum(const struct icmpkit_packet *packet, struct icmpkit_bytes message)
{
	const struct icmpkit_address *source = &packet->identity->source;
	uint64_t sum = 0;

	if (packet->target->family == ICMPKIT_IPV6) {
		if (source->family != ICMPKIT_IPV6)
			return 0;
		sum = icmpkit_checksum_pseudo(source, packet->target, ICMPKIT_PROTO_ICMPV6, message.len);
	}
	return icmpkit_checksum_finish(icmpkit_checksum_add(sum, message));
}

/* Everything of an echo request but its checksum, which is left zero. */
static int begin_echo(const struct icmpkit_packet *packet, uint8_t *buf, size_t cap)
{
	struct icmpkit_message message = {
		.family = packet->target->family,
		.type = packet->target->family == ICMPKIT_IPV4 ? ICMPKIT_V4_ECHO_REQUEST
							       : ICMPKIT_V6_ECHO_REQUEST,
		.echo = {.identifier = packet->identifier, .sequence = packet->number},
	};
	int header = icmpkit_encode(&message, buf, cap);

	if (header < 0)
		return header;
	if (packet->data_bytes > cap - (size_t)header)
		return ICMPKIT_ERR_NO_SPACE;
	fill_data(icmpkit_packet_cookie(packet), buf + header, packet->data_bytes);
	return header + packet->data_bytes;
}

int icmpkit_packet_echo(const struct icmpkit_packet *packet, uint8_t *buf, size_t cap, uint16_t *checksum)
{
	int len = begin_echo(packet, buf, cap);

	if (len < 0)
		return len;
	*checksum = wire_checksum(packet, (struct icmpkit_bytes){buf, (size_t)len});
	store_u16(buf + 2, *checksum);
	return len;
}

/* Paris traceroute's rule (Augustin et al., IMC 2006): routers that balance load hash the first four bytes
 * behind the IP header, of ICMP the checksum among them. All probes of a flow get one and the same. It is
 * drawn from the key, and it is the sum without IPv6's pseudo-header, which is constant for a target anyway.
 */
static uint16_t flow_checksum(const struct icmpkit_packet *packet)
{
	uint64_t hash =
		icmpkit_siphash(packet->identity->key, (struct icmpkit_bytes){(const uint8_t *)"flow", 4});

	return (uint16_t)(1 + hash % 0xfffe); /* neither 0 nor 0xffff: both are zero to the sum */
}

int icmpkit_packet_flow_echo(const struct icmpkit_packet *packet, uint8_t *buf, size_t cap,
			     uint16_t *checksum)
{
	int len = begin_echo(packet, buf, cap);

	if (len < 0)
		return len;
	if (packet->data_bytes < PACKET_CHOSEN_MIN)
		return ICMPKIT_ERR_RANGE;
	uint8_t *data = buf + PACKET_ECHO_HEADER_BYTES;
	uint16_t wanted = flow_checksum(packet);

	store_u16(data + PACKET_NUMBER_AT, packet->number);
	store_u16(data + PACKET_WORD_AT, 0);
	store_u16(data + PACKET_WORD_AT,
		  icmpkit_checksum_compensate(
			  icmpkit_checksum_add(0, (struct icmpkit_bytes){buf, (size_t)len}), wanted));
	*checksum = wire_checksum(packet, (struct icmpkit_bytes){buf, (size_t)len});
	store_u16(buf + 2, *checksum);
	return len;
}

/* The UDP header's share of the sum; @udp_len stands in it and in the pseudo-header (RFC 768). */
static uint64_t udp_header_sum(const struct icmpkit_packet *packet, size_t udp_len)
{
	uint8_t header[UDP_HEADER_BYTES] = {0};

	store_u16(header, packet->identity->src_port);
	store_u16(header + 2, packet->dst_port);
	store_u16(header + 4, (uint16_t)udp_len);
	return icmpkit_checksum_add(icmpkit_checksum_pseudo(&packet->identity->source, packet->target,
							    ICMPKIT_PROTO_UDP, udp_len),
				    (struct icmpkit_bytes){header, sizeof(header)});
}

int icmpkit_packet_udp(const struct icmpkit_packet *packet, uint8_t *buf, size_t cap, uint16_t *checksum)
{
	struct icmpkit_bytes data = {buf, packet->data_bytes};

	if (data.len > cap)
		return ICMPKIT_ERR_NO_SPACE;
	if (data.len < PACKET_CHOSEN_MIN)
		return ICMPKIT_ERR_RANGE;
	fill_data(icmpkit_packet_cookie(packet), buf, data.len);
	store_u16(buf + PACKET_NUMBER_AT, packet->number);
	store_u16(buf + PACKET_WORD_AT, 0);
	*checksum = 0;
	if (packet->identity->source.family == packet->target->family) {
		uint64_t sum =
			icmpkit_checksum_add(udp_header_sum(packet, UDP_HEADER_BYTES + data.len), data);

		store_u16(buf + PACKET_WORD_AT, icmpkit_checksum_compensate(sum, packet->number));
		*checksum = packet->number;
	}
	return (int)data.len;
}

int icmpkit_packet_syn(const struct icmpkit_packet *packet, uint8_t *buf, size_t cap, uint32_t *sequence)
{
	if (cap < PACKET_SYN_BYTES)
		return ICMPKIT_ERR_NO_SPACE;
	/* The number is hidden in the low half, so that it can be read off a reply again. */
	uint64_t cookie = icmpkit_packet_cookie(packet);

	*sequence = (uint32_t)(cookie & 0xffff0000) | packet->number;
	memset(buf, 0, PACKET_SYN_BYTES);
	store_u16(buf, packet->identity->tcp_src_port);
	store_u16(buf + 2, packet->dst_port);
	store_u32(buf + 4, *sequence);
	buf[12] = (PACKET_SYN_BYTES / 4) << 4;
	buf[13] = ICMPKIT_TCP_SYN;
	store_u16(buf + 14, TCP_WINDOW);
	/* RFC 9293 3.7.1: a SYN should announce the segment size it takes. */
	store_u16(buf + 20, 0x0204);
	store_u16(buf + 22, TCP_MSS);
	if (packet->identity->source.family == packet->target->family) {
		uint64_t sum = icmpkit_checksum_pseudo(&packet->identity->source, packet->target,
						       ICMPKIT_PROTO_TCP, PACKET_SYN_BYTES);

		sum = icmpkit_checksum_add(sum, (struct icmpkit_bytes){buf, PACKET_SYN_BYTES});
		store_u16(buf + 16, icmpkit_checksum_finish(sum));
	}
	return PACKET_SYN_BYTES;
}
