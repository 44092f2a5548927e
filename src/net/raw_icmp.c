/* SPDX-License-Identifier: BSD-2-Clause */
/* The raw ICMP socket: sees every ICMP message whole, errors about UDP and TCP probes too. Needs CAP_NET_RAW.
 */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/socket.h>

#include <icmpkit/datagram.h>

#include "net/filter.h"
#include "net/way.h"

static int open_raw(struct icmpkit_way *way, char why[ICMPKIT_NETWORK_WHY_MAX])
{
	bool is_v4 = way->family == ICMPKIT_IPV4;

	way->fd = socket(icmpkit_way_domain(way), SOCK_RAW | SOCK_CLOEXEC,
			 is_v4 ? IPPROTO_ICMP : IPPROTO_ICMPV6);
	if (way->fd < 0) {
		int err = -errno;

		(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX,
			       "no raw socket is allowed: give the program CAP_NET_RAW");
		return err;
	}
	if (getrandom(&way->identifier, sizeof(way->identifier), 0) != sizeof(way->identifier))
		return -errno;
	int err = icmpkit_filter_icmp(way->fd, way->family, way->identifier);

	if (err == 0 && way->source.family != ICMPKIT_FAMILY_NONE)
		err = icmpkit_way_bind(way, way->fd, why);
	return err;
}

static bool read_message(const struct icmpkit_way *way, struct icmpkit_bytes wire,
			 struct icmpkit_arrival *out)
{
	if (icmpkit_decode(way->family, wire, &out->message) < 0)
		return false;
	out->kind = ICMPKIT_ARRIVAL_ICMP;
	out->len = wire.len;
	icmpkit_quote_parse(out->message.quote, &out->quote);
	return true;
}

/* Of IPv4 a raw socket gives the IP header too; of IPv6 it does not, and checks the checksum itself (RFC
 * 3542 3.1). */
static bool read_raw(const struct icmpkit_way *way, const struct icmpkit_received *received,
		     struct icmpkit_arrival *out, bool *is_malformed)
{
	struct icmpkit_datagram dg;

	out->checksum_ok = true;
	if (way->family == ICMPKIT_IPV6) {
		*is_malformed = !read_message(way, received->bytes, out);
		return !*is_malformed;
	}
	*is_malformed =
		icmpkit_datagram_parse(received->bytes, &dg) < 0 || !read_message(way, dg.payload, out);
	if (*is_malformed)
		return false;
	out->to = dg.dst;
	out->hop_limit = dg.hop_limit;
	out->traffic_class = dg.traffic_class;
	out->checksum_ok = icmpkit_message_checksum_ok(ICMPKIT_IPV4, dg.payload, NULL, NULL);
	return true;
}

const struct icmpkit_way_operations icmpkit_way_raw_icmp = {
	.name = "raw socket",
	.method = ICMPKIT_METHOD_ICMP,
	.open = open_raw,
	.read = read_raw,
};
