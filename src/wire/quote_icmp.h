/* SPDX-License-Identifier: BSD-2-Clause */
/** quote_icmp.h - What a quoted ICMP message is. */
#ifndef WIRE_QUOTE_ICMP_H
#define WIRE_QUOTE_ICMP_H

#include <icmpkit/numbers.h>
#include <icmpkit/quote.h>

static inline bool quotes_icmp(const struct icmpkit_quote *quote)
{
	return quote->protocol == ICMPKIT_PROTO_ICMP || quote->protocol == ICMPKIT_PROTO_ICMPV6;
}

/* The family whose types the quoted message has: its protocol decides, not the IP header around it. */
static inline enum icmpkit_family quoted_icmp_family(const struct icmpkit_quote *quote)
{
	return quote->protocol == ICMPKIT_PROTO_ICMP ? ICMPKIT_IPV4 : ICMPKIT_IPV6;
}

static inline bool quotes_echo(const struct icmpkit_quote *quote)
{
	if (!quotes_icmp(quote))
		return false;
	if (quoted_icmp_family(quote) == ICMPKIT_IPV4)
		return quote->icmp_type == ICMPKIT_V4_ECHO_REQUEST ||
		       quote->icmp_type == ICMPKIT_V4_ECHO_REPLY;
	return quote->icmp_type == ICMPKIT_V6_ECHO_REQUEST || quote->icmp_type == ICMPKIT_V6_ECHO_REPLY;
}

#endif
