/* SPDX-License-Identifier: BSD-2-Clause */
/* Certification path solicitation and advertisement of SEND (RFC 3971 6.4.1, 6.4.2). */
#include "wire/description.h"

#include <icmpkit/numbers.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |      Type     |      Code     |            Checksum           |
 * +---------------+---------------+-------------------------------+
 * |           Identifier          |           Component           |
 * +-------------------------------+-------------------------------+
 * |   Options ...
 * +-----------------------
 */
#define CERTIFICATION_PATH_SOLICITATION_FIELDS(FIELD, L)                                                     \
	FIELD(L, identifier, 16, certification_path.identifier, NUMBER, "the answer repeats it")             \
	FIELD(L, component, 16, certification_path.component, NUMBER, "which certificate; 65535: all")
MESSAGE_LAYOUT(certification_path_solicitation, 8, CERTIFICATION_PATH_SOLICITATION_FIELDS)

const struct icmpkit_message_description icmpkit_v6_certification_path_solicitation = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_CERTIFICATION_PATH_SOLICITATION,
	.kind = ICMPKIT_KIND_CERTIFICATION_PATH_SOLICITATION,
	.name = "certification path solicitation",
	.rfc = "RFC 3971 6.4.1",
	.tail = TAIL_ND_OPTIONS,
	LAYOUT_OF(certification_path_solicitation),
};

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |      Type     |      Code     |            Checksum           |
 * +---------------+---------------+-------------------------------+
 * |           Identifier          |         All Components        |
 * +-------------------------------+-------------------------------+
 * |           Component           |            Reserved           |
 * +-------------------------------+-------------------------------+
 * |   Options ...
 * +-----------------------
 */
#define CERTIFICATION_PATH_ADVERTISEMENT_FIELDS(FIELD, L)                                                    \
	FIELD(L, identifier, 16, certification_path.identifier, NUMBER, "of the solicitation; 0: none")      \
	FIELD(L, all_components, 16, certification_path.all_components, NUMBER,                              \
	      "certificates of the whole path")                                                              \
	FIELD(L, component, 16, certification_path.component, NUMBER,                                        \
	      "which certificate, counting down to 0")                                                       \
	FIELD(L, reserved, 16, certification_path.reserved, RESERVED, "zero")
MESSAGE_LAYOUT(certification_path_advertisement, 12, CERTIFICATION_PATH_ADVERTISEMENT_FIELDS)

const struct icmpkit_message_description icmpkit_v6_certification_path_advertisement = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_CERTIFICATION_PATH_ADVERTISEMENT,
	.kind = ICMPKIT_KIND_CERTIFICATION_PATH_ADVERTISEMENT,
	.name = "certification path advertisement",
	.rfc = "RFC 3971 6.4.2",
	.tail = TAIL_ND_OPTIONS,
	LAYOUT_OF(certification_path_advertisement),
};
