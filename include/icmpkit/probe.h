/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * probe.h - How an engine and the world speak with each other.
 *
 * An engine (ping, trace, diagnose) is a pure machine: it is told the time and handed what arrived, and it
 * says what is to be sent and until when it may be left alone. Six functions, the same for each:
 *
 *	new          make it, from options and the time
 *	deadline_ns  when to call send() again at the latest; ICMPKIT_NEVER_NS once it has finished
 *	send         the next packet that is due, or none
 *	receive      something arrived
 *	next_event   what has become known since
 *	free
 *
 * Whoever drives an engine (run/, a simulation, a test) calls send() until it gives 0, hands over arrivals,
 * takes the events, and sleeps until the deadline or the next arrival.
 */
#ifndef ICMPKIT_PROBE_H
#define ICMPKIT_PROBE_H

#include <icmpkit/address.h>
#include <icmpkit/base.h>
#include <icmpkit/message.h>
#include <icmpkit/quote.h>

/** What kind of packet a probe is. */
enum icmpkit_method {
	ICMPKIT_METHOD_ICMP, /* echo request */
	ICMPKIT_METHOD_UDP,
	ICMPKIT_METHOD_TCP, /* SYN */
};

/** "icmp", "udp" or "tcp". Static. */
ICMPKIT_API const char *icmpkit_method_name(enum icmpkit_method method);

/** The largest payload of an IPv4 datagram; a buffer of this size takes every probe. */
#define ICMPKIT_PROBE_MAX_BYTES 65535

/**
 * struct icmpkit_probe - A packet that an engine wants sent.
 * @token:         the engine's name for it, given back in arrivals of kind SENT and SEND_FAILED.
 * @src_port:      of UDP and TCP: one of those that the transport announced as its own.
 * @hop_limit:     0: the system's default.
 * @traffic_class: the whole octet, DSCP and ECN; -1: the system's default.
 * @len:           bytes that send() wrote into its buffer. ICMP: the whole message, its checksum right for
 *                 IPv4 (of IPv6 the kernel computes it). UDP: the payload behind the UDP header. TCP: the
 *                 segment, checksum included.
 */
struct icmpkit_probe {
	uint64_t token;
	enum icmpkit_method method;
	struct icmpkit_address to;
	uint16_t src_port;
	uint16_t dst_port;
	uint8_t hop_limit;
	int16_t traffic_class;
	size_t len;
};

enum icmpkit_arrival_kind {
	ICMPKIT_ARRIVAL_SENT,	     /* the kernel's transmit stamp of a probe */
	ICMPKIT_ARRIVAL_SEND_FAILED, /* the system refused to send a probe: see @error */
	ICMPKIT_ARRIVAL_ICMP,	     /* an ICMP message; an error's quote is in @quote */
	ICMPKIT_ARRIVAL_UDP,	     /* a datagram to the probe's UDP port: see @src_port, @dst_port, @data */
	ICMPKIT_ARRIVAL_TCP,	     /* SYN+ACK or RST: see @tcp_flags, @tcp_sequence, @tcp_acknowledgment */
};

/** TCP flags as in the header's octet 13. */
enum icmpkit_tcp_flag {
	ICMPKIT_TCP_FIN = 0x01,
	ICMPKIT_TCP_SYN = 0x02,
	ICMPKIT_TCP_RST = 0x04,
	ICMPKIT_TCP_ACK = 0x10,
};

/**
 * struct icmpkit_arrival - Something that came in.
 * @at_ns:      when user space took it, on the clock of the engine's now_ns.
 * @stamp_ns:   the kernel's own stamp (CLOCK_REALTIME), ICMPKIT_NEVER_NS where there is none. Only the
 *              difference of two stamps means anything.
 * @token:      of SENT and SEND_FAILED.
 * @socket_matched: the kernel itself attributed this to the socket that sent the probe (error queue,
 *              connected socket), having compared addresses and ports or identifier. What the quote does not
 *              show then counts as fitting.
 * @from, @to:  source and destination of the packet; family NONE where unknown.
 * @hop_limit, @traffic_class: of the arriving packet, -1 where unknown.
 * @message:    of ICMP. Its spans, and those of @quote, live until receive() returns.
 * @quote:      of ICMP errors.
 * @checksum_ok: false only where the transport saw the whole packet and the checksum is wrong. An error
 *              counts only if it is right.
 * @len:        of ICMP: bytes of the message as it arrived.
 */
struct icmpkit_arrival {
	enum icmpkit_arrival_kind kind;
	int64_t at_ns;
	int64_t stamp_ns;
	uint64_t token;
	int error; /* -errno */
	bool socket_matched;
	bool checksum_ok;
	struct icmpkit_address from;
	struct icmpkit_address to;
	int16_t hop_limit;
	int16_t traffic_class;
	size_t len;
	struct icmpkit_message message;
	struct icmpkit_quote quote;
	uint16_t src_port;
	uint16_t dst_port;
	uint8_t tcp_flags;
	uint32_t tcp_sequence;
	uint32_t tcp_acknowledgment;
	struct icmpkit_bytes data; /* of UDP: the payload */
};

/** How a round-trip time was measured. */
enum icmpkit_clock_source {
	ICMPKIT_CLOCK_NONE,   /* nothing was measured */
	ICMPKIT_CLOCK_KERNEL, /* kernel stamps of both packets */
	ICMPKIT_CLOCK_USER,   /* the user-space clock at both ends: the fallback */
};

/** "kernel", "user" or "none". Static. */
ICMPKIT_API const char *icmpkit_clock_source_name(enum icmpkit_clock_source source);

/** struct icmpkit_engine_operations - What run/ and the simulation need of any engine. */
struct icmpkit_engine_operations {
	const char *name;
	int64_t (*deadline_ns)(const void *engine);
	/* Return: 1 with @out and @buf written, 0 when nothing is due, or a negative error (the engine is
	 * broken). */
	int (*send)(void *engine, int64_t now_ns, uint8_t *buf, size_t cap, struct icmpkit_probe *out);
	void (*receive)(void *engine, int64_t now_ns, const struct icmpkit_arrival *arrival);
};

/** An engine of any kind, borrowed. */
struct icmpkit_engine {
	const struct icmpkit_engine_operations *operations;
	void *self;
};

/**
 * struct icmpkit_probe_identity - What marks the packets of one engine as its own, and tells replies from
 * forgeries. The driver fills it in from its transports and from a good random source.
 * @key:        secret, 16 bytes; cookies in probes are made with it.
 * @identifier: of ICMP echo; a ping socket dictates it.
 * @source:     the local address that probes to the target will carry; family NONE where unknown. Needed for
 *              UDP and TCP.
 * @src_port:   of UDP and TCP.
 */
struct icmpkit_probe_identity {
	uint8_t key[16];
	uint16_t identifier;
	struct icmpkit_address source;
	uint16_t src_port;
	uint16_t tcp_src_port;
};

#endif
