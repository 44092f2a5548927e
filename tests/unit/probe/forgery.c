/* SPDX-License-Identifier: BSD-2-Clause */
/* Forged answers: one mark is wrong each time, and each time the answer is refused for that reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fake_network.h"

#include "probe/ledger.h"
#include "probe/packet.h"

struct bench {
	struct fake_network net;
	struct icmpkit_ledger ledger;
	struct icmpkit_arrival *arrival;
};

/* A probe entered in the ledger, and the true answer to it. */
static void prepare(struct bench *bench, enum icmpkit_method method, bool is_error, size_t quote_bytes)
{
	uint8_t buf[FAKE_PACKET_MAX];
	int64_t next_ns;
	int len = 0;

	fake_network_init(&bench->net, ICMPKIT_IPV4, 3);
	bench->net.quote_bytes = quote_bytes;
	struct icmpkit_probe_identity identity = fake_identity(&bench->net);
	struct icmpkit_packet packet = {
		.identity = &identity,
		.target = &bench->net.target,
		.token = 7,
		.identifier = identity.identifier,
		.number = 1234,
		.dst_port = 33434,
		.data_bytes = 32,
	};
	struct icmpkit_probe_record record = {
		.cookie = icmpkit_packet_cookie(&packet),
		.stamp_ns = ICMPKIT_NEVER_NS,
		.target = bench->net.target,
		.method = method,
		.identifier = packet.identifier,
		.number = packet.number,
		.dst_port = packet.dst_port,
		.data_bytes = packet.data_bytes,
	};

	if (method == ICMPKIT_METHOD_ICMP)
		len = icmpkit_packet_flow_echo(&packet, buf, sizeof(buf), &record.checksum);
	else if (method == ICMPKIT_METHOD_UDP)
		len = icmpkit_packet_udp(&packet, buf, sizeof(buf), &record.checksum);
	else
		len = icmpkit_packet_syn(&packet, buf, sizeof(buf), &record.tcp_sequence);
	assert_true(len > 0);
	assert_int_equal(icmpkit_ledger_init(&bench->ledger, 4, &identity), 0);
	(void)icmpkit_ledger_add(&bench->ledger, &record);
	struct icmpkit_probe probe = {
		.method = method,
		.to = bench->net.target,
		.src_port = method == ICMPKIT_METHOD_TCP ? identity.tcp_src_port : identity.src_port,
		.dst_port = 33434,
		.hop_limit = is_error ? 2 : 64,
		.len = (size_t)len,
	};

	assert_true(fake_network_send(&bench->net, &probe, buf, 0));
	bench->arrival = fake_network_receive(&bench->net, INT64_MAX - 1, &next_ns);
	assert_non_null(bench->arrival);
}

static void assert_fits(struct bench *bench)
{
	uint64_t index = 99;

	assert_true(icmpkit_ledger_match(&bench->ledger, bench->arrival, &index));
	assert_int_equal(index, 0);
}

static void assert_refused(struct bench *bench, enum icmpkit_refusal why)
{
	uint64_t before = bench->ledger.refused[why];
	uint64_t index;

	assert_false(icmpkit_ledger_match(&bench->ledger, bench->arrival, &index));
	assert_int_equal(bench->ledger.refused[why], before + 1);
}

static void a_forged_echo_reply_is_refused(void **state)
{
	struct bench bench;

	(void)state;
	prepare(&bench, ICMPKIT_METHOD_ICMP, false, 0);
	assert_fits(&bench);
	bench.arrival->message.echo.identifier ^= 1;
	assert_refused(&bench, ICMPKIT_REFUSED_IDENTIFIER);
	bench.arrival->message.echo.identifier ^= 1;
	bench.arrival->message.echo.sequence ^= 64;
	assert_refused(&bench, ICMPKIT_REFUSED_SEQUENCE);
	bench.arrival->message.echo.sequence ^= 64;
	bench.arrival->from.bytes[3] ^= 1; /* nothing was sent there */
	assert_refused(&bench, ICMPKIT_REFUSED_SEQUENCE);
	bench.arrival->from.bytes[3] ^= 1;
	bench.net.answers[0].bytes[8] ^= 1; /* the cookie */
	assert_refused(&bench, ICMPKIT_REFUSED_COOKIE);
	bench.net.answers[0].bytes[8] ^= 1;
	bench.arrival->message.payload.len = 7; /* a reply too short to show it */
	assert_refused(&bench, ICMPKIT_REFUSED_COOKIE);
	icmpkit_ledger_free(&bench.ledger);
}

static void a_forged_quote_is_refused(void **state)
{
	struct bench bench;

	(void)state;
	prepare(&bench, ICMPKIT_METHOD_ICMP, true, 0);
	struct icmpkit_quote *quote = &bench.arrival->quote;

	assert_fits(&bench);
	quote->icmp_identifier ^= 1;
	assert_refused(&bench, ICMPKIT_REFUSED_IDENTIFIER);
	quote->icmp_identifier ^= 1;
	quote->dst.bytes[0] ^= 1;
	assert_refused(&bench, ICMPKIT_REFUSED_SEQUENCE);
	quote->dst.bytes[0] ^= 1;
	quote->src.bytes[3] ^= 1;
	assert_refused(&bench, ICMPKIT_REFUSED_ADDRESS);
	quote->src.bytes[3] ^= 1;
	quote->payload.data = (const uint8_t *)"no cookie at all";
	quote->payload.len = 16;
	assert_refused(&bench, ICMPKIT_REFUSED_COOKIE);
	quote->is_fragment = true;
	assert_refused(&bench, ICMPKIT_REFUSED_TOO_SHORT);
	icmpkit_ledger_free(&bench.ledger);
}

static void a_short_quote_must_show_the_checksum(void **state)
{
	struct bench bench;

	(void)state;
	prepare(&bench, ICMPKIT_METHOD_ICMP, true, 8);
	assert_fits(&bench);
	bench.arrival->quote.transport_checksum ^= 1;
	assert_refused(&bench, ICMPKIT_REFUSED_CHECKSUM);
	icmpkit_ledger_free(&bench.ledger);
}

static void quoted_ports_and_sequences_must_fit(void **state)
{
	struct bench bench;

	(void)state;
	prepare(&bench, ICMPKIT_METHOD_UDP, true, 0);
	assert_fits(&bench);
	bench.arrival->quote.src_port ^= 1;
	assert_refused(&bench, ICMPKIT_REFUSED_PORTS);
	bench.arrival->quote.src_port ^= 1;
	bench.arrival->quote.dst_port ^= 1;
	assert_refused(&bench, ICMPKIT_REFUSED_PORTS);
	icmpkit_ledger_free(&bench.ledger);

	prepare(&bench, ICMPKIT_METHOD_TCP, true, 8);
	assert_fits(&bench);
	bench.arrival->quote.tcp_sequence ^= 0x10000;
	assert_refused(&bench, ICMPKIT_REFUSED_COOKIE);
	bench.arrival->quote.src_port ^= 1;
	assert_refused(&bench, ICMPKIT_REFUSED_PORTS);
	icmpkit_ledger_free(&bench.ledger);
}

/* A sender whose network card computes checksums has only half a sum in the packet it quotes. */
static void an_unfinished_udp_checksum_does_not_matter_beside_the_cookie(void **state)
{
	struct bench bench;

	(void)state;
	prepare(&bench, ICMPKIT_METHOD_UDP, true, 0);
	bench.arrival->quote.transport_checksum ^= 0x5555;
	assert_fits(&bench);
	icmpkit_ledger_free(&bench.ledger);
}

static void a_forged_tcp_answer_is_refused(void **state)
{
	struct bench bench;

	(void)state;
	prepare(&bench, ICMPKIT_METHOD_TCP, false, 0);
	assert_fits(&bench);
	bench.arrival->tcp_acknowledgment ^= 0x10000;
	assert_refused(&bench, ICMPKIT_REFUSED_COOKIE);
	bench.arrival->tcp_acknowledgment ^= 0x10001;
	assert_refused(&bench, ICMPKIT_REFUSED_SEQUENCE);
	bench.arrival->tcp_acknowledgment ^= 1;
	bench.arrival->dst_port ^= 1;
	assert_refused(&bench, ICMPKIT_REFUSED_PORTS);
	icmpkit_ledger_free(&bench.ledger);
}

static void a_redirect_answers_nothing(void **state)
{
	struct bench bench;

	(void)state;
	prepare(&bench, ICMPKIT_METHOD_ICMP, true, 0);
	bench.arrival->message.kind = ICMPKIT_KIND_REDIRECT;
	assert_refused(&bench, ICMPKIT_REFUSED_NOT_AN_ANSWER);
	bench.arrival->message.kind = ICMPKIT_KIND_SOURCE_QUENCH;
	assert_refused(&bench, ICMPKIT_REFUSED_NOT_AN_ANSWER);
	icmpkit_ledger_free(&bench.ledger);
}

static void what_is_forgotten_is_answered_no_more(void **state)
{
	struct bench bench;

	(void)state;
	prepare(&bench, ICMPKIT_METHOD_ICMP, false, 0);
	icmpkit_ledger_forget_first(&bench.ledger);
	assert_refused(&bench, ICMPKIT_REFUSED_SEQUENCE);
	assert_null(icmpkit_ledger_at(&bench.ledger, 0));
	icmpkit_ledger_free(&bench.ledger);
}

static void the_wall_clock_may_be_set_without_harm(void **state)
{
	struct icmpkit_probe_record record = {.sent_ns = 1000, .stamp_ns = 5000000};
	struct icmpkit_arrival arrival = {.at_ns = 3001000, .stamp_ns = 7900000};
	enum icmpkit_clock_source clock;

	(void)state;
	assert_true(icmpkit_round_trip_ns(&record, &arrival, &clock) == 2900000);
	assert_int_equal(clock, ICMPKIT_CLOCK_KERNEL);
	arrival.stamp_ns = 4999999; /* set back */
	assert_true(icmpkit_round_trip_ns(&record, &arrival, &clock) == 3000000);
	assert_int_equal(clock, ICMPKIT_CLOCK_USER);
	arrival.stamp_ns = 5000000 + 3600 * ICMPKIT_NS_PER_S; /* set forward */
	assert_true(icmpkit_round_trip_ns(&record, &arrival, &clock) == 3000000);
	assert_int_equal(clock, ICMPKIT_CLOCK_USER);
}

static void an_error_with_a_wrong_checksum_is_refused(void **state)
{
	struct bench bench;

	(void)state;
	prepare(&bench, ICMPKIT_METHOD_ICMP, true, 0);
	assert_fits(&bench);
	bench.arrival->checksum_ok = false;
	assert_refused(&bench, ICMPKIT_REFUSED_CHECKSUM);
	icmpkit_ledger_free(&bench.ledger);
}

/* What comes to our UDP port. */
static struct icmpkit_arrival udp_arrival(const struct bench *bench, uint16_t to_port,
					  struct icmpkit_bytes data)
{
	return (struct icmpkit_arrival){
		.kind = ICMPKIT_ARRIVAL_UDP,
		.checksum_ok = true,
		.from = bench->net.target,
		.src_port = 33434,
		.dst_port = to_port,
		.data = data,
	};
}

static void a_datagram_counts_if_it_brings_the_probe_back(void **state)
{
	struct bench bench;

	(void)state;
	prepare(&bench, ICMPKIT_METHOD_UDP, true, 0);
	struct icmpkit_bytes sent = bench.arrival->quote.payload;
	struct icmpkit_arrival echoed = udp_arrival(&bench, 40000, sent);
	struct icmpkit_arrival to_another = udp_arrival(&bench, 40001, sent);
	struct icmpkit_arrival moved =
		udp_arrival(&bench, 40000, (struct icmpkit_bytes){sent.data + 1, sent.len - 1});
	struct icmpkit_arrival cut = udp_arrival(&bench, 40000, (struct icmpkit_bytes){sent.data, 3});

	bench.arrival = &echoed;
	assert_fits(&bench);
	bench.arrival = &to_another;
	assert_refused(&bench, ICMPKIT_REFUSED_PORTS);
	bench.arrival = &moved;
	assert_refused(&bench, ICMPKIT_REFUSED_SEQUENCE);
	bench.arrival = &cut;
	assert_refused(&bench, ICMPKIT_REFUSED_TOO_SHORT);
	icmpkit_ledger_free(&bench.ledger);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_forged_echo_reply_is_refused),
		cmocka_unit_test(a_forged_quote_is_refused),
		cmocka_unit_test(a_short_quote_must_show_the_checksum),
		cmocka_unit_test(quoted_ports_and_sequences_must_fit),
		cmocka_unit_test(an_unfinished_udp_checksum_does_not_matter_beside_the_cookie),
		cmocka_unit_test(a_forged_tcp_answer_is_refused),
		cmocka_unit_test(a_redirect_answers_nothing),
		cmocka_unit_test(what_is_forgotten_is_answered_no_more),
		cmocka_unit_test(the_wall_clock_may_be_set_without_harm),
		cmocka_unit_test(an_error_with_a_wrong_checksum_is_refused),
		cmocka_unit_test(a_datagram_counts_if_it_brings_the_probe_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
