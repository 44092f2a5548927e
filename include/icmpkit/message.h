/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * message.h - One ICMP message of either family, decoded.
 *
 * A message type is described once, in src/wire/; from that description come icmpkit_decode(),
 * icmpkit_encode(), the text and the JSON. Decoded numbers are in host order. Bits that the RFC calls unused
 * or reserved are kept, so that decoding and encoding again gives the same bytes.
 */
#ifndef ICMPKIT_MESSAGE_H
#define ICMPKIT_MESSAGE_H

#include <icmpkit/address.h>
#include <icmpkit/base.h>
#include <icmpkit/text.h>

/** What a message is, whichever family it came in. Unknown is a value, not an error. */
enum icmpkit_kind {
	ICMPKIT_KIND_UNKNOWN,
	ICMPKIT_KIND_ECHO_REQUEST,
	ICMPKIT_KIND_ECHO_REPLY,
	ICMPKIT_KIND_DESTINATION_UNREACHABLE,
	ICMPKIT_KIND_PACKET_TOO_BIG,
	ICMPKIT_KIND_TIME_EXCEEDED,
	ICMPKIT_KIND_PARAMETER_PROBLEM,
	ICMPKIT_KIND_REDIRECT,
	ICMPKIT_KIND_SOURCE_QUENCH,
	ICMPKIT_KIND_MULTICAST_LISTENER_QUERY,
	ICMPKIT_KIND_MULTICAST_LISTENER_REPORT,
	ICMPKIT_KIND_MULTICAST_LISTENER_DONE,
	ICMPKIT_KIND_MULTICAST_LISTENER_REPORT_2,
	ICMPKIT_KIND_MULTICAST_ROUTER_ADVERTISEMENT,
	ICMPKIT_KIND_MULTICAST_ROUTER_SOLICITATION,
	ICMPKIT_KIND_MULTICAST_ROUTER_TERMINATION,
	ICMPKIT_KIND_ROUTER_SOLICITATION,
	ICMPKIT_KIND_ROUTER_ADVERTISEMENT,
	ICMPKIT_KIND_NEIGHBOR_SOLICITATION,
	ICMPKIT_KIND_NEIGHBOR_ADVERTISEMENT,
	ICMPKIT_KIND_INVERSE_ND_SOLICITATION,
	ICMPKIT_KIND_INVERSE_ND_ADVERTISEMENT,
	ICMPKIT_KIND_CERTIFICATION_PATH_SOLICITATION,
	ICMPKIT_KIND_CERTIFICATION_PATH_ADVERTISEMENT,
	ICMPKIT_KIND_DUPLICATE_ADDRESS_REQUEST,
	ICMPKIT_KIND_DUPLICATE_ADDRESS_CONFIRMATION,
	ICMPKIT_KIND_NODE_INFORMATION_QUERY,
	ICMPKIT_KIND_NODE_INFORMATION_REPLY,
	ICMPKIT_KIND_HOME_AGENT_REQUEST,
	ICMPKIT_KIND_HOME_AGENT_REPLY,
	ICMPKIT_KIND_MOBILE_PREFIX_SOLICITATION,
	ICMPKIT_KIND_MOBILE_PREFIX_ADVERTISEMENT,
	ICMPKIT_KIND_LOCATOR_UPDATE,
	ICMPKIT_KIND_MPL_CONTROL,
	ICMPKIT_KIND_ROUTER_RENUMBERING,
	ICMPKIT_KIND_FMIPV6,
	ICMPKIT_KIND_EXPERIMENTAL_MOBILITY,
	ICMPKIT_KIND_PRIVATE_EXPERIMENT,
	ICMPKIT_KIND_TIMESTAMP,
	ICMPKIT_KIND_TIMESTAMP_REPLY,
	ICMPKIT_KIND_INFORMATION_REQUEST,
	ICMPKIT_KIND_INFORMATION_REPLY,
	ICMPKIT_KIND_ADDRESS_MASK_REQUEST,
	ICMPKIT_KIND_ADDRESS_MASK_REPLY,
	ICMPKIT_KIND_ROUTER_ADVERTISEMENT_V4,
	ICMPKIT_KIND_ROUTER_SOLICITATION_V4,
	ICMPKIT_KIND_TRACEROUTE,
	ICMPKIT_KIND_PHOTURIS,
	ICMPKIT_KIND_RPL_CONTROL,
};

/** How the RFC 4884 extension structure of an error was found. */
enum icmpkit_extension_status {
	ICMPKIT_EXTENSION_NONE,
	ICMPKIT_EXTENSION_COMPLIANT,	/* RFC 4884 4: the length field says where */
	ICMPKIT_EXTENSION_LEGACY,	/* length 0, found behind 128 bytes (RFC 4884 5.5) */
	ICMPKIT_EXTENSION_LENGTH_WRONG, /* the length field points elsewhere, found behind 128 bytes */
	ICMPKIT_EXTENSION_LENGTH_SHORT, /* the length field is below 128 and yet true */
	ICMPKIT_EXTENSION_UNVERIFIED,	/* its checksum field is 0; the objects fill the rest exactly */
	ICMPKIT_EXTENSION_BAD_CHECKSUM, /* where the length field says, but its checksum is wrong */
};

/**
 * struct icmpkit_message - A decoded message. Everything of type struct icmpkit_bytes points into the bytes
 * that were decoded and lives as long as they do.
 *
 * @kind decides which member of the union counts. @payload is what follows the fixed part: the data of an
 * echo; of an error, everything behind its eight bytes. For an error @quote is the part of @payload that is
 * the original datagram and @extensions the RFC 4884 structure behind it (empty where there is none). Of a
 * neighbour discovery message @payload holds the options, and @quote is inside a redirected header option
 * where there is one (RFC 4861 4.6.3). Of an unknown type @payload is all behind the checksum.
 */
struct icmpkit_message {
	enum icmpkit_family family;
	enum icmpkit_kind kind;
	uint8_t type;
	uint8_t code;
	uint16_t checksum;
	union {
		struct { /* RFC 792 pages 14, 18; RFC 4443 4.1, 4.2: also of information request and reply */
			uint16_t identifier;
			uint16_t sequence;
		} echo;
		struct {		       /* RFC 792 page 4; RFC 1191 4; RFC 4884 4.1, 4.4 */
			uint8_t unused;	       /* IPv4 only */
			uint8_t length_words;  /* of the quote: 4-byte words in IPv4, 8-byte in IPv6 */
			uint16_t next_hop_mtu; /* IPv4: meaningful with code 4 */
			uint32_t unused_v6;    /* IPv6: the 24 bits behind the length */
		} unreachable;
		struct { /* RFC 4443 3.2 */
			uint32_t mtu;
		} too_big;
		struct { /* RFC 792 page 6; RFC 4443 3.3; RFC 4884 4.2, 4.5 */
			uint8_t unused;
			uint8_t length_words;
			uint32_t unused_rest; /* IPv4: 16 bits, IPv6: 24 */
		} time_exceeded;
		struct {		      /* RFC 792 page 8; RFC 4443 3.4; RFC 4884 4.3 */
			uint32_t pointer;     /* IPv4: 8 bits, IPv6: 32 */
			uint8_t length_words; /* IPv4 only */
			uint16_t unused;      /* IPv4 only */
		} parameter_problem;
		struct {				    /* RFC 792 page 12; RFC 4861 4.5 */
			uint32_t reserved;		    /* IPv6 only */
			struct icmpkit_address gateway;	    /* IPv6: the target address */
			struct icmpkit_address destination; /* IPv6 only */
		} redirect;
		struct { /* RFC 792 page 10, deprecated by RFC 6633 */
			uint32_t unused;
		} source_quench;
		struct {			   /* RFC 2710 3; RFC 3810 5.1 */
			uint16_t maximum_response; /* milliseconds; RFC 3810 5.1.3 from 32768 on */
			uint16_t reserved;
			struct icmpkit_address group;
		} listener;
		struct { /* RFC 3810 5.2 */
			uint16_t reserved;
			uint16_t record_count;
		} listener_report2;
		struct { /* RFC 4286 3.2; the advertisement interval stands in @code */
			uint16_t query_interval;
			uint16_t robustness;
		} multicast_router;
		struct { /* RFC 4861 4.1 */
			uint32_t reserved;
		} router_solicitation;
		struct {			  /* RFC 4861 4.2; RFC 6275 7.1; RFC 4191 2.2; RFC 5175 */
			uint8_t cur_hop_limit;	  /* 0: not said */
			bool managed;		  /* M */
			bool other_configuration; /* O */
			bool home_agent;	  /* H */
			uint8_t preference;	  /* Prf, 2 bits: 1 high, 0 medium, 3 low */
			bool proxy;		  /* P */
			bool snac_router;	  /* S */
			uint8_t reserved;
			uint16_t router_lifetime; /* s */
			uint32_t reachable_time;  /* ms; 0: not said */
			uint32_t retrans_timer;	  /* ms; 0: not said */
		} router_advertisement;
		struct { /* RFC 4861 4.3 */
			uint32_t reserved;
			struct icmpkit_address target;
		} neighbor_solicitation;
		struct {		   /* RFC 4861 4.4 */
			bool router;	   /* R */
			bool solicited;	   /* S */
			bool override;	   /* O */
			uint32_t reserved; /* 29 bits */
			struct icmpkit_address target;
		} neighbor_advertisement;
		struct { /* RFC 3122 2.1, 2.2 */
			uint32_t reserved;
		} inverse_nd;
		struct { /* RFC 3971 6.4.1, 6.4.2 */
			uint16_t identifier;
			uint16_t all_components; /* of an advertisement only */
			uint16_t component;
			uint16_t reserved; /* of an advertisement only */
		} certification_path;
		struct { /* RFC 6775 4.4; RFC 8505 4.2; what follows is in @payload */
			uint8_t status;
			uint8_t tid;			/* reserved with code 0 */
			uint16_t registration_lifetime; /* min */
		} duplicate_address;
		struct { /* RFC 4620 4, 6.3 */
			uint16_t qtype;
			uint16_t unused;
			uint8_t global_scope; /* this and the next five: bits */
			uint8_t site_local;
			uint8_t link_local;
			uint8_t compatible;
			uint8_t all;
			uint8_t truncated;
			uint64_t nonce;
		} node_information;
		struct { /* RFC 6275 6.5, 6.6 */
			uint16_t identifier;
			uint16_t reserved;
		} home_agent;
		struct { /* RFC 6275 6.7, 6.8 */
			uint16_t identifier;
			uint8_t managed; /* bits, of an advertisement only */
			uint8_t other;
			uint16_t reserved;
		} mobile_prefix;
		struct { /* RFC 6743 2 */
			uint8_t locator_count;
			uint8_t operation;
			uint16_t reserved;
		} locator_update;
		struct { /* RFC 2894 3.1 */
			uint32_t sequence;
			uint8_t segment;
			uint8_t test; /* this and the next four: bits */
			uint8_t result_requested;
			uint8_t all_interfaces;
			uint8_t site_specific;
			uint8_t processed_previously;
			uint8_t reserved_flags;
			uint16_t max_delay; /* milliseconds */
			uint32_t reserved;
		} renumbering;
		struct { /* RFC 5568 6.1 */
			uint8_t subtype;
			uint8_t reserved;
			uint16_t identifier;
		} fmipv6;
		struct { /* RFC 4065 8 */
			uint8_t subtype;
			uint32_t reserved;
		} mobility6;
		struct { /* RFC 792 page 16; milliseconds since midnight UT */
			uint16_t identifier;
			uint16_t sequence;
			uint32_t originate;
			uint32_t receive;
			uint32_t transmit;
		} timestamp;
		struct { /* RFC 950 appendix I */
			uint16_t identifier;
			uint16_t sequence;
			struct icmpkit_address mask;
		} address_mask;
		struct { /* RFC 1256 3 */
			uint8_t address_count;
			uint8_t entry_words;
			uint16_t lifetime; /* seconds */
			uint32_t reserved; /* of a solicitation */
		} router_discovery;
		struct { /* RFC 1393 2.2 */
			uint16_t id_number;
			uint16_t unused;
			uint16_t outbound_hops;
			uint16_t return_hops;
			uint32_t link_speed; /* bytes a second */
			uint32_t link_mtu;
		} traceroute;
		struct { /* RFC 2521 */
			uint16_t reserved;
			uint16_t pointer;
		} photuris;
	};
	struct icmpkit_bytes payload;
	struct icmpkit_bytes quote;
	struct icmpkit_bytes extensions;
	enum icmpkit_extension_status extension_status;
};

/**
 * icmpkit_decode() - Read one ICMPv4 or ICMPv6 message.
 * @family: which of the two protocols the IP header announced.
 * @wire:   the ICMP header and everything after it. Borrowed: @out points into it.
 * @out:    written on success only.
 *
 * An unknown type is not an error. The checksum is not judged here: see icmpkit_message_checksum_ok().
 *
 * Return: 0, or ICMPKIT_ERR_TRUNCATED when @wire ends inside the fixed part of the type.
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_decode(enum icmpkit_family family, struct icmpkit_bytes wire,
						    struct icmpkit_message *out);

/**
 * icmpkit_encode() - Write a message: what icmpkit_decode() gave, byte for byte, or one built by hand.
 * @msg:  @kind is not read; @family, @type, @code, @checksum, the fields of the type and @payload are.
 * @buf:  must not overlap @msg->payload.
 *
 * The checksum is written as it stands in @msg: see icmpkit_message_seal().
 *
 * Return: bytes written, or ICMPKIT_ERR_NO_SPACE, or ICMPKIT_ERR_RANGE when a value does not fit its field.
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_encode(const struct icmpkit_message *msg, uint8_t *buf,
						    size_t cap);

/**
 * icmpkit_message_seal() - Compute the checksum of an encoded message and store it at its place.
 * @wire: the ICMP header and everything after it, at least 4 bytes.
 * @src:  with @dst, read for ICMPv6 only (RFC 4443 2.3); may be NULL for ICMPv4.
 */
ICMPKIT_API void icmpkit_message_seal(enum icmpkit_family family, uint8_t *wire, size_t len,
				      const struct icmpkit_address *src, const struct icmpkit_address *dst);

/** Is the checksum of this message right? Arguments as for icmpkit_message_seal(). */
ICMPKIT_API bool icmpkit_message_checksum_ok(enum icmpkit_family family, struct icmpkit_bytes wire,
					     const struct icmpkit_address *src,
					     const struct icmpkit_address *dst);

/** Is this type an error message, one that quotes a datagram and is never answered (RFC 1122 3.2.2;
 * 4443 2.1)? */
ICMPKIT_API bool icmpkit_type_is_error(enum icmpkit_family family, uint8_t type);

/** "destination unreachable", "echo reply"...; "unknown" for a type we have no description of. Static. */
ICMPKIT_API const char *icmpkit_type_name(enum icmpkit_family family, uint8_t type);

/** "port unreachable", "hop limit exceeded in transit"...; NULL for a code without a name. Static. */
ICMPKIT_API const char *icmpkit_code_name(enum icmpkit_family family, uint8_t type, uint8_t code);

/** The name that JSON gives under icmp.name: the code's name where it has one, otherwise the type's. Static.
 */
ICMPKIT_API const char *icmpkit_message_name(enum icmpkit_family family, uint8_t type, uint8_t code);

/** Room, with the terminating zero, for what icmpkit_message_text() and icmpkit_message_json() write at most.
 */
#define ICMPKIT_MESSAGE_TEXT_MAX 65536
#define ICMPKIT_MESSAGE_JSON_MAX 65536

/** One line for people, without a line end: "time exceeded (hop limit exceeded in transit), quoting ...". */
ICMPKIT_API void icmpkit_message_text(const struct icmpkit_message *msg, struct icmpkit_text *text);

/**
 * icmpkit_message_json() - The "icmp" object of docs/json.md under @key: version, type, code, name, fields,
 * quoted, extensions.
 */
ICMPKIT_API void icmpkit_message_json(const struct icmpkit_message *msg, struct icmpkit_json *json,
				      const char *key);

/** The same members into an object that the caller opened, so that it can put its own beside them. */
ICMPKIT_API void icmpkit_message_json_members(const struct icmpkit_message *msg, struct icmpkit_json *json);

#endif
