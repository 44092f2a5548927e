/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * quote.h - The datagram that an ICMP error quotes: which packet of which flow it is about.
 *
 * A cut quote is the normal case (RFC 792 asks for 8 bytes behind the header only) and its own length field
 * is not to be believed: reading goes as far as there are bytes and says how far that was.
 */
#ifndef ICMPKIT_QUOTE_H
#define ICMPKIT_QUOTE_H

#include <icmpkit/address.h>
#include <icmpkit/base.h>
#include <icmpkit/text.h>

/** How far a quote could be read. */
enum icmpkit_quote_depth {
	ICMPKIT_QUOTE_NOTHING,	 /* not even the IP header's fixed part */
	ICMPKIT_QUOTE_ADDRESSES, /* source, destination, protocol; the upper layer is missing or is no first
				    fragment */
	ICMPKIT_QUOTE_PORTS,	 /* 4 bytes of the upper layer: ports, or ICMP type, code and checksum */
	ICMPKIT_QUOTE_TRANSPORT, /* 8 bytes: the UDP header, the TCP sequence number, the echo identifier and
				    sequence */
};

/**
 * struct icmpkit_quote - What the quote shows. A member counts only if @depth reaches it, and, for the upper
 * layer, if @protocol is the one it belongs to.
 */
struct icmpkit_quote {
	enum icmpkit_quote_depth depth;
	enum icmpkit_family family;
	struct icmpkit_address src; /* family NONE where unknown (a kernel's error queue does not tell) */
	struct icmpkit_address dst;
	uint8_t protocol;
	uint8_t hop_limit; /* as it arrived where the error was made: 0 or 1 is usual for time exceeded */
	uint8_t traffic_class;
	uint16_t identification; /* IPv4 */
	uint32_t flow_label;	 /* IPv6 */
	uint16_t total_len;	 /* bytes of the whole original datagram, by its own header */
	bool header_checksum_ok; /* IPv4; true in IPv6 */
	bool is_fragment;
	bool truncated;	   /* the quote ends before the original datagram does, by that one's own length */
	uint16_t src_port; /* TCP, UDP, UDP-Lite, SCTP */
	uint16_t dst_port;
	uint32_t tcp_sequence;
	uint16_t udp_len;
	uint16_t transport_checksum; /* UDP at depth TRANSPORT; ICMP at depth PORTS */
	uint8_t icmp_type;
	uint8_t icmp_code;
	uint16_t icmp_identifier; /* echo messages */
	uint16_t icmp_sequence;
	uint32_t esp_spi;		/* at depth PORTS */
	struct icmpkit_bytes transport; /* all quoted bytes from the upper layer's header on */
	struct icmpkit_bytes
		payload; /* quoted bytes behind the 8-byte ICMP or UDP header, or the TCP header */
};

/**
 * icmpkit_quote_parse() - Read a quoted datagram.
 * @wire: icmpkit_message.quote. Borrowed: @out points into it.
 *
 * Never fails: @out->depth says how far it got. The family is read from the quote's own version field.
 */
ICMPKIT_API void icmpkit_quote_parse(struct icmpkit_bytes wire, struct icmpkit_quote *out);

/** Of these protocols @src_port and @dst_port count, from depth PORTS on: TCP, UDP, UDP-Lite, SCTP. */
ICMPKIT_API bool icmpkit_protocol_has_ports(uint8_t protocol);

/** "UDP 192.0.2.1:40000 > 198.51.100.7:33435"; "nothing readable" at depth NOTHING. */
ICMPKIT_API void icmpkit_quote_text(const struct icmpkit_quote *quote, struct icmpkit_text *text);
/** The object "quoted" of docs/json.md; null at depth NOTHING. */
ICMPKIT_API void icmpkit_quote_json(const struct icmpkit_quote *quote, struct icmpkit_json *json,
				    const char *key);

#endif
