/* SPDX-License-Identifier: BSD-2-Clause */
/* The network: opens the ways out, and sends and receives through them. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "net/error_queue.h"
#include "net/options.h"
#include "net/route.h"
#include "net/way.h"

/* Three methods of two families. */
#define WAYS_MAX 6
#define BUFFER_BYTES 65536
#define SEND_TRIES 3

struct icmpkit_network {
	struct icmpkit_network_options opt; /* @interface is our own copy */
	struct icmpkit_network_counters counters;
	struct icmpkit_way *ways[WAYS_MAX];
	size_t way_count;
	size_t next_way;
	struct icmpkit_address own[2]; /* towards the last target of each family: IPv4, IPv6 */
	uint8_t buffer[BUFFER_BYTES];
};

static void close_way(struct icmpkit_way *way)
{
	if (way->fd >= 0)
		(void)close(way->fd);
	if (way->port_holder >= 0)
		(void)close(way->port_holder);
	free(way);
}

static int set_up(struct icmpkit_way *way, const struct icmpkit_network_options *opt,
		  char why[ICMPKIT_NETWORK_WHY_MAX])
{
	int err = way->operations->open(way, why);

	if (err == 0)
		err = icmpkit_options_route(way->fd, opt, why);
	if (err == 0)
		err = icmpkit_options_tell(way, why);
	return err;
}

static int add_way(struct icmpkit_network *network, enum icmpkit_family family,
		   const struct icmpkit_way_operations *operations, bool wants_errors,
		   char why[ICMPKIT_NETWORK_WHY_MAX])
{
	struct icmpkit_way *way = calloc(1, sizeof(*way));

	if (way == NULL)
		return -ENOMEM;
	*way = (struct icmpkit_way){
		.operations = operations,
		.family = family,
		.fd = -1,
		.port_holder = -1,
		.source = network->opt.source,
		.wants_errors = wants_errors,
	};
	int err = set_up(way, &network->opt, why);

	if (err < 0) {
		close_way(way);
		return err;
	}
	network->ways[network->way_count++] = way;
	return 0;
}

/* The unprivileged way or the raw one, whichever is wanted first and allowed. What is said of a refusal is
 * what the ping socket says: it names both remedies. */
static int add_icmp(struct icmpkit_network *network, enum icmpkit_family family,
		    char why[ICMPKIT_NETWORK_WHY_MAX])
{
	enum icmpkit_network_access access = network->opt.access;
	char unused[ICMPKIT_NETWORK_WHY_MAX];

	if (access == ICMPKIT_ACCESS_RAW_FIRST &&
	    add_way(network, family, &icmpkit_way_raw_icmp, false, unused) == 0)
		return 0;
	int err = add_way(network, family, &icmpkit_way_ping_socket, true, why);

	if ((err == -EACCES || err == -EPERM) && access == ICMPKIT_ACCESS_PING_SOCKET_FIRST &&
	    add_way(network, family, &icmpkit_way_raw_icmp, false, unused) == 0)
		return 0;
	return err;
}

static bool has_raw_icmp(const struct icmpkit_network *network, enum icmpkit_family family)
{
	for (size_t i = 0; i < network->way_count; i++) {
		if (network->ways[i]->family == family &&
		    network->ways[i]->operations == &icmpkit_way_raw_icmp)
			return true;
	}
	return false;
}

static int add_family(struct icmpkit_network *network, enum icmpkit_family family,
		      char why[ICMPKIT_NETWORK_WHY_MAX])
{
	const struct icmpkit_network_options *opt = &network->opt;
	int err = 0;

	/* Errors about UDP and TCP probes come to the raw ICMP socket; TCP has no other way to them. */
	if (opt->icmp || ((opt->udp || opt->tcp) && opt->access == ICMPKIT_ACCESS_RAW_FIRST))
		err = add_icmp(network, family, why);
	if (err < 0 && opt->icmp)
		return err;
	if (opt->udp) {
		err = add_way(network, family, &icmpkit_way_udp, !has_raw_icmp(network, family), why);
		if (err < 0 && !opt->udp_optional)
			return err;
	}
	if (opt->tcp) {
		err = add_way(network, family, &icmpkit_way_raw_tcp, false, why);
		if (err < 0 && !opt->tcp_optional)
			return err;
	}
	return 0;
}

/* A system without one family still has the other. */
static int add_families(struct icmpkit_network *network, char why[ICMPKIT_NETWORK_WHY_MAX])
{
	enum icmpkit_family bound = network->opt.source.family;
	bool v4 = network->opt.ipv4 && (bound == ICMPKIT_FAMILY_NONE || bound == ICMPKIT_IPV4);
	bool v6 = network->opt.ipv6 && (bound == ICMPKIT_FAMILY_NONE || bound == ICMPKIT_IPV6);
	int err = ICMPKIT_ERR_RANGE;

	if (v4)
		err = add_family(network, ICMPKIT_IPV4, why);
	if (err < 0 && v4 && !(v6 && err == -EAFNOSUPPORT))
		return err;
	if (v6) {
		int err_v6 = add_family(network, ICMPKIT_IPV6, why);

		if (err_v6 < 0 && !(v4 && err == 0 && err_v6 == -EAFNOSUPPORT))
			return err_v6;
		err = 0;
	}
	if (!v4 && !v6)
		(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX, "the source address is of the other family");
	return err;
}

int icmpkit_network_open(struct icmpkit_network **out, const struct icmpkit_network_options *opt,
			 char why[ICMPKIT_NETWORK_WHY_MAX])
{
	(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX, "the options cannot be");
	if (opt->size != sizeof(*opt))
		return ICMPKIT_ERR_RANGE;
	struct icmpkit_network *network = calloc(1, sizeof(*network));

	if (network == NULL)
		return -ENOMEM;
	network->opt = *opt;
	network->opt.interface = opt->interface == NULL ? NULL : strdup(opt->interface);
	/* A late wake-up is a late probe: the default slack of 50 us is for saving power. */
	(void)prctl(PR_SET_TIMERSLACK, 1);
	int err = opt->interface != NULL && network->opt.interface == NULL ? -ENOMEM
									   : add_families(network, why);

	if (err < 0) {
		icmpkit_network_close(network);
		return err;
	}
	*out = network;
	return 0;
}

void icmpkit_network_close(struct icmpkit_network *network)
{
	if (network == NULL)
		return;
	for (size_t i = 0; i < network->way_count; i++)
		close_way(network->ways[i]);
	free((char *)(uintptr_t)network->opt.interface);
	free(network);
}

static struct icmpkit_way *way_for(const struct icmpkit_network *network, enum icmpkit_family family,
				   enum icmpkit_method method)
{
	for (size_t i = 0; i < network->way_count; i++) {
		if (network->ways[i]->family == family && network->ways[i]->operations->method == method)
			return network->ways[i];
	}
	return NULL;
}

bool icmpkit_network_has(const struct icmpkit_network *network, enum icmpkit_family family,
			 enum icmpkit_method method)
{
	return way_for(network, family, method) != NULL;
}

const char *icmpkit_network_way(const struct icmpkit_network *network, enum icmpkit_family family,
				enum icmpkit_method method)
{
	const struct icmpkit_way *way = way_for(network, family, method);

	return way == NULL ? NULL : way->operations->name;
}

int icmpkit_network_identity(struct icmpkit_network *network, const struct icmpkit_address *target,
			     struct icmpkit_probe_identity *out)
{
	const struct icmpkit_way *icmp = way_for(network, target->family, ICMPKIT_METHOD_ICMP);
	const struct icmpkit_way *udp = way_for(network, target->family, ICMPKIT_METHOD_UDP);
	const struct icmpkit_way *tcp = way_for(network, target->family, ICMPKIT_METHOD_TCP);
	struct icmpkit_probe_identity identity = {
		.identifier = icmp == NULL ? 0 : icmp->identifier,
		.source = icmpkit_route_source(target, &network->opt),
		.src_port = udp == NULL ? 0 : udp->port,
		.tcp_src_port = tcp == NULL ? 0 : tcp->port,
	};

	if (getrandom(identity.key, sizeof(identity.key), 0) != sizeof(identity.key))
		return -errno;
	network->own[target->family == ICMPKIT_IPV6] = identity.source;
	*out = identity;
	return 0;
}

static int64_t wall_clock_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * ICMPKIT_NS_PER_S + now.tv_nsec;
}

/* A raw socket takes no port: of IPv6 it even refuses one that is not its protocol. */
static uint16_t port_for(const struct icmpkit_probe *probe)
{
	return probe->method == ICMPKIT_METHOD_UDP ? probe->dst_port : 0;
}

/* An error about an earlier probe waits in the socket and comes out of the next send: only what fails again
 * and again is about this one. */
int icmpkit_network_send(struct icmpkit_network *network, const struct icmpkit_probe *probe,
			 const uint8_t *buf)
{
	struct icmpkit_way *way = way_for(network, probe->to.family, probe->method);
	int64_t sent_ns = wall_clock_ns();
	int err = -EAFNOSUPPORT;

	for (int i = 0; way != NULL && i < SEND_TRIES; i++) {
		err = icmpkit_control_send(way->fd, probe, port_for(probe), buf);
		if (err == 0)
			break;
		icmpkit_stamps_restart(&way->stamps, way->fd);
		if (err == -EAGAIN || err == -ENOBUFS)
			return -EAGAIN;
	}
	if (err < 0) {
		network->counters.send_failures++;
		return err;
	}
	icmpkit_stamps_sent(&way->stamps, probe->token, sent_ns);
	network->counters.sent++;
	return 0;
}

static struct icmpkit_arrival arrival_of(const struct icmpkit_received *received)
{
	return (struct icmpkit_arrival){
		.at_ns = icmpkit_network_now_ns(),
		.stamp_ns = received->stamp_ns,
		.from = received->from,
		.to = received->to,
		.hop_limit = received->hop_limit,
		.traffic_class = received->traffic_class,
		.len = received->bytes.len,
	};
}

/* A transmit stamp or an ICMP error. Return: 1, 0 when the error queue is empty, or -errno. */
static int receive_error(struct icmpkit_network *network, struct icmpkit_way *way,
			 struct icmpkit_arrival *out)
{
	struct icmpkit_received received;
	int got;

	while ((got = icmpkit_control_receive(way->fd, MSG_ERRQUEUE, network->buffer, BUFFER_BYTES,
					      &received)) == 1) {
		*out = arrival_of(&received);
		if (received.has_error && received.error.ee_origin == SO_EE_ORIGIN_TIMESTAMPING) {
			out->kind = ICMPKIT_ARRIVAL_SENT;
			if (icmpkit_stamps_take(&way->stamps, received.error.ee_data, received.stamp_ns,
						&out->token))
				return 1;
			network->counters.stamps_unknown++;
		} else if (received.has_error && way->operations->read_quote != NULL) {
			if (icmpkit_error_queue_read(way, &received,
						     &network->own[way->family == ICMPKIT_IPV6], out)) {
				network->counters.received++;
				return 1;
			}
			network->counters.malformed++;
		}
	}
	return got;
}

static void count_dropped(struct icmpkit_network *network, struct icmpkit_way *way,
			  const struct icmpkit_received *received)
{
	if (!received->has_dropped)
		return;
	network->counters.dropped_by_kernel += (uint32_t)(received->dropped - way->dropped);
	way->dropped = received->dropped;
}

/* Return: 1, 0 when the queue is empty, or -errno. Errors of the kernel that wait in the socket are in the
 * error queue too. */
static int receive_packet(struct icmpkit_network *network, struct icmpkit_way *way,
			  struct icmpkit_arrival *out)
{
	struct icmpkit_received received;
	bool is_malformed = false;
	int got;

	while ((got = icmpkit_control_receive(way->fd, 0, network->buffer, BUFFER_BYTES, &received)) != 0) {
		if (got < 0 && (got == -EBADF || got == -ENOTSOCK))
			return got;
		if (got < 0)
			return receive_error(network, way, out);
		count_dropped(network, way, &received);
		*out = arrival_of(&received);
		if (way->operations->read(way, &received, out, &is_malformed)) {
			network->counters.received++;
			return 1;
		}
		network->counters.malformed += is_malformed;
	}
	return 0;
}

static int receive_from(struct icmpkit_network *network, struct icmpkit_way *way, struct icmpkit_arrival *out)
{
	int got = receive_error(network, way, out);

	return got == 0 ? receive_packet(network, way, out) : got;
}

/* Which sockets have something? */
static int look(struct icmpkit_network *network, const struct timespec *timeout, const sigset_t *mask,
		int wake_fd)
{
	struct pollfd fds[WAYS_MAX + 1];

	for (size_t i = 0; i < network->way_count; i++)
		fds[i] = (struct pollfd){.fd = network->ways[i]->fd, .events = POLLIN};
	fds[network->way_count] = (struct pollfd){.fd = wake_fd, .events = POLLIN};
	int ready = ppoll(fds, network->way_count + 1, timeout, mask);

	for (size_t i = 0; ready > 0 && i < network->way_count; i++)
		network->ways[i]->is_readable = network->ways[i]->is_readable || fds[i].revents != 0;
	return ready < 0 ? -errno : ready;
}

static int receive_any(struct icmpkit_network *network, struct icmpkit_arrival *out)
{
	for (size_t i = 0; i < network->way_count; i++) {
		struct icmpkit_way *way = network->ways[(network->next_way + i) % network->way_count];

		if (!way->is_readable)
			continue;
		int got = receive_from(network, way, out);

		if (got != 0)
			return got;
		way->is_readable = false;
		network->next_way++;
	}
	return 0;
}

int icmpkit_network_receive(struct icmpkit_network *network, struct icmpkit_arrival *out)
{
	static const struct timespec at_once = {0};
	int got = receive_any(network, out);

	if (got != 0)
		return got;
	got = look(network, &at_once, NULL, -1);
	return got > 0 ? receive_any(network, out) : 0;
}

int icmpkit_network_wait(struct icmpkit_network *network, int64_t deadline_ns, const sigset_t *mask,
			 int wake_fd)
{
	int64_t left_ns = deadline_ns - icmpkit_network_now_ns();
	struct timespec timeout = {0};

	if (left_ns > 0) {
		timeout.tv_sec = left_ns / ICMPKIT_NS_PER_S;
		timeout.tv_nsec = left_ns % ICMPKIT_NS_PER_S;
	}
	int ready = look(network, deadline_ns == ICMPKIT_NEVER_NS ? NULL : &timeout, mask, wake_fd);

	return ready < 0 ? ready : 0;
}

void icmpkit_network_counters(const struct icmpkit_network *network, struct icmpkit_network_counters *out)
{
	*out = network->counters;
}
