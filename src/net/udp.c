/* SPDX-License-Identifier: BSD-2-Clause */
/* UDP probes: an ordinary socket. Where no raw socket takes the ICMP errors, its error queue does. */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <icmpkit/numbers.h>

#include "net/way.h"

static int open_udp(struct icmpkit_way *way, char why[ICMPKIT_NETWORK_WHY_MAX])
{
	way->fd = socket(icmpkit_way_domain(way), SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_UDP);
	if (way->fd < 0) {
		int err = -errno;

		(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX, "no UDP socket: %s", strerror(-err));
		return err;
	}
	return icmpkit_way_bind(way, way->fd, why);
}

static bool read_data(const struct icmpkit_way *way, const struct icmpkit_received *received,
		      struct icmpkit_arrival *out, bool *is_malformed)
{
	*is_malformed = false;
	out->kind = ICMPKIT_ARRIVAL_UDP;
	out->socket_matched = true;
	out->checksum_ok = true;
	out->src_port = received->from_port;
	out->dst_port = way->port;
	out->data = received->bytes;
	return true;
}

/* The kernel gives the quote from behind the UDP header on. */
static bool read_quote(const struct icmpkit_way *way, const struct icmpkit_received *received,
		       struct icmpkit_quote *out)
{
	out->depth = ICMPKIT_QUOTE_TRANSPORT;
	out->protocol = ICMPKIT_PROTO_UDP;
	out->src_port = way->port;
	out->dst_port = received->from_port;
	out->payload = received->bytes;
	return true;
}

const struct icmpkit_way_operations icmpkit_way_udp = {
	.name = "udp socket",
	.method = ICMPKIT_METHOD_UDP,
	.open = open_udp,
	.read = read_data,
	.read_quote = read_quote,
};
