/* SPDX-License-Identifier: BSD-2-Clause */
/* net-unreachable, filtered, host-unreachable, protocol-unreachable, port-unreachable: somebody says why. */
#include <icmpkit/numbers.h>

#include "diagnose/hypothesis.h"

#define NET ICMPKIT_VERDICT_NET_UNREACHABLE
#define HOST ICMPKIT_VERDICT_HOST_UNREACHABLE
#define FILTERED ICMPKIT_VERDICT_FILTERED

/* What a code of destination unreachable means: RFC 1122 3.2.2.1, RFC 1812 5.2.7.1. */
static const enum icmpkit_verdict v4_meanings[] = {
	[ICMPKIT_V4_NET_UNREACHABLE] = NET,
	[ICMPKIT_V4_HOST_UNREACHABLE] = HOST,
	[ICMPKIT_V4_PROTOCOL_UNREACHABLE] = ICMPKIT_VERDICT_PROTOCOL_UNREACHABLE,
	[ICMPKIT_V4_PORT_UNREACHABLE] = ICMPKIT_VERDICT_PORT_UNREACHABLE,
	[ICMPKIT_V4_FRAGMENTATION_NEEDED] = FILTERED, /* not taken for an unreachable */
	[ICMPKIT_V4_SOURCE_ROUTE_FAILED] = NET,
	[ICMPKIT_V4_NET_UNKNOWN] = NET,
	[ICMPKIT_V4_HOST_UNKNOWN] = HOST,
	[ICMPKIT_V4_HOST_ISOLATED] = HOST,
	[ICMPKIT_V4_NET_PROHIBITED] = FILTERED,
	[ICMPKIT_V4_HOST_PROHIBITED] = FILTERED,
	[ICMPKIT_V4_NET_UNREACHABLE_FOR_TOS] = NET,
	[ICMPKIT_V4_HOST_UNREACHABLE_FOR_TOS] = HOST,
	[ICMPKIT_V4_ADMIN_PROHIBITED] = FILTERED,
	[ICMPKIT_V4_PRECEDENCE_VIOLATION] = FILTERED,
	[ICMPKIT_V4_PRECEDENCE_CUTOFF] = FILTERED,
};

/* RFC 4443 3.1, RFC 6550, RFC 8883 3. */
static const enum icmpkit_verdict v6_meanings[] = {
	[ICMPKIT_V6_NO_ROUTE] = NET,
	[ICMPKIT_V6_ADMIN_PROHIBITED] = FILTERED,
	[ICMPKIT_V6_BEYOND_SCOPE] = NET,
	[ICMPKIT_V6_ADDRESS_UNREACHABLE] = HOST,
	[ICMPKIT_V6_PORT_UNREACHABLE] = ICMPKIT_VERDICT_PORT_UNREACHABLE,
	[ICMPKIT_V6_POLICY_FAILED] = FILTERED,
	[ICMPKIT_V6_REJECT_ROUTE] = FILTERED,
	[ICMPKIT_V6_SOURCE_ROUTING_ERROR] = NET,
	[ICMPKIT_V6_HEADERS_TOO_LONG] = FILTERED,
	[ICMPKIT_V6_P_ROUTE_ERROR] = NET,
};

/* A code that we do not know is a refusal all the same. */
static enum icmpkit_verdict meaning_of_code(enum icmpkit_family family, uint8_t code)
{
	const enum icmpkit_verdict *meanings = family == ICMPKIT_IPV4 ? v4_meanings : v6_meanings;
	size_t count = family == ICMPKIT_IPV4 ? sizeof(v4_meanings) / sizeof(v4_meanings[0])
					      : sizeof(v6_meanings) / sizeof(v6_meanings[0]);

	return code < count ? meanings[code] : FILTERED;
}

/* Only the target knows its ports and protocols: a router that speaks of them is a filter that pretends. */
static enum icmpkit_verdict meaning_of(const struct evidence *evidence)
{
	const struct evidence_error *error = &evidence->error;
	enum icmpkit_verdict meaning = meaning_of_code(evidence->target.family, error->icmp_code);
	bool is_for_target_to_say = meaning == ICMPKIT_VERDICT_PROTOCOL_UNREACHABLE ||
				    meaning == ICMPKIT_VERDICT_PORT_UNREACHABLE;

	if (is_for_target_to_say && !icmpkit_address_equal(&error->from, &evidence->target))
		return FILTERED;
	return meaning;
}

/* Predicts: destination unreachable of that meaning, from somebody who is not this host. */
static bool says(const struct evidence *evidence, enum icmpkit_verdict verdict, struct icmpkit_place *place,
		 uint8_t *confidence_percent)
{
	if (evidence->echo_answered > 0 || evidence->error.count == 0 ||
	    icmpkit_evidence_error_is_own(evidence) || meaning_of(evidence) != verdict)
		return false;
	*place = icmpkit_evidence_error_place(evidence);
	*confidence_percent = evidence->error.count > 1 ? 98 : 90;
	return true;
}

static bool net_holds(const struct evidence *evidence, struct icmpkit_place *place,
		      uint8_t *confidence_percent)
{
	return says(evidence, NET, place, confidence_percent);
}

static bool filtered_holds(const struct evidence *evidence, struct icmpkit_place *place,
			   uint8_t *confidence_percent)
{
	return says(evidence, FILTERED, place, confidence_percent);
}

static bool host_holds(const struct evidence *evidence, struct icmpkit_place *place,
		       uint8_t *confidence_percent)
{
	return says(evidence, HOST, place, confidence_percent);
}

static bool protocol_holds(const struct evidence *evidence, struct icmpkit_place *place,
			   uint8_t *confidence_percent)
{
	return says(evidence, ICMPKIT_VERDICT_PROTOCOL_UNREACHABLE, place, confidence_percent);
}

static bool port_holds(const struct evidence *evidence, struct icmpkit_place *place,
		       uint8_t *confidence_percent)
{
	return says(evidence, ICMPKIT_VERDICT_PORT_UNREACHABLE, place, confidence_percent);
}

const struct hypothesis icmpkit_net_unreachable = {NET, net_holds};
const struct hypothesis icmpkit_filtered = {FILTERED, filtered_holds};
const struct hypothesis icmpkit_host_unreachable = {HOST, host_holds};
const struct hypothesis icmpkit_protocol_unreachable = {ICMPKIT_VERDICT_PROTOCOL_UNREACHABLE, protocol_holds};
const struct hypothesis icmpkit_port_unreachable = {ICMPKIT_VERDICT_PORT_UNREACHABLE, port_holds};
