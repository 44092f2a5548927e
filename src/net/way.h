/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * way.h - One way out: a socket, what is sent through it, and what its arrivals mean.
 */
#ifndef NET_WAY_H
#define NET_WAY_H

#include <icmpkit/network.h>

#include "net/control.h"
#include "net/stamps.h"

struct icmpkit_way;

/** What every kind of way has. @out of the last two is all zeros before, but for what the control data tell.
 */
struct icmpkit_way_operations {
	const char *name; /* "ping socket", "raw socket"... */
	enum icmpkit_method method;
	/* Make the socket: @way->fd and what is special to it. Return: 0, or -errno with @why written. */
	int (*open)(struct icmpkit_way *way, char why[ICMPKIT_NETWORK_WHY_MAX]);
	/* What came in. Return: true with @out complete, false: not for us or not readable (@is_malformed).
	 */
	bool (*read)(const struct icmpkit_way *way, const struct icmpkit_received *received,
		     struct icmpkit_arrival *out, bool *is_malformed);
	/* The quote in an error that the kernel kept for this socket; NULL: it keeps none. */
	bool (*read_quote)(const struct icmpkit_way *way, const struct icmpkit_received *received,
			   struct icmpkit_quote *out);
};

/** @port: the identifier of a ping socket, the source port of UDP and TCP. */
struct icmpkit_way {
	const struct icmpkit_way_operations *operations;
	enum icmpkit_family family;
	int fd;
	int port_holder; /* another socket that keeps @port ours, or -1 */
	uint16_t port;
	uint16_t identifier;	       /* of echo sent by a raw socket */
	struct icmpkit_address source; /* family NONE: not bound */
	bool wants_errors;	       /* the socket keeps ICMP errors in its error queue */
	bool is_readable;
	uint32_t dropped; /* SO_RXQ_OVFL as last told */
	struct icmpkit_stamps stamps;
};

extern const struct icmpkit_way_operations icmpkit_way_ping_socket;
extern const struct icmpkit_way_operations icmpkit_way_raw_icmp;
extern const struct icmpkit_way_operations icmpkit_way_udp;
extern const struct icmpkit_way_operations icmpkit_way_raw_tcp;

/** AF_INET or AF_INET6. */
int icmpkit_way_domain(const struct icmpkit_way *way);
/** Bind to the source, if one is set, and port 0, and note the port. Return: 0, or -errno with @why written.
 */
ICMPKIT_CHECK_RESULT int icmpkit_way_bind(struct icmpkit_way *way, int fd, char why[ICMPKIT_NETWORK_WHY_MAX]);

#endif
