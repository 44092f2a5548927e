/* SPDX-License-Identifier: BSD-2-Clause */
/* Duplicate address request and confirmation of 6LoWPAN (RFC 6775 4.4, RFC 8505 4.2). */
#include "wire/description.h"

#include <icmpkit/numbers.h>

#include "wire/record.h"

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+-------+-------+-------------------------------+
 * |      Type     |  Pfx  |  Sfx  |            Checksum           |
 * +---------------+-------+-------+-------------------------------+
 * |     Status    |      TID      |     Registration Lifetime     |
 * +---------------+---------------+-------------------------------+
 * |    Registration Ownership Verifier (8, 16, 24 or 32 bytes)    |
 * +---------------------------------------------------------------+
 * |                 Registered Address (16 bytes)                 |
 * +---------------------------------------------------------------+
 */
#define DUPLICATE_ADDRESS_FIELDS(FIELD, L)                                                                   \
	FIELD(L, status, 8, duplicate_address.status, NUMBER, "0: success; of a request always")             \
	FIELD(L, tid, 8, duplicate_address.tid, OPTIONAL, "counts registrations; reserved with code 0")      \
	FIELD(L, registration_lifetime, 16, duplicate_address.registration_lifetime, NUMBER,                 \
	      "minutes; 0: remove")
MESSAGE_LAYOUT(duplicate_address, 8, DUPLICATE_ADDRESS_FIELDS)

#define ROVR_64_FIELDS(FIELD, L)                                                                             \
	FIELD(L, rovr, 64, HEX, "who registers; with code 0 an EUI-64")                                      \
	FIELD(L, registered_address, 128, ADDRESS, "the address in question")
RECORD_LAYOUT(rovr_64, 24, ROVR_64_FIELDS)

#define ROVR_128_FIELDS(FIELD, L)                                                                            \
	FIELD(L, rovr, 128, HEX, "who registers; with code 0 an EUI-64")                                     \
	FIELD(L, registered_address, 128, ADDRESS, "the address in question")
RECORD_LAYOUT(rovr_128, 32, ROVR_128_FIELDS)

#define ROVR_192_FIELDS(FIELD, L)                                                                            \
	FIELD(L, rovr, 192, HEX, "who registers; with code 0 an EUI-64")                                     \
	FIELD(L, registered_address, 128, ADDRESS, "the address in question")
RECORD_LAYOUT(rovr_192, 40, ROVR_192_FIELDS)

#define ROVR_256_FIELDS(FIELD, L)                                                                            \
	FIELD(L, rovr, 256, HEX, "who registers; with code 0 an EUI-64")                                     \
	FIELD(L, registered_address, 128, ADDRESS, "the address in question")
RECORD_LAYOUT(rovr_256, 48, ROVR_256_FIELDS)

#define REGISTRATION(bits)                                                                                   \
	{                                                                                                    \
		.name = "registration", .rfc = "RFC 8505 4.2", .rest = REST_NOTHING, RECORD_OF(rovr_##bits)  \
	}

/* RFC 8505 4.2: the code's lower half tells how long the verifier is, the upper half is to be ignored. */
#define CODE_SUFFIX 0x0f

static const struct icmpkit_record registrations[] = {
	[ICMPKIT_V6_DUPLICATE_ADDRESS] = REGISTRATION(64),
	[ICMPKIT_V6_DUPLICATE_ADDRESS_ROVR_64] = REGISTRATION(64),
	[ICMPKIT_V6_DUPLICATE_ADDRESS_ROVR_128] = REGISTRATION(128),
	[ICMPKIT_V6_DUPLICATE_ADDRESS_ROVR_192] = REGISTRATION(192),
	[ICMPKIT_V6_DUPLICATE_ADDRESS_ROVR_256] = REGISTRATION(256),
};

/* Of a code nobody has assigned the layout is not known. */
static const struct icmpkit_record unknown_registration = {
	.name = "registration", .rfc = "RFC 8505 4.2", .rest = REST_BYTES, .rest_name = "body"};

static const struct icmpkit_record *registration_of(uint8_t code)
{
	size_t suffix = code & CODE_SUFFIX;

	if (suffix >= sizeof(registrations) / sizeof(registrations[0]))
		return &unknown_registration;
	return &registrations[suffix];
}

static void put_registration_text(const struct icmpkit_message *msg, struct icmpkit_text *text)
{
	icmpkit_text_put(text, ", ");
	icmpkit_record_text(registration_of(msg->code), msg->payload, text);
}

static void put_registration_json(const struct icmpkit_message *msg, struct icmpkit_json *json)
{
	icmpkit_json_object(json, "registration");
	icmpkit_record_json(registration_of(msg->code), msg->payload, json);
	icmpkit_json_end_object(json);
}

static const struct icmpkit_code request_codes[] = {
	[ICMPKIT_V6_DUPLICATE_ADDRESS_ROVR_64] = {"EDAR with 64-bit ROVR", "RFC 8505"},
	[ICMPKIT_V6_DUPLICATE_ADDRESS_ROVR_128] = {"EDAR with 128-bit ROVR", "RFC 8505"},
	[ICMPKIT_V6_DUPLICATE_ADDRESS_ROVR_192] = {"EDAR with 192-bit ROVR", "RFC 8505"},
	[ICMPKIT_V6_DUPLICATE_ADDRESS_ROVR_256] = {"EDAR with 256-bit ROVR", "RFC 8505"},
};

static const struct icmpkit_code confirmation_codes[] = {
	[ICMPKIT_V6_DUPLICATE_ADDRESS_ROVR_64] = {"EDAC with 64-bit ROVR", "RFC 8505"},
	[ICMPKIT_V6_DUPLICATE_ADDRESS_ROVR_128] = {"EDAC with 128-bit ROVR", "RFC 8505"},
	[ICMPKIT_V6_DUPLICATE_ADDRESS_ROVR_192] = {"EDAC with 192-bit ROVR", "RFC 8505"},
	[ICMPKIT_V6_DUPLICATE_ADDRESS_ROVR_256] = {"EDAC with 256-bit ROVR", "RFC 8505"},
};

const struct icmpkit_message_description icmpkit_v6_duplicate_address_request = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_DUPLICATE_ADDRESS_REQUEST,
	.kind = ICMPKIT_KIND_DUPLICATE_ADDRESS_REQUEST,
	.name = "duplicate address request",
	.rfc = "RFC 6775 4.4",
	.tail = TAIL_RECORDS,
	.put_records_text = put_registration_text,
	.put_records_json = put_registration_json,
	CODES_OF(request_codes),
	LAYOUT_OF(duplicate_address),
};

const struct icmpkit_message_description icmpkit_v6_duplicate_address_confirmation = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_DUPLICATE_ADDRESS_CONFIRMATION,
	.kind = ICMPKIT_KIND_DUPLICATE_ADDRESS_CONFIRMATION,
	.name = "duplicate address confirmation",
	.rfc = "RFC 6775 4.4",
	.tail = TAIL_RECORDS,
	.put_records_text = put_registration_text,
	.put_records_json = put_registration_json,
	CODES_OF(confirmation_codes),
	LAYOUT_OF(duplicate_address),
};
