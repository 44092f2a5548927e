/* SPDX-License-Identifier: BSD-2-Clause */
/* The hypotheses in their order, and the choice among them. */
#include "diagnose/hypothesis.h"

#include <stdlib.h>

static const struct hypothesis *const each_hypothesis[] = {
	&icmpkit_no_route,	   &icmpkit_blocked_locally,
	&icmpkit_gateway_silent,   &icmpkit_loop,
	&icmpkit_net_unreachable,  &icmpkit_filtered,
	&icmpkit_host_unreachable, &icmpkit_protocol_unreachable,
	&icmpkit_port_unreachable, &icmpkit_echo_filtered,
	&icmpkit_silent_drop,	   &icmpkit_ok,
};

const struct hypothesis *icmpkit_hypothesis_decide(const struct evidence *evidence,
						   struct icmpkit_place *place, uint8_t *confidence_percent)
{
	for (size_t i = 0; i < sizeof(each_hypothesis) / sizeof(each_hypothesis[0]); i++) {
		if (each_hypothesis[i]->holds(evidence, place, confidence_percent))
			return each_hypothesis[i];
	}
	abort(); /* silent-drop holds where the target answered nothing, ok where it did */
}
