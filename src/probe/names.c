/* SPDX-License-Identifier: BSD-2-Clause */
/* The words for methods and clocks. */
#include <icmpkit/probe.h>

const char *icmpkit_method_name(enum icmpkit_method method)
{
	static const char *const names[] = {
		[ICMPKIT_METHOD_ICMP] = "icmp",
		[ICMPKIT_METHOD_UDP] = "udp",
		[ICMPKIT_METHOD_TCP] = "tcp",
	};

	return names[method];
}

const char *icmpkit_clock_source_name(enum icmpkit_clock_source source)
{
	static const char *const names[] = {
		[ICMPKIT_CLOCK_NONE] = "none",
		[ICMPKIT_CLOCK_KERNEL] = "kernel",
		[ICMPKIT_CLOCK_USER] = "user",
	};

	return names[source];
}
