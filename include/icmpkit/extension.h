/* SPDX-License-Identifier: BSD-2-Clause */
/** extension.h - RFC 4884 extension objects: MPLS label stacks (RFC 4950), interface information (RFC 5837).
 */
#ifndef ICMPKIT_EXTENSION_H
#define ICMPKIT_EXTENSION_H

#include <icmpkit/address.h>
#include <icmpkit/base.h>
#include <icmpkit/message.h>
#include <icmpkit/text.h>

/** struct icmpkit_extension - One object (RFC 4884 7.2). @payload: behind its 4-byte header. */
struct icmpkit_extension {
	uint8_t class_num;
	uint8_t c_type;
	struct icmpkit_bytes payload;
};

/** Walks the objects of one structure. */
struct icmpkit_extension_reader {
	struct icmpkit_bytes rest;
	bool malformed; /* an object's length was below 4 or ran past the end; what came before it was read */
};

/** @structure: icmpkit_message.extensions, its 4-byte header included. */
ICMPKIT_API void icmpkit_extension_reader_init(struct icmpkit_extension_reader *reader,
					       struct icmpkit_bytes structure);
/** Return: true with the next object in @out, false at the end. */
ICMPKIT_API bool icmpkit_extension_next(struct icmpkit_extension_reader *reader,
					struct icmpkit_extension *out);

/** One MPLS label stack entry (RFC 3032 2.1). */
struct icmpkit_mpls_entry {
	uint32_t label;	       /* 20 bits */
	uint8_t traffic_class; /* 3 bits */
	bool bottom_of_stack;
	uint8_t ttl;
};

/**
 * icmpkit_mpls_entry_at() - Entry @index of an object of class MPLS, c-type 1.
 *
 * Return: true with @out written, false when there are not so many.
 */
ICMPKIT_API bool icmpkit_mpls_entry_at(const struct icmpkit_extension *object, size_t index,
				       struct icmpkit_mpls_entry *out);

/** The role of the interface (RFC 5837 4.1): the two top bits of the c-type. */
enum icmpkit_interface_role {
	ICMPKIT_INTERFACE_INCOMING = 0,
	ICMPKIT_INTERFACE_SUB_IP = 1,
	ICMPKIT_INTERFACE_OUTGOING = 2,
	ICMPKIT_INTERFACE_NEXT_HOP = 3,
};

/** struct icmpkit_interface_information - RFC 5837 4. */
struct icmpkit_interface_information {
	enum icmpkit_interface_role role;
	bool has_index;
	bool has_mtu;
	uint32_t index;
	uint32_t mtu;
	struct icmpkit_address address; /* family NONE where absent or of an unknown address family */
	struct icmpkit_bytes name;	/* a stranger's bytes, not terminated; empty where absent */
	bool malformed;			/* a part announced by the c-type is missing or does not fit */
};

/** @object: class 2. Never fails: see @malformed. */
ICMPKIT_API void icmpkit_interface_information_parse(const struct icmpkit_extension *object,
						     struct icmpkit_interface_information *out);

/**
 * icmpkit_extensions_write() - Write an extension structure: header, objects, checksum (RFC 4884 7).
 * @objects: at most as many as fit; each payload's length must be a multiple of 4.
 *
 * Return: bytes written, or ICMPKIT_ERR_NO_SPACE, or ICMPKIT_ERR_RANGE.
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_extensions_write(const struct icmpkit_extension *objects,
							      size_t count, uint8_t *buf, size_t cap);

ICMPKIT_API const char *icmpkit_extension_status_name(enum icmpkit_extension_status status);
/** "MPLS label stack", "interface information"...; "unknown object" for a class we have no description of.
 * Static. */
ICMPKIT_API const char *icmpkit_extension_name(const struct icmpkit_extension *object);

/**
 * The most objects of a structure, and label stack entries of an object, that text and JSON show. JSON counts
 * the others: a last element {"name":"omitted","count":N}, a member "labels_omitted".
 */
#define ICMPKIT_EXTENSIONS_SHOWN_MAX 16

/** The objects in words, a comma before each: ", MPLS label 24001 tc 0 s 1 ttl 1". */
ICMPKIT_API void icmpkit_extensions_text(struct icmpkit_bytes structure, struct icmpkit_text *text);
/** The array "extensions" of docs/json.md. */
ICMPKIT_API void icmpkit_extensions_json(struct icmpkit_bytes structure, struct icmpkit_json *json,
					 const char *key);

#endif
