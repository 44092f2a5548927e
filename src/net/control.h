/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * control.h - Sends and receives with control messages: TTL and traffic class, stamps, destinations, errors.
 */
#ifndef NET_CONTROL_H
#define NET_CONTROL_H

/* <linux/errqueue.h> uses struct timespec and does not say whose. */
#include <time.h>

#include <linux/errqueue.h>
#include <sys/socket.h>

#include <icmpkit/probe.h>

/** What one recvmsg() told. @bytes points into the caller's buffer. */
struct icmpkit_received {
	struct icmpkit_bytes bytes;
	struct icmpkit_address from; /* of the error queue: where the packet had been sent to */
	uint16_t from_port;
	struct icmpkit_address to;
	int16_t hop_limit;
	int16_t traffic_class;
	int64_t stamp_ns;
	uint32_t dropped; /* SO_RXQ_OVFL: so far */
	bool has_dropped;
	bool has_error;
	struct sock_extended_err error;
	struct icmpkit_address offender;
};

/** Return: 0, or -errno. @probe->to is the destination, @port its port. */
ICMPKIT_CHECK_RESULT int icmpkit_control_send(int fd, const struct icmpkit_probe *probe, uint16_t port,
					      const uint8_t *buf);
/** @flags: 0 or MSG_ERRQUEUE. Return: 1, 0 when nothing is there, or -errno. */
ICMPKIT_CHECK_RESULT int icmpkit_control_receive(int fd, int flags, uint8_t *buf, size_t cap,
						 struct icmpkit_received *out);

#endif
