/* SPDX-License-Identifier: BSD-2-Clause */
/* Every verdict and finding over a chain of routers in fake time: the word, the place, the cost. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "probe/fake_network.h"

#include <icmpkit/diagnose.h>

#define STEPS_MAX 100000
#define ROUTERS 4
#define ANSWERING_NS (10 * ICMPKIT_NS_PER_S)
#define SILENT_NS (20 * ICMPKIT_NS_PER_S)
#define PROBES_MAX 150

static const enum icmpkit_family families[] = {ICMPKIT_IPV4, ICMPKIT_IPV6};

static struct icmpkit_diagnose *start(const struct fake_network *net)
{
	struct icmpkit_diagnose_options opt =
		ICMPKIT_DIAGNOSE_OPTIONS(.target = net->target, .name = "server",
					 .identity = fake_identity(net), .can_udp = true, .can_tcp = true);
	struct icmpkit_diagnose *engine;

	assert_int_equal(icmpkit_diagnose_new(&engine, &opt, 5), 0);
	return engine;
}

static unsigned int take_events(struct icmpkit_diagnose *diagnose, int64_t now_ns)
{
	struct icmpkit_diagnose_event event;
	unsigned int ends = 0;

	while (icmpkit_diagnose_next_event(diagnose, now_ns, &event)) {
		assert_int_equal(ends, 0);
		ends += event.kind == ICMPKIT_DIAGNOSE_END;
		if (event.kind == ICMPKIT_DIAGNOSE_STEP)
			assert_non_null(event.step);
	}
	return ends;
}

static struct icmpkit_diagnosis diagnose(struct fake_network *net)
{
	struct icmpkit_diagnose *engine = start(net);
	unsigned int ends = 0;
	unsigned int steps = 0;
	int64_t now_ns = 5;

	ends += take_events(engine, now_ns);
	while (fake_step(net, icmpkit_diagnose_engine(engine), &now_ns)) {
		ends += take_events(engine, now_ns);
		assert_true(steps++ < STEPS_MAX);
	}
	assert_int_equal(ends, 1);
	struct icmpkit_diagnosis result = *icmpkit_diagnose_result(engine);

	icmpkit_diagnose_free(engine);
	assert_true(result.probes <= PROBES_MAX);
	assert_true(result.summary[0] != '\0' && result.evidence[0] != '\0' && result.advice[0] != '\0');
	return result;
}

static void assert_verdict(const struct icmpkit_diagnosis *d, enum icmpkit_verdict verdict,
			   enum icmpkit_relation relation, uint8_t ttl, int64_t within_ns)
{
	assert_string_equal(icmpkit_verdict_word(d->verdict), icmpkit_verdict_word(verdict));
	assert_int_equal(d->where.relation, relation);
	assert_int_equal(d->where.ttl, ttl);
	assert_true(d->elapsed_ns < within_ns);
}

static void assert_at_router(const struct icmpkit_diagnosis *d, const struct fake_network *net, uint8_t ttl)
{
	struct icmpkit_address router = fake_router(net, ttl);

	assert_true(icmpkit_address_equal(&d->where.address, &router));
}

static void healthy_ways_are_ok_without_findings(void **state)
{
	(void)state;
	for (unsigned int routers = 0; routers < 10; routers++) {
		struct fake_network net;

		fake_network_init(&net, families[routers % 2], routers);
		struct icmpkit_diagnosis d = diagnose(&net);

		assert_verdict(&d, ICMPKIT_VERDICT_OK, ICMPKIT_RELATION_AT, (uint8_t)(routers + 1),
			       2 * ICMPKIT_NS_PER_S);
		assert_int_equal(d.finding_count, 0);
		assert_int_equal(d.hop_count, routers + 1);
		assert_true(d.hops[routers].is_target);
	}
}

static void a_router_without_a_route_is_named(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 2 * ROUTERS; i++) {
		struct fake_network net;
		uint8_t ttl = (uint8_t)(1 + i / 2);

		fake_network_init(&net, families[i % 2], ROUTERS);
		net.no_route_at = ttl;
		struct icmpkit_diagnosis d = diagnose(&net);

		assert_verdict(&d, ICMPKIT_VERDICT_NET_UNREACHABLE, ICMPKIT_RELATION_AT, ttl, ANSWERING_NS);
		assert_at_router(&d, &net, ttl);
		assert_true(d.confidence_percent >= 95);
	}
}

static void a_filter_is_placed_at_the_router_that_reports_it(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 2 * ROUTERS; i++) {
		struct fake_network net;
		uint8_t ttl = (uint8_t)(1 + i / 2);

		fake_network_init(&net, families[i % 2], ROUTERS);
		net.reject_at = ttl;
		struct icmpkit_diagnosis d = diagnose(&net);

		assert_verdict(&d, ICMPKIT_VERDICT_FILTERED, ICMPKIT_RELATION_AT, ttl, ANSWERING_NS);
		assert_at_router(&d, &net, ttl);
	}
}

static void a_missing_target_is_waited_for_until_the_last_router_says_so(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		struct fake_network net;

		fake_network_init(&net, families[i], ROUTERS);
		net.target_is_gone = true;
		struct icmpkit_diagnosis d = diagnose(&net);

		assert_verdict(&d, ICMPKIT_VERDICT_HOST_UNREACHABLE, ICMPKIT_RELATION_AT, ROUTERS,
			       ANSWERING_NS);
		assert_at_router(&d, &net, ROUTERS);
	}
}

static void a_dead_gateway_is_told_from_a_dead_target(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		struct fake_network net;

		fake_network_init(&net, families[i], ROUTERS);
		net.gateway_is_gone = true;
		struct icmpkit_diagnosis d = diagnose(&net);

		assert_verdict(&d, ICMPKIT_VERDICT_GATEWAY_SILENT, ICMPKIT_RELATION_AFTER, 0, ANSWERING_NS);
		assert_int_equal(d.where.address.family, ICMPKIT_FAMILY_NONE);
	}
}

static void a_loop_is_placed_at_its_first_router(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 6; i++) {
		struct fake_network net;
		uint8_t ttl = (uint8_t)(1 + i / 2);

		fake_network_init(&net, families[i % 2], ROUTERS);
		net.loop_from = ttl;
		struct icmpkit_diagnosis d = diagnose(&net);

		assert_verdict(&d, ICMPKIT_VERDICT_LOOP, ICMPKIT_RELATION_AT, ttl, ANSWERING_NS);
		assert_at_router(&d, &net, ttl);
	}
}

static void silence_is_placed_after_the_last_hop_that_answers(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 2 * (ROUTERS + 1); i++) {
		struct fake_network net;
		uint8_t last = (uint8_t)(i / 2);

		fake_network_init(&net, families[i % 2], ROUTERS);
		net.drop_from = last + 1U;
		struct icmpkit_diagnosis d = diagnose(&net);

		assert_verdict(&d, ICMPKIT_VERDICT_SILENT_DROP, ICMPKIT_RELATION_AFTER, last, SILENT_NS);
		if (last > 0)
			assert_at_router(&d, &net, last);
	}
}

static void a_target_that_only_ignores_echo_is_not_called_dead(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		struct fake_network net;

		fake_network_init(&net, families[i], ROUTERS);
		net.target_ignores_echo = true;
		struct icmpkit_diagnosis d = diagnose(&net);

		assert_verdict(&d, ICMPKIT_VERDICT_ECHO_FILTERED, ICMPKIT_RELATION_AT, ROUTERS + 1,
			       SILENT_NS);
		assert_true(icmpkit_address_equal(&d.where.address, &net.target));
	}
}

static void a_mute_router_is_a_finding_and_no_verdict(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, ROUTERS);
	net.mute = UINT64_C(1) << 2;
	struct icmpkit_diagnosis d = diagnose(&net);

	assert_int_equal(d.verdict, ICMPKIT_VERDICT_OK);
	assert_int_equal(d.finding_count, 1);
	assert_int_equal(d.findings[0].kind, ICMPKIT_FINDING_MUTE_HOP);
	assert_int_equal(d.findings[0].where.ttl, 2);
}

static void a_router_that_limits_its_replies_is_a_finding_and_no_verdict(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV6, ROUTERS);
	net.limit_at = 3;
	struct icmpkit_diagnosis d = diagnose(&net);

	assert_int_equal(d.verdict, ICMPKIT_VERDICT_OK);
	assert_int_equal(d.finding_count, 1);
	assert_int_equal(d.findings[0].kind, ICMPKIT_FINDING_RATE_LIMITED_REPLIES);
	assert_int_equal(d.findings[0].where.ttl, 3);
	assert_int_equal(d.findings[0].asked, 5);
	assert_int_equal(d.findings[0].answered, 3);
}

static void what_the_system_refuses_is_local(void **state)
{
	static const struct {
		int error;
		enum icmpkit_verdict verdict;
	} cases[] = {
		{-ENETUNREACH, ICMPKIT_VERDICT_NO_ROUTE},   {-EHOSTUNREACH, ICMPKIT_VERDICT_NO_ROUTE},
		{-EINVAL, ICMPKIT_VERDICT_NO_ROUTE},	    {-EPERM, ICMPKIT_VERDICT_BLOCKED_LOCALLY},
		{-EACCES, ICMPKIT_VERDICT_BLOCKED_LOCALLY},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fake_network net;
		struct icmpkit_probe probe;
		uint8_t buf[FAKE_PACKET_MAX];

		fake_network_init(&net, ICMPKIT_IPV4, ROUTERS);
		struct icmpkit_diagnose *engine = start(&net);

		assert_int_equal(icmpkit_diagnose_send(engine, 5, buf, sizeof(buf), &probe), 1);
		struct icmpkit_arrival refused = {
			.kind = ICMPKIT_ARRIVAL_SEND_FAILED, .token = probe.token, .error = cases[i].error};

		icmpkit_diagnose_receive(engine, 5, &refused);
		assert_int_equal(take_events(engine, 5), 1);
		assert_verdict(icmpkit_diagnose_result(engine), cases[i].verdict, ICMPKIT_RELATION_LOCAL, 0,
			       1);
		assert_true(icmpkit_diagnose_deadline_ns(engine) == ICMPKIT_NEVER_NS);
		icmpkit_diagnose_free(engine);
	}
}

static void the_sentences_name_the_target_and_the_place(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, ROUTERS);
	net.no_route_at = 2;
	struct icmpkit_diagnosis d = diagnose(&net);

	assert_string_equal(d.summary, "10.0.2.1 (hop 2) has no route to server (192.0.2.9).");
	icmpkit_diagnosis_no_address("nosuch.example", ICMPKIT_IPV6, "not known", &d);
	assert_string_equal(d.summary, "The name nosuch.example has no IPv6 address.");
	assert_string_equal(icmpkit_verdict_word(d.verdict), "no-address");
}

/* Linux tells six times, of the probes that waited longest, and then is silent for a second. */
static void an_absent_neighbour_is_named_though_it_is_told_of_seldom_and_late(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct fake_network net;

		fake_network_init(&net, families[i % 2], ROUTERS);
		net.late_errors_max = 6;
		net.target_is_gone = i < 2;
		net.gateway_is_gone = i >= 2;
		struct icmpkit_diagnosis d = diagnose(&net);

		if (net.target_is_gone)
			assert_verdict(&d, ICMPKIT_VERDICT_HOST_UNREACHABLE, ICMPKIT_RELATION_AT, ROUTERS,
				       ANSWERING_NS);
		else
			assert_verdict(&d, ICMPKIT_VERDICT_GATEWAY_SILENT, ICMPKIT_RELATION_AFTER, 0,
				       ANSWERING_NS);
	}
}

static void each_code_of_a_router_has_its_meaning(void **state)
{
	static const struct {
		enum icmpkit_family family;
		uint8_t code;
		enum icmpkit_verdict verdict;
	} cases[] = {
		{ICMPKIT_IPV4, 1, ICMPKIT_VERDICT_HOST_UNREACHABLE},
		{ICMPKIT_IPV4, 2, ICMPKIT_VERDICT_FILTERED}, /* of a router: a filter that pretends */
		{ICMPKIT_IPV4, 3, ICMPKIT_VERDICT_FILTERED},
		{ICMPKIT_IPV4, 5, ICMPKIT_VERDICT_NET_UNREACHABLE},
		{ICMPKIT_IPV4, 6, ICMPKIT_VERDICT_NET_UNREACHABLE},
		{ICMPKIT_IPV4, 7, ICMPKIT_VERDICT_HOST_UNREACHABLE},
		{ICMPKIT_IPV4, 8, ICMPKIT_VERDICT_HOST_UNREACHABLE},
		{ICMPKIT_IPV4, 9, ICMPKIT_VERDICT_FILTERED},
		{ICMPKIT_IPV4, 10, ICMPKIT_VERDICT_FILTERED},
		{ICMPKIT_IPV4, 11, ICMPKIT_VERDICT_NET_UNREACHABLE},
		{ICMPKIT_IPV4, 12, ICMPKIT_VERDICT_HOST_UNREACHABLE},
		{ICMPKIT_IPV4, 13, ICMPKIT_VERDICT_FILTERED},
		{ICMPKIT_IPV4, 14, ICMPKIT_VERDICT_FILTERED},
		{ICMPKIT_IPV4, 200, ICMPKIT_VERDICT_FILTERED},
		{ICMPKIT_IPV6, 1, ICMPKIT_VERDICT_FILTERED},
		{ICMPKIT_IPV6, 2, ICMPKIT_VERDICT_NET_UNREACHABLE},
		{ICMPKIT_IPV6, 3, ICMPKIT_VERDICT_HOST_UNREACHABLE},
		{ICMPKIT_IPV6, 4, ICMPKIT_VERDICT_FILTERED},
		{ICMPKIT_IPV6, 5, ICMPKIT_VERDICT_FILTERED},
		{ICMPKIT_IPV6, 6, ICMPKIT_VERDICT_FILTERED},
		{ICMPKIT_IPV6, 7, ICMPKIT_VERDICT_NET_UNREACHABLE},
		{ICMPKIT_IPV6, 200, ICMPKIT_VERDICT_FILTERED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fake_network net;

		fake_network_init(&net, cases[i].family, ROUTERS);
		net.reject_at = 2;
		net.reject_code = cases[i].code;
		struct icmpkit_diagnosis d = diagnose(&net);

		assert_verdict(&d, cases[i].verdict, ICMPKIT_RELATION_AT, 2, ANSWERING_NS);
		assert_at_router(&d, &net, 2);
	}
}

static void what_only_a_target_can_say_is_placed_there(void **state)
{
	static const struct {
		enum icmpkit_family family;
		uint8_t code;
		enum icmpkit_verdict verdict;
	} cases[] = {
		{ICMPKIT_IPV4, ICMPKIT_V4_PORT_UNREACHABLE, ICMPKIT_VERDICT_PORT_UNREACHABLE},
		{ICMPKIT_IPV6, ICMPKIT_V6_PORT_UNREACHABLE, ICMPKIT_VERDICT_PORT_UNREACHABLE},
		{ICMPKIT_IPV4, ICMPKIT_V4_PROTOCOL_UNREACHABLE, ICMPKIT_VERDICT_PROTOCOL_UNREACHABLE},
		{ICMPKIT_IPV4, ICMPKIT_V4_ADMIN_PROHIBITED, ICMPKIT_VERDICT_FILTERED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fake_network net;

		fake_network_init(&net, cases[i].family, ROUTERS);
		net.refuse_code = cases[i].code;
		struct icmpkit_diagnosis d = diagnose(&net);

		assert_verdict(&d, cases[i].verdict, ICMPKIT_RELATION_AT, ROUTERS + 1, ANSWERING_NS);
		assert_true(icmpkit_address_equal(&d.where.address, &net.target));
		assert_int_equal(d.hop_count, ROUTERS + 1);
		assert_true(d.hops[ROUTERS].is_target);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(healthy_ways_are_ok_without_findings),
		cmocka_unit_test(a_router_without_a_route_is_named),
		cmocka_unit_test(a_filter_is_placed_at_the_router_that_reports_it),
		cmocka_unit_test(a_missing_target_is_waited_for_until_the_last_router_says_so),
		cmocka_unit_test(a_dead_gateway_is_told_from_a_dead_target),
		cmocka_unit_test(a_loop_is_placed_at_its_first_router),
		cmocka_unit_test(silence_is_placed_after_the_last_hop_that_answers),
		cmocka_unit_test(a_target_that_only_ignores_echo_is_not_called_dead),
		cmocka_unit_test(a_mute_router_is_a_finding_and_no_verdict),
		cmocka_unit_test(a_router_that_limits_its_replies_is_a_finding_and_no_verdict),
		cmocka_unit_test(what_the_system_refuses_is_local),
		cmocka_unit_test(the_sentences_name_the_target_and_the_place),
		cmocka_unit_test(an_absent_neighbour_is_named_though_it_is_told_of_seldom_and_late),
		cmocka_unit_test(each_code_of_a_router_has_its_meaning),
		cmocka_unit_test(what_only_a_target_can_say_is_placed_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
