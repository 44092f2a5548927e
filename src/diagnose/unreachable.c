/* SPDX-License-Identifier: BSD-2-Clause */
/* net-unreachable, filtered, host-unreachable: somebody on the way says why. */
#include <icmpkit/numbers.h>

#include "diagnose/hypothesis.h"

#define CODE(number) (UINT32_C(1) << (number))

/* Predicts: destination unreachable with one of these codes, from somebody who is not this host. */
static bool says_one_of(const struct evidence *evidence, uint32_t v4_codes, uint32_t v6_codes,
			struct icmpkit_place *place, uint8_t *confidence_percent)
{
	uint32_t codes = evidence->target.family == ICMPKIT_IPV4 ? v4_codes : v6_codes;

	if (evidence->echo_answered > 0 || evidence->error.count == 0 ||
	    icmpkit_evidence_error_is_own(evidence) || evidence->error.icmp_code >= 32 ||
	    (codes >> evidence->error.icmp_code & 1) == 0)
		return false;
	*place = icmpkit_evidence_error_place(evidence);
	*confidence_percent = evidence->error.count > 1 ? 98 : 90;
	return true;
}

static bool net_holds(const struct evidence *evidence, struct icmpkit_place *place,
		      uint8_t *confidence_percent)
{
	return says_one_of(evidence,
			   CODE(ICMPKIT_V4_NET_UNREACHABLE) | CODE(ICMPKIT_V4_NET_UNKNOWN) |
				   CODE(ICMPKIT_V4_NET_UNREACHABLE_FOR_TOS),
			   CODE(ICMPKIT_V6_NO_ROUTE), place, confidence_percent);
}

static bool filtered_holds(const struct evidence *evidence, struct icmpkit_place *place,
			   uint8_t *confidence_percent)
{
	return says_one_of(evidence,
			   CODE(ICMPKIT_V4_NET_PROHIBITED) | CODE(ICMPKIT_V4_HOST_PROHIBITED) |
				   CODE(ICMPKIT_V4_ADMIN_PROHIBITED),
			   CODE(ICMPKIT_V6_ADMIN_PROHIBITED) | CODE(ICMPKIT_V6_POLICY_FAILED) |
				   CODE(ICMPKIT_V6_REJECT_ROUTE),
			   place, confidence_percent);
}

static bool host_holds(const struct evidence *evidence, struct icmpkit_place *place,
		       uint8_t *confidence_percent)
{
	return says_one_of(evidence,
			   CODE(ICMPKIT_V4_HOST_UNREACHABLE) | CODE(ICMPKIT_V4_HOST_UNKNOWN) |
				   CODE(ICMPKIT_V4_HOST_UNREACHABLE_FOR_TOS),
			   CODE(ICMPKIT_V6_ADDRESS_UNREACHABLE), place, confidence_percent);
}

const struct hypothesis icmpkit_net_unreachable = {ICMPKIT_VERDICT_NET_UNREACHABLE, net_holds};
const struct hypothesis icmpkit_filtered = {ICMPKIT_VERDICT_FILTERED, filtered_holds};
const struct hypothesis icmpkit_host_unreachable = {ICMPKIT_VERDICT_HOST_UNREACHABLE, host_holds};
