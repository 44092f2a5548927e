/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole packets cut at every byte and with every single bit flipped: nothing is read past the end, what is
 * accepted encodes to the same bytes, what is shown is printable and never runs out of the promised room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <icmpkit/datagram.h>
#include <icmpkit/message.h>

#include "exact.h"
#include "packets.h"

struct room {
	char text[ICMPKIT_MESSAGE_TEXT_MAX];
	char json[ICMPKIT_MESSAGE_JSON_MAX];
	uint8_t encoded[2048];
};

static void check_printable(const struct icmpkit_text *text)
{
	assert_false(text->truncated);
	for (size_t i = 0; i < text->len; i++)
		assert_true((uint8_t)text->buf[i] >= 0x20 && text->buf[i] != 0x7f);
}

static void check_message(enum icmpkit_family family, struct icmpkit_bytes wire, struct room *room)
{
	struct icmpkit_bytes block = exact(wire.data, wire.len);
	struct icmpkit_message msg;
	struct icmpkit_text text;
	struct icmpkit_json json;

	if (icmpkit_decode(family, block, &msg) == 0) {
		assert_int_equal(icmpkit_encode(&msg, room->encoded, sizeof(room->encoded)), block.len);
		assert_memory_equal(room->encoded, block.data, block.len);
		icmpkit_text_init(&text, room->text, sizeof(room->text));
		icmpkit_message_text(&msg, &text);
		check_printable(&text);
		icmpkit_text_init(&text, room->json, sizeof(room->json));
		icmpkit_json_init(&json, &text);
		icmpkit_message_json(&msg, &json, NULL);
		check_printable(&text);
	}
	exact_free(block);
}

/* The bytes as a datagram, and the message in it, each in a block of its own size. */
static void check_datagram(struct icmpkit_bytes wire, struct room *room)
{
	struct icmpkit_bytes block = exact(wire.data, wire.len);
	struct icmpkit_datagram dg;

	if (icmpkit_datagram_parse(block, &dg) == 0) {
		assert_true(dg.payload.len <= block.len);
		check_message(dg.family, dg.payload, room);
	}
	exact_free(block);
}

static void every_truncation_is_survived(void **state)
{
	struct room *room = *state;

	for (size_t i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
		struct icmpkit_bytes packet = exact_hex(packets[i]);

		for (size_t len = 0; len <= packet.len; len++)
			check_datagram((struct icmpkit_bytes){packet.data, len}, room);
		exact_free(packet);
	}
}

static void every_flipped_bit_is_survived(void **state)
{
	struct room *room = *state;

	for (size_t i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
		struct icmpkit_bytes packet = exact_hex(packets[i]);
		uint8_t *bytes = (uint8_t *)(uintptr_t)packet.data;

		for (size_t bit = 0; bit < 8 * packet.len; bit++) {
			bytes[bit / 8] ^= (uint8_t)(0x80 >> bit % 8);
			check_datagram(packet, room);
			bytes[bit / 8] ^= (uint8_t)(0x80 >> bit % 8);
		}
		exact_free(packet);
	}
}

/* Flips and cuts inside the message alone, so that the IP header's lengths do not hide them. */
static void every_truncation_of_a_message_is_survived(void **state)
{
	struct room *room = *state;

	for (size_t i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
		struct icmpkit_bytes packet = exact_hex(packets[i]);
		struct icmpkit_datagram dg;

		assert_int_equal(icmpkit_datagram_parse(packet, &dg), 0);
		for (size_t len = 0; len <= dg.payload.len; len++)
			check_message(dg.family, (struct icmpkit_bytes){dg.payload.data, len}, room);
		exact_free(packet);
	}
}

static int make_room(void **state)
{
	*state = malloc(sizeof(struct room));
	return *state == NULL ? -1 : 0;
}

static int give_back_room(void **state)
{
	free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_truncation_is_survived),
		cmocka_unit_test(every_flipped_bit_is_survived),
		cmocka_unit_test(every_truncation_of_a_message_is_survived),
	};

	return cmocka_run_group_tests(tests, make_room, give_back_room);
}
