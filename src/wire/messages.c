/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of all message types, and what can be looked up in it. */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/* A line a type: V4(its number, its description) or V6(...). */
#define EACH_MESSAGE_TYPE(V4, V6)                                                                            \
	V4(ECHO_REPLY, echo_reply)                                                                           \
	V4(DESTINATION_UNREACHABLE, destination_unreachable)                                                 \
	V4(SOURCE_QUENCH, source_quench)                                                                     \
	V4(REDIRECT, redirect)                                                                               \
	V4(ECHO_REQUEST, echo_request)                                                                       \
	V4(TIME_EXCEEDED, time_exceeded)                                                                     \
	V4(PARAMETER_PROBLEM, parameter_problem)                                                             \
	V4(TIMESTAMP, timestamp)                                                                             \
	V4(TIMESTAMP_REPLY, timestamp_reply)                                                                 \
	V4(INFORMATION_REQUEST, information_request)                                                         \
	V4(INFORMATION_REPLY, information_reply)                                                             \
	V4(ADDRESS_MASK_REQUEST, address_mask_request)                                                       \
	V4(ADDRESS_MASK_REPLY, address_mask_reply)                                                           \
	V4(ROUTER_ADVERTISEMENT, router_advertisement)                                                       \
	V4(ROUTER_SOLICITATION, router_solicitation)                                                         \
	V4(TRACEROUTE, traceroute)                                                                           \
	V4(PHOTURIS, photuris)                                                                               \
	V4(EXPERIMENTAL_MOBILITY, experimental_mobility)                                                     \
	V4(EXPERIMENT_253, experiment_253)                                                                   \
	V4(EXPERIMENT_254, experiment_254)                                                                   \
	V6(DESTINATION_UNREACHABLE, destination_unreachable)                                                 \
	V6(PACKET_TOO_BIG, packet_too_big)                                                                   \
	V6(TIME_EXCEEDED, time_exceeded)                                                                     \
	V6(PARAMETER_PROBLEM, parameter_problem)                                                             \
	V6(ECHO_REQUEST, echo_request)                                                                       \
	V6(ECHO_REPLY, echo_reply)                                                                           \
	V6(REDIRECT, redirect)                                                                               \
	V6(MULTICAST_LISTENER_QUERY, multicast_listener_query)                                               \
	V6(MULTICAST_LISTENER_REPORT, multicast_listener_report)                                             \
	V6(MULTICAST_LISTENER_DONE, multicast_listener_done)                                                 \
	V6(MULTICAST_LISTENER_REPORT_2, multicast_listener_report_2)                                         \
	V6(MULTICAST_ROUTER_ADVERTISEMENT, multicast_router_advertisement)                                   \
	V6(MULTICAST_ROUTER_SOLICITATION, multicast_router_solicitation)                                     \
	V6(MULTICAST_ROUTER_TERMINATION, multicast_router_termination)                                       \
	V6(ROUTER_SOLICITATION, router_solicitation)                                                         \
	V6(ROUTER_ADVERTISEMENT, router_advertisement)                                                       \
	V6(NEIGHBOR_SOLICITATION, neighbor_solicitation)                                                     \
	V6(NEIGHBOR_ADVERTISEMENT, neighbor_advertisement)                                                   \
	V6(INVERSE_ND_SOLICITATION, inverse_nd_solicitation)                                                 \
	V6(INVERSE_ND_ADVERTISEMENT, inverse_nd_advertisement)                                               \
	V6(CERTIFICATION_PATH_SOLICITATION, certification_path_solicitation)                                 \
	V6(CERTIFICATION_PATH_ADVERTISEMENT, certification_path_advertisement)                               \
	V6(DUPLICATE_ADDRESS_REQUEST, duplicate_address_request)                                             \
	V6(DUPLICATE_ADDRESS_CONFIRMATION, duplicate_address_confirmation)                                   \
	V6(NODE_INFORMATION_QUERY, node_information_query)                                                   \
	V6(NODE_INFORMATION_REPLY, node_information_reply)                                                   \
	V6(HOME_AGENT_REQUEST, home_agent_request)                                                           \
	V6(HOME_AGENT_REPLY, home_agent_reply)                                                               \
	V6(MOBILE_PREFIX_SOLICITATION, mobile_prefix_solicitation)                                           \
	V6(MOBILE_PREFIX_ADVERTISEMENT, mobile_prefix_advertisement)                                         \
	V6(LOCATOR_UPDATE, locator_update)                                                                   \
	V6(MPL_CONTROL, mpl_control)                                                                         \
	V6(ROUTER_RENUMBERING, router_renumbering)                                                           \
	V6(FMIPV6, fmipv6)                                                                                   \
	V6(EXPERIMENTAL_MOBILITY, experimental_mobility)                                                     \
	V6(PRIVATE_EXPERIMENT_100, private_experiment_100)                                                   \
	V6(PRIVATE_EXPERIMENT_101, private_experiment_101)                                                   \
	V6(PRIVATE_EXPERIMENT_200, private_experiment_200)                                                   \
	V6(PRIVATE_EXPERIMENT_201, private_experiment_201)                                                   \
	V6(RPL_CONTROL, rpl_control)

#define DECLARE_V4(number, name) extern const struct icmpkit_message_description icmpkit_v4_##name;
#define DECLARE_V6(number, name) extern const struct icmpkit_message_description icmpkit_v6_##name;
EACH_MESSAGE_TYPE(DECLARE_V4, DECLARE_V6)

#define V4_ENTRY(number, name) [ICMPKIT_V4_##number] = &icmpkit_v4_##name,
#define V6_ENTRY(number, name) [ICMPKIT_V6_##number] = &icmpkit_v6_##name,
#define NO_ENTRY(number, name)

static const struct icmpkit_message_description *const v4_types[256] = {
	EACH_MESSAGE_TYPE(V4_ENTRY, NO_ENTRY)};
static const struct icmpkit_message_description *const v6_types[256] = {
	EACH_MESSAGE_TYPE(NO_ENTRY, V6_ENTRY)};

const struct icmpkit_message_description *icmpkit_message_description(enum icmpkit_family family,
								      uint8_t type)
{
	switch (family) {
	case ICMPKIT_IPV4:
		return v4_types[type];
	case ICMPKIT_IPV6:
		return v6_types[type];
	case ICMPKIT_FAMILY_NONE:
		break;
	}
	return NULL;
}

bool icmpkit_type_is_error(enum icmpkit_family family, uint8_t type)
{
	const struct icmpkit_message_description *description = icmpkit_message_description(family, type);

	/* RFC 4443 2.1: the high bit tells, also of types that nobody has assigned yet. */
	if (family == ICMPKIT_IPV6)
		return type < 128;
	return description != NULL && description->is_error;
}

const char *icmpkit_type_name(enum icmpkit_family family, uint8_t type)
{
	const struct icmpkit_message_description *description = icmpkit_message_description(family, type);

	return description == NULL ? "unknown" : description->name;
}

const char *icmpkit_code_name(enum icmpkit_family family, uint8_t type, uint8_t code)
{
	const struct icmpkit_message_description *description = icmpkit_message_description(family, type);

	if (description == NULL || code >= description->code_count)
		return NULL;
	return description->codes[code].name;
}

const char *icmpkit_message_name(enum icmpkit_family family, uint8_t type, uint8_t code)
{
	const char *name = icmpkit_code_name(family, type, code);

	return name == NULL ? icmpkit_type_name(family, type) : name;
}
