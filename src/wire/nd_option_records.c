/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of all neighbour discovery options that are known. */
#include <icmpkit/numbers.h>

#include "wire/nd_option.h"

/* A line an option: OPTION(its number, its record). */
#define EACH_ND_OPTION(OPTION)                                                                               \
	OPTION(SOURCE_LINK_LAYER_ADDRESS, source_link_layer_address)                                         \
	OPTION(TARGET_LINK_LAYER_ADDRESS, target_link_layer_address)                                         \
	OPTION(PREFIX_INFORMATION, prefix_information)                                                       \
	OPTION(REDIRECTED_HEADER, redirected_header)                                                         \
	OPTION(MTU, mtu)                                                                                     \
	OPTION(ADVERTISEMENT_INTERVAL, advertisement_interval)                                               \
	OPTION(HOME_AGENT_INFORMATION, home_agent_information)                                               \
	OPTION(SOURCE_ADDRESS_LIST, source_address_list)                                                     \
	OPTION(TARGET_ADDRESS_LIST, target_address_list)                                                     \
	OPTION(CGA, cga)                                                                                     \
	OPTION(RSA_SIGNATURE, rsa_signature)                                                                 \
	OPTION(TIMESTAMP, timestamp)                                                                         \
	OPTION(NONCE, nonce)                                                                                 \
	OPTION(TRUST_ANCHOR, trust_anchor)                                                                   \
	OPTION(CERTIFICATE, certificate)                                                                     \
	OPTION(IP_ADDRESS_PREFIX, ip_address_prefix)                                                         \
	OPTION(LINK_LAYER_ADDRESS, link_layer_address)                                                       \
	OPTION(NEIGHBOR_ADVERTISEMENT_ACKNOWLEDGMENT, neighbor_advertisement_acknowledgment)                 \
	OPTION(ROUTE_INFORMATION, route_information)                                                         \
	OPTION(RECURSIVE_DNS_SERVER, recursive_dns_server)                                                   \
	OPTION(RA_FLAGS_EXTENSION, ra_flags_extension)                                                       \
	OPTION(DNS_SEARCH_LIST, dns_search_list)                                                             \
	OPTION(ADDRESS_REGISTRATION, address_registration)                                                   \
	OPTION(SIXLOWPAN_CONTEXT, sixlowpan_context)                                                         \
	OPTION(AUTHORITATIVE_BORDER_ROUTER, authoritative_border_router)                                     \
	OPTION(SIXLOWPAN_CAPABILITIES, sixlowpan_capabilities)                                               \
	OPTION(CAPTIVE_PORTAL, captive_portal)                                                               \
	OPTION(PREF64, pref64)                                                                               \
	OPTION(EXPERIMENT_1, experiment_1)                                                                   \
	OPTION(EXPERIMENT_2, experiment_2)

#define DECLARE(number, name) extern const struct icmpkit_record icmpkit_nd_option_##name;
EACH_ND_OPTION(DECLARE)

#define ENTRY(number, name) [ICMPKIT_ND_##number] = &icmpkit_nd_option_##name,

static const struct icmpkit_record *const records[256] = {EACH_ND_OPTION(ENTRY)};

const struct icmpkit_record *icmpkit_nd_option_record(uint8_t type)
{
	return records[type];
}
