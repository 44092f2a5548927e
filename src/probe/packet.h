/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * packet.h - Builds the packets of probes: echo requests, UDP payloads, TCP SYN segments.
 *
 * The data of a probe are: a cookie of 8 bytes, the probe's number, a word that compensates the checksum
 * (both only in probes of a trace), and a pattern. Of a cookie that does not fit, the first bytes are there.
 */
#ifndef PROBE_PACKET_H
#define PROBE_PACKET_H

#include <icmpkit/probe.h>

#define PACKET_COOKIE_BYTES 8
#define PACKET_NUMBER_AT 8
#define PACKET_WORD_AT 10
/** The least data of a probe whose checksum is chosen. */
#define PACKET_CHOSEN_MIN 12
#define PACKET_ECHO_HEADER_BYTES 8
#define PACKET_SYN_BYTES 24

struct icmpkit_packet {
	const struct icmpkit_probe_identity *identity;
	const struct icmpkit_address *target;
	uint64_t token;
	uint16_t identifier; /* of echo */
	uint16_t number; /* the echo's sequence number, the UDP checksum, the low half of the TCP sequence */
	uint16_t dst_port;
	uint16_t data_bytes;
};

/** The keyed mark of a probe: nobody who has not seen the packet can make it. */
uint64_t icmpkit_packet_cookie(const struct icmpkit_packet *packet);

/** The byte of the data at @at that a reply must bring back, of a plain echo. */
uint8_t icmpkit_packet_pattern(uint64_t cookie, size_t at);

/**
 * icmpkit_packet_echo() - A plain echo request.
 * @checksum: its ICMPv4 checksum; of IPv6 the checksum on the wire where the source is known, else 0.
 *
 * Return: its length, or ICMPKIT_ERR_NO_SPACE.
 */
ICMPKIT_CHECK_RESULT int icmpkit_packet_echo(const struct icmpkit_packet *packet, uint8_t *buf, size_t cap,
					     uint16_t *checksum);

/** An echo request whose checksum is the same for every number: routers that hash it keep one path. */
ICMPKIT_CHECK_RESULT int icmpkit_packet_flow_echo(const struct icmpkit_packet *packet, uint8_t *buf,
						  size_t cap, uint16_t *checksum);

/** A UDP payload that makes the UDP checksum equal the number, where the source is known (else *checksum 0).
 */
ICMPKIT_CHECK_RESULT int icmpkit_packet_udp(const struct icmpkit_packet *packet, uint8_t *buf, size_t cap,
					    uint16_t *checksum);

/** A TCP SYN segment, checksum included. */
ICMPKIT_CHECK_RESULT int icmpkit_packet_syn(const struct icmpkit_packet *packet, uint8_t *buf, size_t cap,
					    uint32_t *sequence);

#endif
