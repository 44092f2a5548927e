/* SPDX-License-Identifier: BSD-2-Clause */
/* The types for experiments (RFC 4443 2.1, RFC 4727 4): what is in them is nobody else's business. */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |     Message Body ...
 * +-----------------------------
 */
#define PRIVATE_EXPERIMENT(number, error)                                                                    \
	const struct icmpkit_message_description icmpkit_v6_private_experiment_##number = {                  \
		.family = ICMPKIT_IPV6,                                                                      \
		.type = ICMPKIT_V6_PRIVATE_EXPERIMENT_##number,                                              \
		.kind = ICMPKIT_KIND_PRIVATE_EXPERIMENT,                                                     \
		.name = "private experimentation",                                                           \
		.rfc = "RFC 4443 2.1",                                                                       \
		.is_error = (error),                                                                         \
		.tail = TAIL_DATA,                                                                           \
		NO_FIELDS,                                                                                   \
	}

PRIVATE_EXPERIMENT(100, true);
PRIVATE_EXPERIMENT(101, true);
PRIVATE_EXPERIMENT(200, false);
PRIVATE_EXPERIMENT(201, false);

#define EXPERIMENT(number)                                                                                   \
	const struct icmpkit_message_description icmpkit_v4_experiment_##number = {                          \
		.family = ICMPKIT_IPV4,                                                                      \
		.type = ICMPKIT_V4_EXPERIMENT_##number,                                                      \
		.kind = ICMPKIT_KIND_PRIVATE_EXPERIMENT,                                                     \
		.name = "experiment",                                                                        \
		.rfc = "RFC 4727 4",                                                                         \
		.tail = TAIL_DATA,                                                                           \
		NO_FIELDS,                                                                                   \
	}

EXPERIMENT(253);
EXPERIMENT(254);
