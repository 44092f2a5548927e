/* SPDX-License-Identifier: BSD-2-Clause */
/* The trace engine over a chain of routers in fake time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fake_network.h"

#include <icmpkit/trace.h>

#define STEPS_MAX 100000

struct result {
	struct icmpkit_trace *trace;
	struct icmpkit_trace_summary summary;
	unsigned int answers;
	unsigned int hops;
	unsigned int ends;
};

static struct icmpkit_trace_options options(const struct fake_network *net, enum icmpkit_method method)
{
	return ICMPKIT_TRACE_OPTIONS(.target = net->target, .identity = fake_identity(net), .method = method);
}

static void take_events(struct result *result, int64_t now_ns)
{
	struct icmpkit_trace_event event;

	while (icmpkit_trace_next_event(result->trace, now_ns, &event)) {
		assert_int_equal(result->ends, 0);
		result->answers += event.kind == ICMPKIT_TRACE_ANSWER;
		if (event.kind == ICMPKIT_TRACE_HOP)
			assert_int_equal(event.ttl, ++result->hops);
		result->ends += event.kind == ICMPKIT_TRACE_END;
	}
}

static struct result run(struct fake_network *net, struct icmpkit_trace_options opt)
{
	struct result result = {0};
	int64_t now_ns = 1000;
	unsigned int steps = 0;

	assert_int_equal(icmpkit_trace_new(&result.trace, &opt, now_ns), 0);
	while (fake_step(net, icmpkit_trace_engine(result.trace), &now_ns)) {
		take_events(&result, now_ns);
		assert_true(steps++ < STEPS_MAX);
	}
	take_events(&result, now_ns);
	assert_int_equal(result.ends, 1);
	icmpkit_trace_summarise(result.trace, &result.summary);
	return result;
}

static void assert_hop_is(const struct result *result, const struct fake_network *net, uint8_t ttl)
{
	const struct icmpkit_trace_reply *reply = icmpkit_trace_reply_at(result->trace, ttl, 0);
	struct icmpkit_address expected = ttl > net->routers ? net->target : fake_router(net, ttl);

	assert_non_null(reply);
	assert_true(icmpkit_address_equal(&reply->from, &expected));
	assert_true(reply->rtt_ns >= 2 * FAKE_HOP_DELAY_NS * ttl);
}

static void every_router_of_a_chain_is_found(void **state)
{
	static const enum icmpkit_family families[] = {ICMPKIT_IPV4, ICMPKIT_IPV6};

	(void)state;
	for (unsigned int i = 0; i < 6; i++) {
		struct fake_network net;

		fake_network_init(&net, families[i % 2], 9);
		struct result result = run(&net, options(&net, (enum icmpkit_method)(i / 2)));

		assert_true(result.summary.reached);
		assert_int_equal(result.summary.hops, 10);
		assert_int_equal(result.hops, 10);
		assert_int_equal(result.summary.refused, 0);
		for (uint8_t ttl = 1; ttl <= 10; ttl++)
			assert_hop_is(&result, &net, ttl);
		icmpkit_trace_free(result.trace);
	}
}

static void a_quote_of_eight_bytes_is_enough(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 6; i++) {
		struct fake_network net;

		fake_network_init(&net, i % 2 == 0 ? ICMPKIT_IPV4 : ICMPKIT_IPV6, 5);
		net.quote_bytes = 8;
		struct result result = run(&net, options(&net, (enum icmpkit_method)(i / 2)));

		assert_true(result.summary.reached);
		assert_int_equal(result.summary.hops, 6);
		assert_int_equal(result.summary.refused, 0);
		icmpkit_trace_free(result.trace);
	}
}

static void a_silent_router_costs_no_full_wait(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 6);
	net.mute = UINT64_C(1) << 3;
	struct result result = run(&net, options(&net, ICMPKIT_METHOD_ICMP));

	assert_true(result.summary.reached);
	for (uint8_t query = 0; query < 3; query++)
		assert_int_equal(icmpkit_trace_reply_at(result.trace, 3, query)->answer, ICMPKIT_TRACE_LOST);
	assert_true(result.summary.elapsed_ns < ICMPKIT_NS_PER_S);
	icmpkit_trace_free(result.trace);
}

static void behind_silence_it_gives_up_after_one_wait(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV6, 9);
	net.drop_from = 4;
	struct result result = run(&net, options(&net, ICMPKIT_METHOD_ICMP));

	assert_false(result.summary.reached);
	assert_int_equal(result.summary.stop, ICMPKIT_TRACE_STOP_SILENT);
	assert_int_equal(result.summary.hops, 3);
	assert_int_equal(result.hops, 3 + 8);
	assert_true(result.summary.elapsed_ns < 6 * ICMPKIT_NS_PER_S);
	icmpkit_trace_free(result.trace);
}

static void nobody_at_all_ends_too(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 9);
	net.drop_from = 1;
	struct result result = run(&net, options(&net, ICMPKIT_METHOD_UDP));

	assert_int_equal(result.summary.stop, ICMPKIT_TRACE_STOP_SILENT);
	assert_int_equal(result.summary.hops, 0);
	icmpkit_trace_free(result.trace);
}

static void an_unreachable_bounds_the_path(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 9);
	net.no_route_at = 4;
	struct result result = run(&net, options(&net, ICMPKIT_METHOD_ICMP));

	assert_int_equal(result.summary.stop, ICMPKIT_TRACE_STOP_UNREACHABLE);
	assert_int_equal(result.summary.hops, 4);
	assert_int_equal(result.hops, 4);
	assert_int_equal(icmpkit_trace_reply_at(result.trace, 4, 0)->answer, ICMPKIT_TRACE_UNREACHABLE);
	icmpkit_trace_free(result.trace);
}

static void a_loop_is_followed_to_the_last_ttl(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 9);
	net.loop_from = 3;
	struct result result = run(&net, options(&net, ICMPKIT_METHOD_ICMP));

	assert_int_equal(result.summary.stop, ICMPKIT_TRACE_STOP_MAX_TTL);
	assert_int_equal(result.hops, 30);
	assert_true(icmpkit_address_equal(&icmpkit_trace_reply_at(result.trace, 3, 0)->from,
					  &icmpkit_trace_reply_at(result.trace, 5, 0)->from));
	icmpkit_trace_free(result.trace);
}

/* What a router that balances load by flow may hash must be the same in all probes. */
static void all_probes_of_a_flow_look_the_same_to_a_balancer(void **state)
{
	(void)state;
	for (unsigned int method = 0; method < 3; method++) {
		struct fake_network net;
		struct icmpkit_trace *trace;
		struct icmpkit_probe probe;
		uint8_t buf[FAKE_PACKET_MAX];
		uint8_t first[4] = {0};
		unsigned int count = 0;

		fake_network_init(&net, ICMPKIT_IPV4, 9);
		struct icmpkit_trace_options opt = options(&net, (enum icmpkit_method)method);

		assert_int_equal(icmpkit_trace_new(&trace, &opt, 0), 0);
		for (int64_t now_ns = 0; icmpkit_trace_send(trace, now_ns, buf, sizeof(buf), &probe) == 1;
		     now_ns += ICMPKIT_NS_PER_MS) {
			uint8_t datagram[FAKE_PACKET_MAX];

			(void)fake_datagram(&net, &probe, buf, datagram);
			if (count++ == 0)
				memcpy(first, datagram + 20, sizeof(first));
			/* ICMP: type, code, checksum; UDP and TCP: both ports */
			assert_memory_equal(datagram + 20, first, sizeof(first));
		}
		assert_int_equal(count, 16 * 3);
		icmpkit_trace_free(trace);
	}
}

static void a_refused_first_probe_ends_the_trace(void **state)
{
	struct fake_network net;
	struct icmpkit_trace *trace;
	struct icmpkit_probe probe;
	struct icmpkit_trace_summary summary;
	struct icmpkit_trace_event event;
	uint8_t buf[FAKE_PACKET_MAX];

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 9);
	struct icmpkit_trace_options opt = options(&net, ICMPKIT_METHOD_ICMP);

	assert_int_equal(icmpkit_trace_new(&trace, &opt, 0), 0);
	assert_int_equal(icmpkit_trace_send(trace, 0, buf, sizeof(buf), &probe), 1);
	struct icmpkit_arrival refused = {
		.kind = ICMPKIT_ARRIVAL_SEND_FAILED, .token = probe.token, .error = -101, .hop_limit = -1};

	icmpkit_trace_receive(trace, 0, &refused);
	while (icmpkit_trace_next_event(trace, 0, &event))
		;
	icmpkit_trace_summarise(trace, &summary);
	assert_int_equal(summary.stop, ICMPKIT_TRACE_STOP_SEND_FAILED);
	assert_int_equal(icmpkit_trace_reply_at(trace, 1, 0)->error, -101);
	assert_true(icmpkit_trace_deadline_ns(trace) == ICMPKIT_NEVER_NS);
	icmpkit_trace_free(trace);
}

/* Returns how many LATE events there were. */
static unsigned int take_late(struct icmpkit_trace *trace, int64_t now_ns)
{
	struct icmpkit_trace_event event;
	unsigned int late = 0;

	while (icmpkit_trace_next_event(trace, now_ns, &event)) {
		if (event.kind != ICMPKIT_TRACE_LATE)
			continue;
		assert_int_equal(event.reply.answer, ICMPKIT_TRACE_UNREACHABLE);
		late++;
	}
	return late;
}

static void answers_behind_the_end_are_told_and_change_nothing(void **state)
{
	struct icmpkit_trace_summary before;
	struct icmpkit_trace_summary after;
	struct icmpkit_arrival *arrival;
	struct fake_network net;
	struct icmpkit_trace *trace;
	int64_t now_ns = 0;
	int64_t next_ns;
	unsigned int late = 0;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 2);
	net.target_is_gone = true;
	struct icmpkit_trace_options opt = options(&net, ICMPKIT_METHOD_ICMP);

	opt.wait_ns = ICMPKIT_NS_PER_S;
	assert_int_equal(icmpkit_trace_new(&trace, &opt, 0), 0);
	while (fake_step(&net, icmpkit_trace_engine(trace), &now_ns))
		assert_int_equal(take_late(trace, now_ns), 0);
	assert_true(now_ns < FAKE_NEIGHBOUR_NS);
	icmpkit_trace_summarise(trace, &before);
	assert_int_equal(before.stop, ICMPKIT_TRACE_STOP_SILENT);
	now_ns = 2 * FAKE_NEIGHBOUR_NS;
	while ((arrival = fake_network_receive(&net, now_ns, &next_ns)) != NULL) {
		icmpkit_trace_receive(trace, now_ns, arrival);
		icmpkit_trace_receive(trace, now_ns, arrival); /* the same again says nothing new */
		late += take_late(trace, now_ns);
	}
	assert_int_equal(late, (before.last_ttl - 2U) * 3U);
	icmpkit_trace_summarise(trace, &after);
	assert_int_equal(after.stop, before.stop);
	assert_int_equal(after.hops, before.hops);
	assert_int_equal(icmpkit_trace_reply_at(trace, 3, 0)->answer, ICMPKIT_TRACE_LOST);
	icmpkit_trace_free(trace);
}

static void options_that_cannot_be_are_refused(void **state)
{
	struct fake_network net;
	struct icmpkit_trace *trace;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 9);
	struct icmpkit_trace_options good = options(&net, ICMPKIT_METHOD_ICMP);
	struct icmpkit_trace_options opt = good;

	opt.size = 1;
	assert_int_equal(icmpkit_trace_new(&trace, &opt, 0), ICMPKIT_ERR_RANGE);
	opt = good;
	opt.first_ttl = 31;
	assert_int_equal(icmpkit_trace_new(&trace, &opt, 0), ICMPKIT_ERR_RANGE);
	opt = good;
	opt.queries = 65;
	assert_int_equal(icmpkit_trace_new(&trace, &opt, 0), ICMPKIT_ERR_RANGE);
	opt = good;
	opt.data_bytes = 11;
	assert_int_equal(icmpkit_trace_new(&trace, &opt, 0), ICMPKIT_ERR_RANGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_router_of_a_chain_is_found),
		cmocka_unit_test(a_quote_of_eight_bytes_is_enough),
		cmocka_unit_test(a_silent_router_costs_no_full_wait),
		cmocka_unit_test(behind_silence_it_gives_up_after_one_wait),
		cmocka_unit_test(nobody_at_all_ends_too),
		cmocka_unit_test(an_unreachable_bounds_the_path),
		cmocka_unit_test(a_loop_is_followed_to_the_last_ttl),
		cmocka_unit_test(all_probes_of_a_flow_look_the_same_to_a_balancer),
		cmocka_unit_test(a_refused_first_probe_ends_the_trace),
		cmocka_unit_test(answers_behind_the_end_are_told_and_change_nothing),
		cmocka_unit_test(options_that_cannot_be_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
