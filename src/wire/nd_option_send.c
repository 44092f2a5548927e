/* SPDX-License-Identifier: BSD-2-Clause */
/* Neighbour discovery options of SEND (RFC 3971). */
#include "wire/nd_option.h"

#define CGA_FIELDS(FIELD, L)                                                                                 \
	FIELD(L, pad_length, 8, PAD_LENGTH, "zero bytes at the end")                                         \
	FIELD(L, reserved, 8, RESERVED, "zero")
RECORD_LAYOUT(cga, 2, CGA_FIELDS)

const struct icmpkit_record icmpkit_nd_option_cga = {
	.name = "CGA",
	.rfc = "RFC 3971 5.1",
	.rest = REST_BYTES,
	.rest_name = "parameters",
	RECORD_OF(cga),
};

/* The length of the signature is in its own encoding: the padding is shown with it. */
#define RSA_SIGNATURE_FIELDS(FIELD, L)                                                                       \
	FIELD(L, reserved, 16, RESERVED, "zero")                                                             \
	FIELD(L, key_hash, 128, HEX, "the beginning of the SHA-1 of the public key")
RECORD_LAYOUT(rsa_signature, 18, RSA_SIGNATURE_FIELDS)

const struct icmpkit_record icmpkit_nd_option_rsa_signature = {
	.name = "RSA signature",
	.rfc = "RFC 3971 5.2",
	.rest = REST_BYTES,
	.rest_name = "digital_signature",
	RECORD_OF(rsa_signature),
};

#define TIMESTAMP_FIELDS(FIELD, L)                                                                           \
	FIELD(L, reserved, 48, RESERVED, "zero")                                                             \
	FIELD(L, seconds, 48, NUMBER, "since 1970")                                                          \
	FIELD(L, fraction, 16, NUMBER, "in units of 1/65536 second")
RECORD_LAYOUT(timestamp, 14, TIMESTAMP_FIELDS)

const struct icmpkit_record icmpkit_nd_option_timestamp = {
	.name = "timestamp",
	.rfc = "RFC 3971 5.3.1",
	.rest = REST_NOTHING,
	RECORD_OF(timestamp),
};

const struct icmpkit_record icmpkit_nd_option_nonce = {
	.name = "nonce",
	.rfc = "RFC 3971 5.3.2",
	.rest = REST_BYTES,
	.rest_name = "nonce",
};

#define TRUST_ANCHOR_FIELDS(FIELD, L)                                                                        \
	FIELD(L, name_type, 8, NUMBER, "1: DER X.501, 2: FQDN, 3 to 7: a key identifier (RFC 6495)")         \
	FIELD(L, pad_length, 8, PAD_LENGTH, "zero bytes at the end")
RECORD_LAYOUT(trust_anchor, 2, TRUST_ANCHOR_FIELDS)

const struct icmpkit_record icmpkit_nd_option_trust_anchor = {
	.name = "trust anchor",
	.rfc = "RFC 3971 6.4.3",
	.rest = REST_BYTES,
	.rest_name = "anchor",
	RECORD_OF(trust_anchor),
};

/* The padding is shown with the certificate, whose length is in its own encoding. */
#define CERTIFICATE_FIELDS(FIELD, L)                                                                         \
	FIELD(L, cert_type, 8, NUMBER, "1: X.509v3")                                                         \
	FIELD(L, reserved, 8, RESERVED, "zero")
RECORD_LAYOUT(certificate, 2, CERTIFICATE_FIELDS)

const struct icmpkit_record icmpkit_nd_option_certificate = {
	.name = "certificate",
	.rfc = "RFC 3971 6.4.4",
	.rest = REST_BYTES,
	.rest_name = "certificate",
	RECORD_OF(certificate),
};
