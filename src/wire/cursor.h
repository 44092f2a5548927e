/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * cursor.h - Reads and writes bytes in network order without running past the end.
 *
 * A read past the end gives zero and sets @overrun, a write past the end writes nothing and sets @overflow;
 * both stay set, so that a parser asks once, at its end.
 */
#ifndef WIRE_CURSOR_H
#define WIRE_CURSOR_H

#include <string.h>

#include <icmpkit/address.h>
#include <icmpkit/base.h>

struct reader {
	const uint8_t *next;
	size_t left;
	bool overrun;
};

static inline struct reader reader_of(struct icmpkit_bytes bytes)
{
	return (struct reader){.next = bytes.data, .left = bytes.len};
}

/* The next @len bytes, or none at all. */
static inline struct icmpkit_bytes read_bytes(struct reader *r, size_t len)
{
	struct icmpkit_bytes taken = {.data = r->next, .len = len};

	if (len > r->left) {
		r->overrun = true;
		r->left = 0;
		return (struct icmpkit_bytes){0};
	}
	if (len > 0)
		r->next += len;
	r->left -= len;
	return taken;
}

static inline struct icmpkit_bytes read_rest(struct reader *r)
{
	return read_bytes(r, r->left);
}

static inline uint8_t read_u8(struct reader *r)
{
	struct icmpkit_bytes b = read_bytes(r, 1);

	return b.len == 0 ? 0 : b.data[0];
}

static inline uint16_t read_u16(struct reader *r)
{
	struct icmpkit_bytes b = read_bytes(r, 2);

	return b.len == 0 ? 0 : (uint16_t)(b.data[0] << 8 | b.data[1]);
}

static inline uint32_t read_u32(struct reader *r)
{
	struct icmpkit_bytes b = read_bytes(r, 4);

	if (b.len == 0)
		return 0;
	return (uint32_t)b.data[0] << 24 | (uint32_t)b.data[1] << 16 | (uint32_t)b.data[2] << 8 | b.data[3];
}

/* Family NONE when the bytes end before the address does. */
static inline struct icmpkit_address read_address(struct reader *r, enum icmpkit_family family)
{
	struct icmpkit_bytes b = read_bytes(r, icmpkit_address_len(family));

	return icmpkit_address_from_bytes(r->overrun ? ICMPKIT_FAMILY_NONE : family, b.data);
}

struct writer {
	uint8_t *next;
	size_t left;
	size_t len; /* written so far */
	bool overflow;
};

static inline struct writer writer_of(uint8_t *buf, size_t cap)
{
	return (struct writer){.next = buf, .left = cap};
}

static inline void write_bytes(struct writer *w, struct icmpkit_bytes bytes)
{
	if (bytes.len > w->left) {
		w->overflow = true;
		w->left = 0;
		return;
	}
	if (bytes.len > 0) {
		memcpy(w->next, bytes.data, bytes.len);
		w->next += bytes.len;
	}
	w->left -= bytes.len;
	w->len += bytes.len;
}

static inline void write_u8(struct writer *w, uint8_t value)
{
	write_bytes(w, (struct icmpkit_bytes){&value, 1});
}

static inline void write_u16(struct writer *w, uint16_t value)
{
	uint8_t b[2] = {(uint8_t)(value >> 8), (uint8_t)value};

	write_bytes(w, (struct icmpkit_bytes){b, sizeof(b)});
}

static inline void write_u32(struct writer *w, uint32_t value)
{
	uint8_t b[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
			(uint8_t)value};

	write_bytes(w, (struct icmpkit_bytes){b, sizeof(b)});
}

static inline void write_address(struct writer *w, const struct icmpkit_address *address)
{
	write_bytes(w, (struct icmpkit_bytes){address->bytes, icmpkit_address_len(address->family)});
}

#endif
