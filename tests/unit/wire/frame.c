/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames: each link type, each layer on the way, and every way to end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <icmpkit/frame.h>

/* The datagrams inside: an ICMP echo request of each family, without data. */
#define IPV4_ECHO                                                                                            \
	0x45, 0, 0, 28, 0, 0, 0, 0, 64, 1, 0xf6, 0xd6, 192, 0, 2, 1, 198, 51, 100, 7, 8, 0, 0xf7, 0xff, 0,   \
		0, 0, 0
#define IPV6_ECHO                                                                                            \
	0x60, 0, 0, 0, 0, 8, 58, 64, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x20, 1, 0x0d, \
		0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 128, 0, 0, 0, 0, 0, 0, 0
#define MACS 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2
/* IPv4 of @protocol with @len bytes behind its header. */
#define IPV4_OF(protocol, len)                                                                               \
	0x45, 0, 0, 20 + (len), 0, 0, 0, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2

#define BYTES(...) ((const uint8_t[]){__VA_ARGS__})

/* A heap block of exactly the right size, so that a sanitizer sees one byte too far. */
struct exact {
	uint8_t *block;
	struct icmpkit_frame frame;
};

static struct exact parse(uint32_t link_type, const uint8_t *data, size_t len)
{
	struct exact exact = {.block = malloc(len == 0 ? 1 : len)};

	assert_non_null(exact.block);
	if (len > 0)
		memcpy(exact.block, data, len);
	icmpkit_frame_parse(link_type, (struct icmpkit_bytes){exact.block, len}, &exact.frame);
	return exact;
}

/* What is inside must be one of the two echo requests, behind these layers. */
static void assert_echo(uint32_t link_type, const uint8_t *data, size_t len, const char *layers)
{
	struct exact exact = parse(link_type, data, len);
	const struct icmpkit_frame *frame = &exact.frame;
	char said[256] = "";

	for (size_t i = 0; i < frame->layer_count; i++) {
		strncat(said, i == 0 ? "" : ", ", sizeof(said) - strlen(said) - 1);
		strncat(said, icmpkit_layer_name(frame->layers[i].kind), sizeof(said) - strlen(said) - 1);
	}
	assert_string_equal(said, layers);
	assert_int_equal(frame->end, ICMPKIT_FRAME_DATAGRAM);
	assert_true(frame->has_datagram);
	assert_int_equal(frame->datagram.payload.len, 8);
	assert_int_equal(frame->datagram.payload.data[0], frame->datagram.family == ICMPKIT_IPV4 ? 8 : 128);
	free(exact.block);
}

#define ASSERT_ECHO(link_type, layers, ...)                                                                  \
	assert_echo(link_type, BYTES(__VA_ARGS__), sizeof(BYTES(__VA_ARGS__)), layers)

static void every_link_type_leads_to_its_datagram(void **state)
{
	(void)state;
	ASSERT_ECHO(ICMPKIT_LINK_ETHERNET, "Ethernet, IPv4", MACS, 8, 0, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_ETHERNET, "Ethernet, IPv6", MACS, 0x86, 0xdd, IPV6_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_ETHERNET, "Ethernet, IPv4", MACS, 0, 36, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0,
		    IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_RAW, "IPv4", IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_RAW_BSD, "IPv6", IPV6_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_RAW_OPENBSD, "IPv4", IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_IPV4, "IPv4", IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_IPV6, "IPv6", IPV6_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_NULL, "loopback, IPv4", 2, 0, 0, 0, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_NULL, "loopback, IPv6", 0, 0, 0, 30, IPV6_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_LOOP, "loopback, IPv6", 0, 0, 0, 24, IPV6_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_PPP, "PPP, IPv4", 0xff, 3, 0, 0x21, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_PPP, "PPP, IPv6", 0x57, IPV6_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_PPP_HDLC, "PPP, IPv4", 0xff, 3, 0, 0x21, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_PPP_HDLC, "HDLC, IPv4", 0x0f, 0, 8, 0, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_CISCO_HDLC, "HDLC, IPv6", 0x8f, 0, 0x86, 0xdd, IPV6_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_FRAME_RELAY, "Frame Relay, IPv4", 0x18, 0x41, 3, 0xcc, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_FRAME_RELAY, "Frame Relay, IPv6", 0x18, 0x41, 3, 0, 0x80, 0, 0, 0, 0x86,
		    0xdd, IPV6_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_FRAME_RELAY, "Frame Relay, IPv4", 0x18, 0x41, 8, 0, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_LINUX_SLL, "Linux cooked, IPv4", 0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8,
		    0, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_LINUX_SLL2, "Linux cooked v2, IPv6", 0x86, 0xdd, 0, 0, 0, 0, 0, 2, 0, 1, 0,
		    6, 2, 0, 0, 0, 0, 1, 0, 0, IPV6_ECHO);
}

static void tags_labels_and_tunnels_are_walked_through(void **state)
{
	(void)state;
	ASSERT_ECHO(ICMPKIT_LINK_ETHERNET, "Ethernet, VLAN, VLAN, IPv4", MACS, 0x88, 0xa8, 0x20, 5, 0x81, 0,
		    0, 7, 8, 0, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_ETHERNET, "Ethernet, MPLS, MPLS, IPv6", MACS, 0x88, 0x47, 0, 1, 0x40, 64, 0,
		    1, 0x11, 64, IPV6_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_ETHERNET, "Ethernet, MPLS, pseudowire control word, Ethernet, IPv4", MACS,
		    0x88, 0x47, 0, 1, 0x41, 64, 0, 0, 0, 0, MACS, 8, 0, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_ETHERNET, "Ethernet, PPPoE, PPP, IPv4", MACS, 0x88, 0x64, 0x11, 0, 0, 9, 0,
		    30, 0, 0x21, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_PPP, "PPP, MPLS, IPv4", 0xff, 3, 2, 0x81, 0, 1, 0x41, 64, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_RAW, "IPv4, IPv4", IPV4_OF(4, 28), IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_RAW, "IPv4, IPv6", IPV4_OF(41, 48), IPV6_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_RAW, "IPv4, Ethernet, IPv4", IPV4_OF(143, 42), MACS, 8, 0, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_RAW, "IPv4, GRE, IPv4", IPV4_OF(47, 32), 0, 0, 8, 0, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_RAW, "IPv4, GRE, IPv6", IPV4_OF(47, 64), 0xb0, 0, 0x86, 0xdd, 0, 0, 0, 0, 0,
		    0, 0, 9, 0, 0, 0, 1, IPV6_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_RAW, "IPv4, GRE, Ethernet, IPv4", IPV4_OF(47, 46), 0, 0, 0x65, 0x58, MACS, 8,
		    0, IPV4_ECHO);
	ASSERT_ECHO(ICMPKIT_LINK_RAW, "IPv4, GRE, PPP, IPv4", IPV4_OF(47, 46), 0x30, 0x81, 0x88, 0x0b, 0, 30,
		    0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0x21, IPV4_ECHO);
}

static void layers_keep_their_numbers(void **state)
{
	const uint8_t wire[] = {MACS, 0x81, 0, 0x6f, 0xff, 0x88, 0x47, 0xff, 0xff, 0xf1, 1, IPV4_ECHO};
	const uint8_t keyed[] = {IPV4_OF(47, 36), 0x20, 0, 8, 0, 1, 2, 3, 4, IPV4_ECHO};
	const uint8_t relayed[] = {0x18, 0x41, 3, 0xcc, IPV4_ECHO};
	struct exact exact = parse(ICMPKIT_LINK_ETHERNET, wire, sizeof(wire));

	(void)state;
	assert_int_equal(exact.frame.layers[1].number, 0xfff);
	assert_int_equal(exact.frame.layers[2].number, 0xfffff);
	assert_int_equal(exact.frame.layers[2].header.len, 4);
	assert_int_equal(exact.frame.layers[3].number, 1);
	assert_int_equal(exact.frame.layers[3].header.len, 20);
	free(exact.block);
	exact = parse(ICMPKIT_LINK_RAW, keyed, sizeof(keyed));
	assert_int_equal(exact.frame.layers[1].number, 0x01020304);
	free(exact.block);
	exact = parse(ICMPKIT_LINK_FRAME_RELAY, relayed, sizeof(relayed));
	assert_int_equal(exact.frame.layers[0].number, 100);
	free(exact.block);
}

static void assert_end(uint32_t link_type, const uint8_t *data, size_t len, enum icmpkit_frame_end end,
		       uint16_t number)
{
	struct exact exact = parse(link_type, data, len);

	assert_int_equal(exact.frame.end, end);
	assert_int_equal(exact.frame.end_number, number);
	free(exact.block);
}

#define ASSERT_END(link_type, end, number, ...)                                                              \
	assert_end(link_type, BYTES(__VA_ARGS__), sizeof(BYTES(__VA_ARGS__)), end, number)

static void what_is_no_datagram_ends_the_walk_by_name(void **state)
{
	(void)state;
	ASSERT_END(ICMPKIT_LINK_ETHERNET, ICMPKIT_FRAME_OTHER, 0x0806, MACS, 8, 6, 0, 1);
	ASSERT_END(ICMPKIT_LINK_ETHERNET, ICMPKIT_FRAME_OTHER, 0x4242, MACS, 0, 3, 0x42, 0x42, 3, 0, 0, 0, 0,
		   0);
	ASSERT_END(ICMPKIT_LINK_PPP, ICMPKIT_FRAME_OTHER, 0xc021, 0xff, 3, 0xc0, 0x21, 1);
	ASSERT_END(ICMPKIT_LINK_NULL, ICMPKIT_FRAME_OTHER, 7, 7, 0, 0, 0, IPV4_ECHO);
	ASSERT_END(ICMPKIT_LINK_FRAME_RELAY, ICMPKIT_FRAME_OTHER, 8, 0x18, 0x41, 3, 8, 0, 0, 0, 0, 0, 0);
	ASSERT_END(ICMPKIT_LINK_ETHERNET, ICMPKIT_FRAME_OTHER, 0x9000, MACS, 0x88, 0x47, 0, 1, 0x41, 64, 0x90,
		   0, 0, 0);
	ASSERT_END(4242, ICMPKIT_FRAME_UNKNOWN_LINK, 0, IPV4_ECHO);
}

static void what_contradicts_itself_ends_the_walk(void **state)
{
	(void)state;
	ASSERT_END(ICMPKIT_LINK_RAW, ICMPKIT_FRAME_MALFORMED, 0, 0x75, 0, 0, 20);
	ASSERT_END(ICMPKIT_LINK_RAW, ICMPKIT_FRAME_MALFORMED, 0, IPV4_OF(47, 32), 0, 2, 8, 0, IPV4_ECHO);
	ASSERT_END(ICMPKIT_LINK_RAW, ICMPKIT_FRAME_MALFORMED, 0, IPV4_OF(47, 32), 0x40, 0, 8, 0, IPV4_ECHO);
	/* the first fragment of a tunnel's datagram: what is inside is not whole */
	ASSERT_END(ICMPKIT_LINK_RAW, ICMPKIT_FRAME_FRAGMENT, 0, 0x45, 0, 0, 48, 0, 1, 0x20, 0, 64, 4, 0, 0,
		   10, 0, 0, 1, 10, 0, 0, 2, IPV4_ECHO);
}

static void more_layers_than_there_is_room_for_end_the_walk(void **state)
{
	uint8_t wire[14 + 4 * 20] = {MACS, 0x81, 0};

	(void)state;
	for (size_t i = 14; i < sizeof(wire); i += 4) {
		wire[i + 2] = 0x81;
		wire[i + 3] = 0;
	}
	struct exact exact = parse(ICMPKIT_LINK_ETHERNET, wire, sizeof(wire));

	assert_int_equal(exact.frame.end, ICMPKIT_FRAME_TOO_DEEP);
	assert_int_equal(exact.frame.layer_count, ICMPKIT_FRAME_LAYERS_MAX);
	free(exact.block);
}

static void a_frame_cut_anywhere_is_truncated_or_holds_a_shorter_datagram(void **state)
{
	const uint8_t wire[] = {MACS, 0x81, 0, 0, 7, 0x88, 0x47, 0, 1,	      0x41, 64, IPV4_OF(47, 36),
				0x20, 0,    8, 0, 1, 2,	   3,	 4, IPV4_ECHO};

	(void)state;
	for (size_t len = 0; len < sizeof(wire); len++) {
		struct exact exact = parse(ICMPKIT_LINK_ETHERNET, wire, len);

		if (exact.frame.end != ICMPKIT_FRAME_TRUNCATED) {
			assert_int_equal(exact.frame.end, ICMPKIT_FRAME_DATAGRAM);
			assert_true(exact.frame.datagram.truncated);
		}
		free(exact.block);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_link_type_leads_to_its_datagram),
		cmocka_unit_test(tags_labels_and_tunnels_are_walked_through),
		cmocka_unit_test(layers_keep_their_numbers),
		cmocka_unit_test(what_is_no_datagram_ends_the_walk_by_name),
		cmocka_unit_test(what_contradicts_itself_ends_the_walk),
		cmocka_unit_test(more_layers_than_there_is_room_for_end_the_walk),
		cmocka_unit_test(a_frame_cut_anywhere_is_truncated_or_holds_a_shorter_datagram),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
