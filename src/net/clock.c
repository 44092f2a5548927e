/* SPDX-License-Identifier: BSD-2-Clause */
/* The clock of the real world. */
#include <time.h>

#include <icmpkit/network.h>

int64_t icmpkit_network_now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * ICMPKIT_NS_PER_S + now.tv_nsec;
}
