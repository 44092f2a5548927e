/* SPDX-License-Identifier: BSD-2-Clause */
/** error_queue.h - An ICMP error as the kernel's error queue tells it, made into an arrival. */
#ifndef NET_ERROR_QUEUE_H
#define NET_ERROR_QUEUE_H

#include "net/way.h"

/**
 * icmpkit_error_queue_read() - Read an error of origin ICMP, ICMP6 or LOCAL.
 * @own: this host's address towards the destination, for errors that it makes itself.
 *
 * Return: true with @out written; its spans point into @received.
 */
bool icmpkit_error_queue_read(const struct icmpkit_way *way, const struct icmpkit_received *received,
			      const struct icmpkit_address *own, struct icmpkit_arrival *out);

#endif
