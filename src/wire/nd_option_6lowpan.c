/* SPDX-License-Identifier: BSD-2-Clause */
/* Neighbour discovery options of 6LoWPAN (RFC 6775, RFC 8505). */
#include "wire/nd_option.h"

/* RFC 8505 4.1; of RFC 6775 4.1 all between status and lifetime is reserved, and the verifier an EUI-64. */
#define ADDRESS_REGISTRATION_FIELDS(FIELD, L)                                                                \
	FIELD(L, status, 8, NUMBER, "0: success")                                                            \
	FIELD(L, opaque, 8, OPTIONAL, "as the I field says")                                                 \
	FIELD(L, reserved, 1, RESERVED, "zero")                                                              \
	FIELD(L, c_flag, 1, FLAG, "the verifier is a Crypto-ID (RFC 8928)")                                  \
	FIELD(L, p_field, 2, OPTIONAL, "what is registered: 0 unicast, 1 multicast, 2 anycast, 3 a prefix")  \
	FIELD(L, i_field, 2, OPTIONAL, "what the opaque byte is: 0 an index of topologies")                  \
	FIELD(L, r_flag, 1, FLAG, "the address is to be reachable from elsewhere")                           \
	FIELD(L, t_flag, 1, FLAG, "the transaction identifier counts")                                       \
	FIELD(L, tid, 8, OPTIONAL, "counts transactions")                                                    \
	FIELD(L, registration_lifetime, 16, NUMBER, "minutes; 0: the registration has ended")
RECORD_LAYOUT(address_registration, 6, ADDRESS_REGISTRATION_FIELDS)

const struct icmpkit_record icmpkit_nd_option_address_registration = {
	.name = "address registration",
	.rfc = "RFC 8505 4.1",
	.rest = REST_BYTES,
	.rest_name = "rovr",
	RECORD_OF(address_registration),
};

/* The context prefix takes 8 or 16 bytes. */
#define SIXLOWPAN_CONTEXT_FIELDS(FIELD, L)                                                                   \
	FIELD(L, context_length, 8, PREFIX_LENGTH, "bits of the prefix")                                     \
	FIELD(L, reserved1, 3, RESERVED, "zero")                                                             \
	FIELD(L, compression, 1, FLAG, "C: may be used to compress")                                         \
	FIELD(L, cid, 4, NUMBER, "number of the context")                                                    \
	FIELD(L, reserved2, 16, RESERVED, "zero")                                                            \
	FIELD(L, valid_lifetime, 16, NUMBER, "minutes; 0: remove")
RECORD_LAYOUT(sixlowpan_context, 6, SIXLOWPAN_CONTEXT_FIELDS)

const struct icmpkit_record icmpkit_nd_option_sixlowpan_context = {
	.name = "6LoWPAN context",
	.rfc = "RFC 6775 4.2",
	.rest = REST_PREFIX,
	.rest_name = "context_prefix",
	RECORD_OF(sixlowpan_context),
};

#define AUTHORITATIVE_BORDER_ROUTER_FIELDS(FIELD, L)                                                         \
	FIELD(L, version_low, 16, NUMBER, "lower half of the version")                                       \
	FIELD(L, version_high, 16, NUMBER, "upper half of the version")                                      \
	FIELD(L, valid_lifetime, 16, NUMBER, "minutes; 0: 10000")                                            \
	FIELD(L, address, 128, ADDRESS, "of the border router that all this comes from")
RECORD_LAYOUT(authoritative_border_router, 22, AUTHORITATIVE_BORDER_ROUTER_FIELDS)

const struct icmpkit_record icmpkit_nd_option_authoritative_border_router = {
	.name = "authoritative border router",
	.rfc = "RFC 6775 4.3",
	.rest = REST_NOTHING,
	RECORD_OF(authoritative_border_router),
};

#define SIXLOWPAN_CAPABILITIES_FIELDS(FIELD, L)                                                              \
	FIELD(L, experimental, 8, OPTIONAL, "for experiments")                                               \
	FIELD(L, multicast_registration, 1, FLAG, "X: registers multicast and anycast too (RFC 9685)")       \
	FIELD(L, ap_nd, 1, FLAG, "A: address-protected discovery (RFC 8928)")                                \
	FIELD(L, extended_duplicate_address, 1, FLAG, "D: knows EDAR and EDAC")                              \
	FIELD(L, is_6lr, 1, FLAG, "L: can be a 6LR")                                                         \
	FIELD(L, is_6lbr, 1, FLAG, "B: can be a 6LBR")                                                       \
	FIELD(L, routing_registrar, 1, FLAG, "P: can be a routing registrar")                                \
	FIELD(L, extended_registration, 1, FLAG, "E: knows the extended address registration")               \
	FIELD(L, ghc, 1, FLAG, "G: generic header compression (RFC 7400)")                                   \
	FIELD(L, prefix_registration, 1, FLAG, "F: registers prefixes (RFC 9926)")                           \
	FIELD(L, reserved, 31, RESERVED, "zero")
RECORD_LAYOUT(sixlowpan_capabilities, 6, SIXLOWPAN_CAPABILITIES_FIELDS)

const struct icmpkit_record icmpkit_nd_option_sixlowpan_capabilities = {
	.name = "6LoWPAN capabilities",
	.rfc = "RFC 8505 4.3",
	.rest = REST_NOTHING,
	RECORD_OF(sixlowpan_capabilities),
};
