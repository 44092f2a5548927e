/* SPDX-License-Identifier: BSD-2-Clause */
/* Neighbour discovery options of Mobile IPv6 (RFC 6275) and its fast handovers (RFC 5568). */
#include "wire/nd_option.h"

#define ADVERTISEMENT_INTERVAL_FIELDS(FIELD, L)                                                              \
	FIELD(L, reserved, 16, RESERVED, "zero")                                                             \
	FIELD(L, advertisement_interval, 32, NUMBER, "milliseconds, at most")
RECORD_LAYOUT(advertisement_interval, 6, ADVERTISEMENT_INTERVAL_FIELDS)

const struct icmpkit_record icmpkit_nd_option_advertisement_interval = {
	.name = "advertisement interval",
	.rfc = "RFC 6275 7.3",
	.rest = REST_NOTHING,
	RECORD_OF(advertisement_interval),
};

#define HOME_AGENT_INFORMATION_FIELDS(FIELD, L)                                                              \
	FIELD(L, reserved, 16, RESERVED, "zero")                                                             \
	FIELD(L, home_agent_preference, 16, NUMBER, "higher is better")                                      \
	FIELD(L, home_agent_lifetime, 16, NUMBER, "seconds")
RECORD_LAYOUT(home_agent_information, 6, HOME_AGENT_INFORMATION_FIELDS)

const struct icmpkit_record icmpkit_nd_option_home_agent_information = {
	.name = "home agent information",
	.rfc = "RFC 6275 7.4",
	.rest = REST_NOTHING,
	RECORD_OF(home_agent_information),
};

#define IP_ADDRESS_PREFIX_FIELDS(FIELD, L)                                                                   \
	FIELD(L, option_code, 8, NUMBER,                                                                     \
	      "1: old care-of address, 2: new one, 3: new router's address, 4: its prefix")                  \
	FIELD(L, prefix_length, 8, NUMBER, "bits of the prefix")                                             \
	FIELD(L, reserved, 32, RESERVED, "zero")                                                             \
	FIELD(L, address, 128, ADDRESS, "what the code says")
RECORD_LAYOUT(ip_address_prefix, 22, IP_ADDRESS_PREFIX_FIELDS)

const struct icmpkit_record icmpkit_nd_option_ip_address_prefix = {
	.name = "IP address/prefix",
	.rfc = "RFC 5568 6.4.1",
	.rest = REST_NOTHING,
	RECORD_OF(ip_address_prefix),
};

/* RFC 5568 6.4.3: only the link layer knows where the address ends and the padding begins. */
#define LINK_LAYER_ADDRESS_FIELDS(FIELD, L) FIELD(L, option_code, 8, NUMBER, "whose address")
RECORD_LAYOUT(link_layer_address, 1, LINK_LAYER_ADDRESS_FIELDS)

const struct icmpkit_record icmpkit_nd_option_link_layer_address = {
	.name = "link-layer address",
	.rfc = "RFC 5568 6.4.3",
	.rest = REST_BYTES,
	.rest_name = "address",
	RECORD_OF(link_layer_address),
};

/* RFC 5568 6.4.6: behind it the new care-of address, if there is one. */
#define NEIGHBOR_ADVERTISEMENT_ACKNOWLEDGMENT_FIELDS(FIELD, L)                                               \
	FIELD(L, option_code, 8, NUMBER, "0")                                                                \
	FIELD(L, status, 8, NUMBER, "what became of the new care-of address")                                \
	FIELD(L, reserved, 32, RESERVED, "zero")
RECORD_LAYOUT(neighbor_advertisement_acknowledgment, 6, NEIGHBOR_ADVERTISEMENT_ACKNOWLEDGMENT_FIELDS)

const struct icmpkit_record icmpkit_nd_option_neighbor_advertisement_acknowledgment = {
	.name = "neighbor advertisement acknowledgment",
	.rfc = "RFC 5568 6.4.6",
	.rest = REST_IPV6_ADDRESSES,
	.rest_name = "new_care_of_addresses",
	RECORD_OF(neighbor_advertisement_acknowledgment),
};
