/* SPDX-License-Identifier: BSD-2-Clause */
/* Neighbour discovery options that carry addresses and prefixes. */
#include "wire/nd_option.h"

/* RFC 4861 4.6.1: nothing but the address, as long as the link layer's is. */
const struct icmpkit_record icmpkit_nd_option_source_link_layer_address = {
	.name = "source link-layer address",
	.rfc = "RFC 4861 4.6.1",
	.rest = REST_LINK_LAYER_ADDRESS,
	.rest_name = "address",
};

const struct icmpkit_record icmpkit_nd_option_target_link_layer_address = {
	.name = "target link-layer address",
	.rfc = "RFC 4861 4.6.1",
	.rest = REST_LINK_LAYER_ADDRESS,
	.rest_name = "address",
};

#define PREFIX_INFORMATION_FIELDS(FIELD, L)                                                                  \
	FIELD(L, prefix_length, 8, NUMBER, "bits of the prefix")                                             \
	FIELD(L, on_link, 1, FLAG, "L: addresses of the prefix are on the link")                             \
	FIELD(L, autonomous, 1, FLAG, "A: hosts make addresses from the prefix")                             \
	FIELD(L, router_address, 1, FLAG, "R: the prefix is the router's whole address (RFC 6275 7.2)")      \
	FIELD(L, dhcpv6_pd_preferred, 1, FLAG, "P: better ask DHCPv6 for a prefix of one's own (RFC 9762)")  \
	FIELD(L, reserved1, 4, RESERVED, "zero")                                                             \
	FIELD(L, valid_lifetime, 32, NUMBER, "seconds; all ones: for ever")                                  \
	FIELD(L, preferred_lifetime, 32, NUMBER, "seconds; all ones: for ever")                              \
	FIELD(L, reserved2, 32, RESERVED, "zero")                                                            \
	FIELD(L, prefix, 128, ADDRESS, "zero behind its length unless R is set")
RECORD_LAYOUT(prefix_information, 30, PREFIX_INFORMATION_FIELDS)

const struct icmpkit_record icmpkit_nd_option_prefix_information = {
	.name = "prefix information",
	.rfc = "RFC 4861 4.6.2",
	.rest = REST_NOTHING,
	RECORD_OF(prefix_information),
};

#define ADDRESS_LIST_FIELDS(FIELD, L) FIELD(L, reserved, 48, RESERVED, "zero")
RECORD_LAYOUT(address_list, 6, ADDRESS_LIST_FIELDS)

const struct icmpkit_record icmpkit_nd_option_source_address_list = {
	.name = "source address list",
	.rfc = "RFC 3122 3.1",
	.rest = REST_IPV6_ADDRESSES,
	.rest_name = "addresses",
	RECORD_OF(address_list),
};

const struct icmpkit_record icmpkit_nd_option_target_address_list = {
	.name = "target address list",
	.rfc = "RFC 3122 3.1",
	.rest = REST_IPV6_ADDRESSES,
	.rest_name = "addresses",
	RECORD_OF(address_list),
};

/* RFC 4191 2.3: the prefix takes 0, 8 or 16 bytes. */
#define ROUTE_INFORMATION_FIELDS(FIELD, L)                                                                   \
	FIELD(L, prefix_length, 8, PREFIX_LENGTH, "bits of the prefix")                                      \
	FIELD(L, reserved1, 3, RESERVED, "zero")                                                             \
	FIELD(L, preference, 2, OPTIONAL, "Prf: 1 high, 0 medium, 3 low")                                    \
	FIELD(L, reserved2, 3, RESERVED, "zero")                                                             \
	FIELD(L, route_lifetime, 32, NUMBER, "seconds; all ones: for ever")
RECORD_LAYOUT(route_information, 6, ROUTE_INFORMATION_FIELDS)

const struct icmpkit_record icmpkit_nd_option_route_information = {
	.name = "route information",
	.rfc = "RFC 4191 2.3",
	.rest = REST_PREFIX,
	.rest_name = "prefix",
	RECORD_OF(route_information),
};

/* RFC 8781 4: the code 0 to 5 stands for a prefix of 96, 64, 56, 48, 40 or 32 bits. */
#define PREF64_FIELDS(FIELD, L)                                                                              \
	FIELD(L, scaled_lifetime, 13, NUMBER, "in units of 8 seconds")                                       \
	FIELD(L, prefix_length_code, 3, NUMBER, "PLC: 0 to 5")                                               \
	FIELD(L, prefix, 96, PREFIX, "the first 96 bits of the NAT64 prefix")
RECORD_LAYOUT(pref64, 14, PREF64_FIELDS)

const struct icmpkit_record icmpkit_nd_option_pref64 = {
	.name = "PREF64",
	.rfc = "RFC 8781 4",
	.rest = REST_NOTHING,
	RECORD_OF(pref64),
};
