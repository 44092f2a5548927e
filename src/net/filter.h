/* SPDX-License-Identifier: BSD-2-Clause */
/** filter.h - Filters in the kernel, so that raw sockets wake us for our own answers only. */
#ifndef NET_FILTER_H
#define NET_FILTER_H

#include <icmpkit/address.h>

/** Echo replies with our identifier, and errors that answer probes. Return: 0, or -errno. */
ICMPKIT_CHECK_RESULT int icmpkit_filter_icmp(int fd, enum icmpkit_family family, uint16_t identifier);
/** Segments to our port. Return: 0, or -errno. */
ICMPKIT_CHECK_RESULT int icmpkit_filter_tcp(int fd, enum icmpkit_family family, uint16_t port);

#endif
