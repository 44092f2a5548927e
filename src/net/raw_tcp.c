/* SPDX-License-Identifier: BSD-2-Clause */
/* TCP probes: SYN segments through a raw socket. The answer is read off; the kernel, which knows of no
 * connection, resets it. Needs CAP_NET_RAW. */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <icmpkit/datagram.h>

#include "net/filter.h"
#include "net/way.h"

#define TCP_HEADER_MIN 20

/* Another socket, bound but never listening, keeps the port from other programs. */
static int hold_port(struct icmpkit_way *way, char why[ICMPKIT_NETWORK_WHY_MAX])
{
	way->port_holder = socket(icmpkit_way_domain(way), SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (way->port_holder < 0)
		return -errno;
	return icmpkit_way_bind(way, way->port_holder, why);
}

static int open_tcp(struct icmpkit_way *way, char why[ICMPKIT_NETWORK_WHY_MAX])
{
	way->fd = socket(icmpkit_way_domain(way), SOCK_RAW | SOCK_CLOEXEC, IPPROTO_TCP);
	if (way->fd < 0) {
		int err = -errno;

		(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX,
			       "TCP probes need a raw socket: give the program CAP_NET_RAW");
		return err;
	}
	int err = hold_port(way, why);

	return err == 0 ? icmpkit_filter_tcp(way->fd, way->family, way->port) : err;
}

static uint32_t load_u32(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static bool read_segment(struct icmpkit_bytes segment, struct icmpkit_arrival *out)
{
	if (segment.len < TCP_HEADER_MIN)
		return false;
	out->kind = ICMPKIT_ARRIVAL_TCP;
	out->checksum_ok = true;
	out->src_port = (uint16_t)(segment.data[0] << 8 | segment.data[1]);
	out->dst_port = (uint16_t)(segment.data[2] << 8 | segment.data[3]);
	out->tcp_sequence = load_u32(segment.data + 4);
	out->tcp_acknowledgment = load_u32(segment.data + 8);
	out->tcp_flags = segment.data[13];
	return true;
}

static bool read_tcp(const struct icmpkit_way *way, const struct icmpkit_received *received,
		     struct icmpkit_arrival *out, bool *is_malformed)
{
	struct icmpkit_datagram dg = {.payload = received->bytes};

	*is_malformed = way->family == ICMPKIT_IPV4 && icmpkit_datagram_parse(received->bytes, &dg) < 0;
	*is_malformed = *is_malformed || !read_segment(dg.payload, out);
	if (*is_malformed)
		return false;
	if (way->family == ICMPKIT_IPV4) {
		out->to = dg.dst;
		out->hop_limit = dg.hop_limit;
	}
	/* RFC 9293 3.10.7.3: a SYN is answered by SYN and ACK, or by RST. */
	return out->dst_port == way->port && (out->tcp_flags & ICMPKIT_TCP_ACK) != 0 &&
	       (out->tcp_flags & (ICMPKIT_TCP_SYN | ICMPKIT_TCP_RST)) != 0;
}

const struct icmpkit_way_operations icmpkit_way_raw_tcp = {
	.name = "raw socket",
	.method = ICMPKIT_METHOD_TCP,
	.open = open_tcp,
	.read = read_tcp,
};
