/* SPDX-License-Identifier: BSD-2-Clause */
/* Sends and receives through the ways out of a network. */
#include <errno.h>
#include <poll.h>
#include <time.h>

#include "net/error_queue.h"
#include "net/network_state.h"

#define SEND_TRIES 3

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
	struct icmpkit_way *way = icmpkit_network_way_for(network, probe->to.family, probe->method);
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
