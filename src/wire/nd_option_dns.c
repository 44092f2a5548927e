/* SPDX-License-Identifier: BSD-2-Clause */
/* Neighbour discovery options about DNS (RFC 8106). */
#include "wire/nd_option.h"

#define DNS_FIELDS(FIELD, L)                                                                                 \
	FIELD(L, reserved, 16, RESERVED, "zero")                                                             \
	FIELD(L, lifetime, 32, NUMBER, "seconds; 0: no longer to be used, all ones: for ever")
RECORD_LAYOUT(dns, 6, DNS_FIELDS)

const struct icmpkit_record icmpkit_nd_option_recursive_dns_server = {
	.name = "recursive DNS server",
	.rfc = "RFC 8106 5.1",
	.rest = REST_IPV6_ADDRESSES,
	.rest_name = "servers",
	RECORD_OF(dns),
};

const struct icmpkit_record icmpkit_nd_option_dns_search_list = {
	.name = "DNS search list",
	.rfc = "RFC 8106 5.2",
	.rest = REST_DNS_NAMES,
	.rest_name = "domains",
	RECORD_OF(dns),
};
