/* SPDX-License-Identifier: BSD-2-Clause */
/* RPL control messages (RFC 6550 6): what a message is, its code tells; options follow. */
#include "wire/description.h"

#include <icmpkit/numbers.h>

#include "wire/cursor.h"
#include "wire/record_list.h"
#include "wire/rpl_option.h"

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |           Checksum            |
 * +---------------+---------------+-------------------------------+
 * |     Security section, with a code of 128 and above
 * +-----------------------------
 * |     Base object
 * +-----------------------------
 * |     Options ...
 * +-----------------------------
 */
enum {
	CODE_DIS = 0,
	CODE_DIO = 1,
	CODE_DAO = 2,
	CODE_DAO_ACK = 3,
	CODE_SECURE_DIS = 128,
	CODE_SECURE_DIO = 129,
	CODE_SECURE_DAO = 130,
	CODE_SECURE_DAO_ACK = 131,
	CODE_CONSISTENCY_CHECK = 138,
};

static const struct icmpkit_code codes[] = {
	[0] = {"DODAG information solicitation", "RFC 6550 6.2"},
	[1] = {"DODAG information object", "RFC 6550 6.3"},
	[2] = {"destination advertisement object", "RFC 6550 6.4"},
	[3] = {"destination advertisement object acknowledgment", "RFC 6550 6.5"},
	[4] = {"P2P discovery reply object", "RFC 6997"},
	[5] = {"P2P discovery reply object acknowledgement", "RFC 6997"},
	[6] = {"measurement object", "RFC 6998"},
	[7] = {"destination cleanup object", "RFC 9009"},
	[8] = {"destination cleanup object acknowledgment", "RFC 9009"},
	[9] = {"projected DAO request", "RFC 9914"},
	[10] = {"projected DAO request acknowledgment", "RFC 9914"},
	[128] = {"secure DODAG information solicitation", "RFC 6550 6.2.2"},
	[129] = {"secure DODAG information object", "RFC 6550 6.3.2"},
	[130] = {"secure destination advertisement object", "RFC 6550 6.4.2"},
	[131] = {"secure destination advertisement object acknowledgment", "RFC 6550 6.5.2"},
	[132] = {"secure P2P discovery reply object", "RFC 6997"},
	[133] = {"secure P2P discovery reply object acknowledgement", "RFC 6997"},
	[134] = {"secure measurement object", "RFC 6998"},
	[135] = {"secure destination cleanup object", "RFC 9009"},
	[136] = {"secure destination cleanup object acknowledgment", "RFC 9009"},
	[138] = {"consistency check", "RFC 6550 6.6"},
};

/*
 * +-+-------------+---------------+---+-----+-----+---------------+
 * |T|  Reserved   |   Algorithm   |KIM|Resvd| LVL |     Flags     |
 * +-+-------------+---------------+---+-----+-----+---------------+
 * |                            Counter                            |
 * +---------------------------------------------------------------+
 * |     Key Source (0 or 8 bytes), Key Index (0 or 1 byte)
 * +-----------------------------
 */
#define SECURITY_FIELDS(FIELD, L)                                                                            \
	FIELD(L, counter_is_time, 1, FLAG, "the counter is a time stamp")                                    \
	FIELD(L, reserved, 7, RESERVED, "zero")                                                              \
	FIELD(L, algorithm, 8, NUMBER, "0: AES-128 in CCM, RSA with SHA-256")                                \
	FIELD(L, key_identifier_mode, 2, NUMBER, "which kind of key, and how it is named")                   \
	FIELD(L, reserved2, 3, RESERVED, "zero")                                                             \
	FIELD(L, security_level, 3, NUMBER, "how it is authenticated; odd: and encrypted")                   \
	FIELD(L, flags, 8, RESERVED, "zero")                                                                 \
	FIELD(L, counter, 32, NUMBER, "never the same again with one key")
#define SECURITY_INDEX_FIELDS(FIELD, L)                                                                      \
	SECURITY_FIELDS(FIELD, L) FIELD(L, key_index, 8, NUMBER, "which of the keys")
#define SECURITY_SOURCE_FIELDS(FIELD, L)                                                                     \
	SECURITY_FIELDS(FIELD, L)                                                                            \
	FIELD(L, key_source, 64, HEX, "whose key")                                                           \
	FIELD(L, key_index, 8, NUMBER, "which of the keys")
RECORD_LAYOUT(security, 8, SECURITY_FIELDS)
RECORD_LAYOUT(security_index, 9, SECURITY_INDEX_FIELDS)
RECORD_LAYOUT(security_source, 17, SECURITY_SOURCE_FIELDS)

static const struct icmpkit_record security = {
	.name = "security", .rfc = "RFC 6550 6.1", RECORD_OF(security)};
static const struct icmpkit_record security_index = {
	.name = "security", .rfc = "RFC 6550 6.1", RECORD_OF(security_index)};
static const struct icmpkit_record security_source = {
	.name = "security", .rfc = "RFC 6550 6.1", RECORD_OF(security_source)};

/*
 * +---------------+---------------+
 * |     Flags     |   Reserved    |
 * +---------------+---------------+
 */
#define DIS_FIELDS(FIELD, L)                                                                                 \
	FIELD(L, flags, 8, RESERVED, "zero")                                                                 \
	FIELD(L, reserved, 8, RESERVED, "zero")
RECORD_LAYOUT(dis, 2, DIS_FIELDS)

static const struct icmpkit_record dis = {.name = "base", .rfc = "RFC 6550 6.2.1", RECORD_OF(dis)};

/*
 * +---------------+---------------+-------------------------------+
 * | RPLInstanceID |Version Number |             Rank              |
 * +-+-+-----+-----+---------------+---------------+---------------+
 * |G|0| MOP | Prf |     DTSN      |     Flags     |   Reserved    |
 * +-+-+-----+-----+---------------+---------------+---------------+
 * |                      DODAGID (16 bytes)                       |
 * +---------------------------------------------------------------+
 */
#define DIO_FIELDS(FIELD, L)                                                                                 \
	FIELD(L, rpl_instance_id, 8, NUMBER, "the instance")                                                 \
	FIELD(L, version_number, 8, NUMBER, "of the DODAG")                                                  \
	FIELD(L, rank, 16, NUMBER, "the sender's")                                                           \
	FIELD(L, grounded, 1, FLAG, "the DODAG reaches the goal of the application")                         \
	FIELD(L, zero, 1, RESERVED, "zero")                                                                  \
	FIELD(L, mode_of_operation, 3, NUMBER, "whether and how routes downward are kept")                   \
	FIELD(L, dodag_preference, 3, NUMBER, "7 is preferred most")                                         \
	FIELD(L, dtsn, 8, NUMBER, "a change asks for advertisements of destinations")                        \
	FIELD(L, flags, 8, RESERVED, "zero")                                                                 \
	FIELD(L, reserved, 8, RESERVED, "zero")                                                              \
	FIELD(L, dodagid, 128, ADDRESS, "an address of the root")
RECORD_LAYOUT(dio, 24, DIO_FIELDS)

static const struct icmpkit_record dio = {.name = "base", .rfc = "RFC 6550 6.3.1", RECORD_OF(dio)};

/*
 * +---------------+-+-+-----------+---------------+---------------+
 * | RPLInstanceID |K|D|   Flags   |   Reserved    |  DAOSequence  |
 * +---------------+-+-+-----------+---------------+---------------+
 * |              DODAGID (16 bytes), where D is set               |
 * +---------------------------------------------------------------+
 */
#define DAO_FIELDS(FIELD, L)                                                                                 \
	FIELD(L, rpl_instance_id, 8, NUMBER, "the instance")                                                 \
	FIELD(L, acknowledgment_expected, 1, FLAG, "the receiver is to answer")                              \
	FIELD(L, dodagid_present, 1, FLAG, "the address of the root follows")                                \
	FIELD(L, flags, 6, RESERVED, "zero")                                                                 \
	FIELD(L, reserved, 8, RESERVED, "zero")                                                              \
	FIELD(L, dao_sequence, 8, NUMBER, "the acknowledgment repeats it")
#define DAO_ID_FIELDS(FIELD, L) DAO_FIELDS(FIELD, L) FIELD(L, dodagid, 128, ADDRESS, "an address of the root")
RECORD_LAYOUT(dao, 4, DAO_FIELDS)
RECORD_LAYOUT(dao_id, 20, DAO_ID_FIELDS)

static const struct icmpkit_record dao = {.name = "base", .rfc = "RFC 6550 6.4.1", RECORD_OF(dao)};
static const struct icmpkit_record dao_id = {.name = "base", .rfc = "RFC 6550 6.4.1", RECORD_OF(dao_id)};

/*
 * +---------------+-+-------------+---------------+---------------+
 * | RPLInstanceID |D|  Reserved   |  DAOSequence  |    Status     |
 * +---------------+-+-------------+---------------+---------------+
 * |              DODAGID (16 bytes), where D is set               |
 * +---------------------------------------------------------------+
 */
#define DAO_ACK_FIELDS(FIELD, L)                                                                             \
	FIELD(L, rpl_instance_id, 8, NUMBER, "the instance")                                                 \
	FIELD(L, dodagid_present, 1, FLAG, "the address of the root follows")                                \
	FIELD(L, reserved, 7, RESERVED, "zero")                                                              \
	FIELD(L, dao_sequence, 8, NUMBER, "that of the advertisement")                                       \
	FIELD(L, status, 8, NUMBER, "0: accepted without reserve")
#define DAO_ACK_ID_FIELDS(FIELD, L)                                                                          \
	DAO_ACK_FIELDS(FIELD, L) FIELD(L, dodagid, 128, ADDRESS, "an address of the root")
RECORD_LAYOUT(dao_ack, 4, DAO_ACK_FIELDS)
RECORD_LAYOUT(dao_ack_id, 20, DAO_ACK_ID_FIELDS)

static const struct icmpkit_record dao_ack = {.name = "base", .rfc = "RFC 6550 6.5.1", RECORD_OF(dao_ack)};
static const struct icmpkit_record dao_ack_id = {
	.name = "base", .rfc = "RFC 6550 6.5.1", RECORD_OF(dao_ack_id)};

/*
 * +---------------+-+-------------+-------------------------------+
 * | RPLInstanceID |R|    Flags    |           CC Nonce            |
 * +---------------+-+-------------+-------------------------------+
 * |                      DODAGID (16 bytes)                       |
 * +---------------------------------------------------------------+
 * |                      Destination Counter                      |
 * +---------------------------------------------------------------+
 */
#define CONSISTENCY_FIELDS(FIELD, L)                                                                         \
	FIELD(L, rpl_instance_id, 8, NUMBER, "the instance")                                                 \
	FIELD(L, is_response, 1, FLAG, "it answers another one")                                             \
	FIELD(L, flags, 7, RESERVED, "zero")                                                                 \
	FIELD(L, cc_nonce, 16, HEX, "the response repeats it")                                               \
	FIELD(L, dodagid, 128, ADDRESS, "an address of the root")                                            \
	FIELD(L, destination_counter, 32, NUMBER, "what the sender believes the receiver's counter to be")
RECORD_LAYOUT(consistency, 24, CONSISTENCY_FIELDS)

static const struct icmpkit_record consistency = {
	.name = "base", .rfc = "RFC 6550 6.6.1", RECORD_OF(consistency)};

static const struct icmpkit_record data = {
	.name = "data", .rfc = "RFC 6550 6", .rest = REST_BYTES, .rest_name = "bytes"};

/* How far the walk is, in @walk->pending. */
enum stage {
	STAGE_START,
	STAGE_BASE,
	STAGE_SECURED_BASE,
	STAGE_OPTIONS,
	STAGE_DATA,
};

/* RFC 6550 6.1: the length of the key identifier follows from mode and level. */
static const struct icmpkit_record *security_record(unsigned int mode, bool is_encrypted)
{
	switch (mode) {
	case 0:
		return &security_index;
	case 1:
		return &security;
	case 2:
		return &security_source;
	default:
		return is_encrypted ? &security_source : &security;
	}
}

/* What is encrypted is data. What is only authenticated can be read as far as its base object goes: how its
 * options and the code or signature behind them are told apart, RFC 6550 leaves to the algorithm. */
static bool next_security(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	struct reader r = reader_of(walk->rest);
	const struct icmpkit_record *record;
	unsigned int level;
	uint8_t octet;

	(void)read_u16(&r);
	octet = read_u8(&r);
	level = octet & 7U;
	record = security_record(octet >> 6, level == 1 || level == 3);
	walk->pending = level == 0 || level == 2 ? STAGE_SECURED_BASE : STAGE_DATA;
	return walk_give(walk, record, record->fixed_bytes, out);
}

/* NULL: a message whose base object is described elsewhere. */
static const struct icmpkit_record *base_record(const struct icmpkit_record_walk *walk)
{
	struct reader r = reader_of(walk->rest);
	uint8_t flags;

	(void)read_u8(&r);
	flags = read_u8(&r);
	switch (walk->msg->code) {
	case CODE_DIS:
	case CODE_SECURE_DIS:
		return &dis;
	case CODE_DIO:
	case CODE_SECURE_DIO:
		return &dio;
	case CODE_DAO:
	case CODE_SECURE_DAO:
		return (flags & 0x40U) != 0 ? &dao_id : &dao;
	case CODE_DAO_ACK:
	case CODE_SECURE_DAO_ACK:
		return (flags & 0x80U) != 0 ? &dao_ack_id : &dao_ack;
	case CODE_CONSISTENCY_CHECK:
		return &consistency;
	default:
		return NULL;
	}
}

static bool next_base(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	const struct icmpkit_record *record = base_record(walk);

	if (record == NULL)
		return walk_give(walk, &data, walk->rest.len, out);
	walk->pending = walk->pending == STAGE_BASE ? STAGE_OPTIONS : STAGE_DATA;
	return walk_give(walk, record, record->fixed_bytes, out);
}

/* A message without its base object is no message: even empty it is walked once. */
static bool begin(struct icmpkit_record_walk *walk)
{
	bool is_secure = (walk->msg->code & 0x80U) != 0;

	walk->pending = is_secure ? STAGE_START : STAGE_BASE;
	walk->malformed = walk->rest.len == 0 && (is_secure || base_record(walk) != NULL);
	return !walk->malformed;
}

static bool next_part(struct icmpkit_record_walk *walk, struct icmpkit_found_record *out)
{
	if (walk->position == 0 && !begin(walk))
		return false;
	if (walk->pending == STAGE_SECURED_BASE && walk->rest.len == 0 && base_record(walk) != NULL)
		walk->malformed = true;
	if (walk_is_over(walk))
		return false;
	switch ((enum stage)walk->pending) {
	case STAGE_START:
		return next_security(walk, out);
	case STAGE_BASE:
	case STAGE_SECURED_BASE:
		return next_base(walk, out);
	case STAGE_OPTIONS:
		return icmpkit_rpl_option_next(walk, out);
	case STAGE_DATA:
		break;
	}
	return walk_give(walk, &data, walk->rest.len, out);
}

const struct icmpkit_message_description icmpkit_v6_rpl_control = {
	.family = ICMPKIT_IPV6,
	.type = ICMPKIT_V6_RPL_CONTROL,
	.kind = ICMPKIT_KIND_RPL_CONTROL,
	.name = "RPL control message",
	.rfc = "RFC 6550 6",
	.tail = TAIL_RECORD_LIST,
	.next_record = next_part,
	CODES_OF(codes),
	NO_FIELDS,
};
