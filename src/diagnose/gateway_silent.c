/* SPDX-License-Identifier: BSD-2-Clause */
/* gateway-silent: the first hop does not answer ARP or neighbour discovery. */
#include <icmpkit/numbers.h>

#include "diagnose/hypothesis.h"

/* Predicts: after its three questions in vain the system makes a host unreachable from its own address
 * (RFC 1122 2.3.2.2, RFC 4861 7.2.2), and no router ever answers. */
static bool holds(const struct evidence *evidence, struct icmpkit_place *place, uint8_t *confidence_percent)
{
	uint8_t expected = evidence->target.family == ICMPKIT_IPV4 ? ICMPKIT_V4_HOST_UNREACHABLE
								   : ICMPKIT_V6_ADDRESS_UNREACHABLE;

	if (evidence->echo_answered > 0 || evidence->last_answered > 0 ||
	    !icmpkit_evidence_error_is_own(evidence) || evidence->error.icmp_code != expected)
		return false;
	*place = (struct icmpkit_place){.relation = ICMPKIT_RELATION_AFTER};
	*confidence_percent = 98;
	return true;
}

const struct hypothesis icmpkit_gateway_silent = {ICMPKIT_VERDICT_GATEWAY_SILENT, holds};
