/* SPDX-License-Identifier: BSD-2-Clause */
/* The ping socket: echo without privilege, where net.ipv4.ping_group_range allows it. The kernel gives the
 * identifier, hands over only replies to it, and keeps ICMP errors about it in the error queue. */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <icmpkit/numbers.h>

#include "net/way.h"

static int open_ping(struct icmpkit_way *way, char why[ICMPKIT_NETWORK_WHY_MAX])
{
	bool is_v4 = way->family == ICMPKIT_IPV4;

	way->fd = socket(icmpkit_way_domain(way), SOCK_DGRAM | SOCK_CLOEXEC,
			 is_v4 ? IPPROTO_ICMP : IPPROTO_ICMPV6);
	if (way->fd < 0) {
		int err = -errno;

		(void)snprintf(
			why, ICMPKIT_NETWORK_WHY_MAX,
			"no ICMP socket is allowed: give the program CAP_NET_RAW, or allow its group %u in "
			"the sysctl net.ipv4.ping_group_range",
			(unsigned int)getegid());
		return err;
	}
	int err = icmpkit_way_bind(way, way->fd, why);

	way->identifier = way->port;
	return err;
}

static bool read_reply(const struct icmpkit_way *way, const struct icmpkit_received *received,
		       struct icmpkit_arrival *out, bool *is_malformed)
{
	*is_malformed = icmpkit_decode(way->family, received->bytes, &out->message) < 0;
	out->kind = ICMPKIT_ARRIVAL_ICMP;
	out->socket_matched = true;
	out->checksum_ok = true; /* the kernel drops others */
	return !*is_malformed;
}

/* The kernel gives the quote from the ICMP header on. */
static bool read_quote(const struct icmpkit_way *way, const struct icmpkit_received *received,
		       struct icmpkit_quote *out)
{
	struct icmpkit_message request;

	if (icmpkit_decode(way->family, received->bytes, &request) < 0 ||
	    request.kind != ICMPKIT_KIND_ECHO_REQUEST)
		return false;
	out->depth = ICMPKIT_QUOTE_TRANSPORT;
	out->protocol = way->family == ICMPKIT_IPV4 ? ICMPKIT_PROTO_ICMP : ICMPKIT_PROTO_ICMPV6;
	out->icmp_type = request.type;
	out->icmp_code = request.code;
	out->transport_checksum = request.checksum;
	out->icmp_identifier = request.echo.identifier;
	out->icmp_sequence = request.echo.sequence;
	out->payload = request.payload;
	return true;
}

const struct icmpkit_way_operations icmpkit_way_ping_socket = {
	.name = "ping socket",
	.method = ICMPKIT_METHOD_ICMP,
	.open = open_ping,
	.read = read_reply,
	.read_quote = read_quote,
};
