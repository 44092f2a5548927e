/* SPDX-License-Identifier: BSD-2-Clause */
/** options.h - What is set on every socket: device, mark, stamps, and what the kernel is to tell us. */
#ifndef NET_OPTIONS_H
#define NET_OPTIONS_H

#include "net/way.h"

/** Device and mark: needs privileges that are dropped later. Return: 0, or -errno with @why written. */
ICMPKIT_CHECK_RESULT int icmpkit_options_route(int fd, const struct icmpkit_network_options *opt,
					       char why[ICMPKIT_NETWORK_WHY_MAX]);
/** Everything else. Return: 0, or -errno with @why written. */
ICMPKIT_CHECK_RESULT int icmpkit_options_tell(struct icmpkit_way *way, char why[ICMPKIT_NETWORK_WHY_MAX]);

#endif
