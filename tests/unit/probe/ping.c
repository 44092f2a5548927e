/* SPDX-License-Identifier: BSD-2-Clause */
/* The ping engine in fake time: verdicts, schedule, statistics. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fake_network.h"

#include <icmpkit/ping.h>

#define EVENT_KINDS (ICMPKIT_PING_TIMEOUT + 1)

struct run {
	struct icmpkit_ping *ping;
	unsigned int events[EVENT_KINDS];
	struct icmpkit_ping_event last;
	int64_t now_ns;
};

static struct icmpkit_ping *start(const struct fake_network *net, struct icmpkit_ping_options opt)
{
	struct icmpkit_ping_target target = {net->target, 0x4242};
	struct icmpkit_ping *ping;

	opt.identity = fake_identity(net);
	opt.targets = &target;
	opt.target_count = 1;
	assert_int_equal(icmpkit_ping_new(&ping, &opt, 0), 0);
	return ping;
}

static void take_events(struct run *run)
{
	while (icmpkit_ping_next_event(run->ping, run->now_ns, &run->last))
		run->events[run->last.kind]++;
}

static void finish(struct run *run, struct fake_network *net)
{
	while (fake_step(net, icmpkit_ping_engine(run->ping), &run->now_ns))
		take_events(run);
	take_events(run);
}

/* While requests may still be waited for. */
static struct icmpkit_ping_statistics statistics_now(const struct run *run)
{
	struct icmpkit_ping_statistics s;

	icmpkit_ping_statistics(run->ping, 0, &s);
	return s;
}

static struct icmpkit_ping_statistics statistics(const struct run *run)
{
	struct icmpkit_ping_statistics s = statistics_now(run);

	assert_int_equal(s.sent, s.received + s.errors + s.send_failures + s.lost);
	return s;
}

static void every_request_gets_its_reply(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 4; i++) {
		struct fake_network net;

		fake_network_init(&net, i % 2 == 0 ? ICMPKIT_IPV4 : ICMPKIT_IPV6, 3);
		net.gives_stamps = i >= 2;
		struct run run = {.ping = start(&net, ICMPKIT_PING_OPTIONS(.count = 5))};

		finish(&run, &net);
		struct icmpkit_ping_statistics s = statistics(&run);

		assert_int_equal(run.events[ICMPKIT_PING_REPLY], 5);
		assert_int_equal(s.received, 5);
		assert_int_equal(run.last.sequence, 5);
		assert_int_equal(run.last.bytes, 64);
		assert_int_equal(run.last.clock,
				 net.gives_stamps ? ICMPKIT_CLOCK_KERNEL : ICMPKIT_CLOCK_USER);
		assert_int_equal(s.clock_user, net.gives_stamps ? 0 : 5);
		assert_true(s.rtt_min_ns == 8 * FAKE_HOP_DELAY_NS && s.rtt_max_ns == s.rtt_min_ns);
		assert_true(s.rtt_stddev_ns == 0 && s.jitter_ns == 0);
		assert_true(run.now_ns == 4 * ICMPKIT_NS_PER_S + 8 * FAKE_HOP_DELAY_NS);
		icmpkit_ping_free(run.ping);
	}
}

static void silence_is_a_timeout_each(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 3);
	net.target_is_silent = true;
	struct run run = {.ping = start(&net, ICMPKIT_PING_OPTIONS(.count = 3))};

	finish(&run, &net);
	struct icmpkit_ping_statistics s = statistics(&run);

	assert_int_equal(run.events[ICMPKIT_PING_TIMEOUT], 3);
	assert_int_equal(s.lost, 3);
	assert_true(s.rtt_min_ns == ICMPKIT_NEVER_NS);
	assert_true(run.now_ns == 3 * ICMPKIT_NS_PER_S);
	icmpkit_ping_free(run.ping);
}

static void an_error_is_a_verdict(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV6, 3);
	net.no_route_at = 2;
	struct run run = {.ping = start(&net, ICMPKIT_PING_OPTIONS(.count = 2))};

	finish(&run, &net);
	struct icmpkit_address router = fake_router(&net, 2);

	assert_int_equal(statistics(&run).errors, 2);
	assert_int_equal(run.last.kind, ICMPKIT_PING_ERROR);
	assert_int_equal(run.last.icmp_type, ICMPKIT_V6_DESTINATION_UNREACHABLE);
	assert_true(icmpkit_address_equal(&run.last.from, &router));
	icmpkit_ping_free(run.ping);
}

/* The one probe that the engine has sent at time 0, and the reply to it. */
static struct icmpkit_arrival *one_reply(struct run *run, struct fake_network *net, int64_t at_ns)
{
	uint8_t buf[FAKE_PACKET_MAX];
	struct icmpkit_probe probe;
	int64_t next_ns;

	assert_int_equal(icmpkit_ping_send(run->ping, 0, buf, sizeof(buf), &probe), 1);
	assert_true(fake_network_send(net, &probe, buf, 0));
	struct icmpkit_arrival *arrival = fake_network_receive(net, at_ns, &next_ns);

	assert_non_null(arrival);
	return arrival;
}

static void a_second_reply_is_a_duplicate_and_does_not_count_as_received(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 1);
	struct run run = {.ping = start(&net, ICMPKIT_PING_OPTIONS(.count = 1)), .now_ns = 10000000};
	const struct icmpkit_arrival *reply = one_reply(&run, &net, run.now_ns);

	icmpkit_ping_receive(run.ping, run.now_ns, reply);
	icmpkit_ping_receive(run.ping, run.now_ns, reply);
	take_events(&run);
	assert_int_equal(run.events[ICMPKIT_PING_REPLY], 1);
	assert_int_equal(run.events[ICMPKIT_PING_DUPLICATE], 1);
	assert_int_equal(statistics(&run).received, 1);
	icmpkit_ping_free(run.ping);
}

static void a_reply_behind_the_timeout_is_late(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 1);
	struct run run = {.ping = start(&net, ICMPKIT_PING_OPTIONS(.count = 1)),
			  .now_ns = 2 * ICMPKIT_NS_PER_S};
	const struct icmpkit_arrival *reply = one_reply(&run, &net, run.now_ns);

	take_events(&run);
	assert_int_equal(run.events[ICMPKIT_PING_TIMEOUT], 1);
	icmpkit_ping_receive(run.ping, run.now_ns, reply);
	take_events(&run);
	assert_int_equal(run.events[ICMPKIT_PING_LATE], 1);
	assert_int_equal(statistics(&run).late, 1);
	assert_int_equal(statistics(&run).received, 0);
	icmpkit_ping_free(run.ping);
}

static void changed_data_are_marked_corrupt(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 1);
	struct run run = {.ping = start(&net, ICMPKIT_PING_OPTIONS(.count = 1)), .now_ns = 10000000};
	const struct icmpkit_arrival *reply = one_reply(&run, &net, run.now_ns);

	net.answers[0].bytes[40] ^= 1;
	icmpkit_ping_receive(run.ping, run.now_ns, reply);
	take_events(&run);
	assert_int_equal(run.last.kind, ICMPKIT_PING_REPLY);
	assert_true(run.last.corrupt);
	assert_int_equal(statistics(&run).corrupt, 1);
	icmpkit_ping_free(run.ping);
}

static void a_refusal_by_the_system_is_a_verdict(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 1);
	struct run run = {.ping = start(&net, ICMPKIT_PING_OPTIONS(.count = 1))};
	uint8_t buf[FAKE_PACKET_MAX];
	struct icmpkit_probe probe;

	assert_int_equal(icmpkit_ping_send(run.ping, 0, buf, sizeof(buf), &probe), 1);
	struct icmpkit_arrival refused = {
		.kind = ICMPKIT_ARRIVAL_SEND_FAILED, .token = probe.token, .error = -1};

	icmpkit_ping_receive(run.ping, 0, &refused);
	take_events(&run);
	assert_int_equal(run.last.kind, ICMPKIT_PING_SEND_FAILED);
	assert_int_equal(run.last.error, -1);
	assert_int_equal(statistics(&run).send_failures, 1);
	assert_true(icmpkit_ping_deadline_ns(run.ping) == ICMPKIT_NEVER_NS);
	icmpkit_ping_free(run.ping);
}

static void a_day_of_pings_does_not_drift_and_the_wire_sequence_wraps(void **state)
{
	enum { DAY = 86400 };
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 1);
	struct run run = {.ping = start(&net, ICMPKIT_PING_OPTIONS(.count = DAY))};

	finish(&run, &net);
	assert_int_equal(statistics(&run).received, DAY);
	assert_int_equal(run.last.sequence, DAY);
	assert_true(run.now_ns == (DAY - 1) * ICMPKIT_NS_PER_S + 4 * FAKE_HOP_DELAY_NS);
	icmpkit_ping_free(run.ping);
}

static void more_than_65536_may_be_outstanding_and_each_reply_finds_its_own(void **state)
{
	enum { MANY = 70000, PICKED = 4000 }; /* the sequence of 4000 on the wire is that of 69536, too */
	struct fake_network net;
	uint8_t buf[FAKE_PACKET_MAX];
	struct icmpkit_probe probe;
	int64_t next_ns;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 1);
	struct run run = {.ping = start(&net, ICMPKIT_PING_OPTIONS(.count = MANY, .interval_ns = 1,
								   .timeout_ns = ICMPKIT_NS_PER_S,
								   .outstanding_max = MANY))};

	for (int64_t i = 1; i <= MANY; i++) {
		assert_int_equal(icmpkit_ping_send(run.ping, i, buf, sizeof(buf), &probe), 1);
		if (i == PICKED)
			assert_true(fake_network_send(&net, &probe, buf, i));
	}
	run.now_ns = 10000000;
	icmpkit_ping_receive(run.ping, run.now_ns, fake_network_receive(&net, run.now_ns, &next_ns));
	take_events(&run);
	assert_int_equal(run.last.kind, ICMPKIT_PING_REPLY);
	assert_int_equal(run.last.sequence, PICKED);
	icmpkit_ping_free(run.ping);
}

static void what_does_not_fit_the_maximum_is_held_back(void **state)
{
	struct fake_network net;
	uint8_t buf[FAKE_PACKET_MAX];
	struct icmpkit_probe probe;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 1);
	struct run run = {
		.ping = start(&net, ICMPKIT_PING_OPTIONS(.interval_ns = 1000, .outstanding_max = 2))};

	assert_int_equal(icmpkit_ping_send(run.ping, 0, buf, sizeof(buf), &probe), 1);
	assert_int_equal(icmpkit_ping_send(run.ping, 1000, buf, sizeof(buf), &probe), 1);
	assert_int_equal(icmpkit_ping_send(run.ping, 2000, buf, sizeof(buf), &probe), 0);
	/* Only a timeout makes room: waking earlier would spin. */
	assert_true(icmpkit_ping_deadline_ns(run.ping) == ICMPKIT_NS_PER_S);
	run.now_ns = ICMPKIT_NS_PER_S;
	take_events(&run);
	assert_int_equal(run.events[ICMPKIT_PING_TIMEOUT], 1);
	assert_int_equal(icmpkit_ping_send(run.ping, run.now_ns, buf, sizeof(buf), &probe), 1);
	icmpkit_ping_free(run.ping);
}

static void stop_ends_sending_and_the_deadline_ends_waiting(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 1);
	net.target_is_silent = true;
	struct run run = {.ping = start(&net, ICMPKIT_PING_OPTIONS(.deadline_ns = 2500 * ICMPKIT_NS_PER_MS,
								   .timeout_ns = 60 * ICMPKIT_NS_PER_S))};

	finish(&run, &net);
	assert_int_equal(statistics(&run).sent, 3);
	assert_int_equal(statistics(&run).lost, 3);
	assert_true(run.now_ns == 2500 * ICMPKIT_NS_PER_MS);
	icmpkit_ping_free(run.ping);

	run = (struct run){.ping = start(&net, ICMPKIT_PING_OPTIONS(.count = 0))};
	assert_true(fake_step(&net, icmpkit_ping_engine(run.ping), &run.now_ns));
	icmpkit_ping_stop(run.ping, run.now_ns);
	finish(&run, &net);
	assert_int_equal(statistics(&run).sent, 1);
	icmpkit_ping_free(run.ping);
}

static void stop_waits_as_long_as_replies_took_and_not_for_the_whole_timeout(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 1); /* a reply takes 4 ms */
	struct run run = {.ping = start(&net, ICMPKIT_PING_OPTIONS(.timeout_ns = 60 * ICMPKIT_NS_PER_S))};

	while (run.events[ICMPKIT_PING_REPLY] < 2) {
		assert_true(fake_step(&net, icmpkit_ping_engine(run.ping), &run.now_ns));
		take_events(&run);
	}
	net.target_is_silent = true;
	while (statistics_now(&run).sent < 3)
		assert_true(fake_step(&net, icmpkit_ping_engine(run.ping), &run.now_ns));
	int64_t stopped_ns = run.now_ns;

	icmpkit_ping_stop(run.ping, run.now_ns);
	finish(&run, &net);
	assert_int_equal(statistics(&run).lost, 1);
	assert_true(run.now_ns >= stopped_ns + 8 * ICMPKIT_NS_PER_MS);
	assert_true(run.now_ns <= stopped_ns + 200 * ICMPKIT_NS_PER_MS);
	icmpkit_ping_free(run.ping);
}

static void a_full_ledger_waits_for_its_oldest_probe_and_not_in_circles(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 1);
	net.target_is_silent = true;
	struct run run = {.ping = start(&net, ICMPKIT_PING_OPTIONS(.interval_ns = 10 * ICMPKIT_NS_PER_MS,
								   .outstanding_max = 2, .count = 9))};

	assert_true(fake_step(&net, icmpkit_ping_engine(run.ping), &run.now_ns));
	assert_int_equal(statistics_now(&run).sent, 1);
	net.target_is_silent = false;
	while (statistics_now(&run).received < 1)
		assert_true(fake_step(&net, icmpkit_ping_engine(run.ping), &run.now_ns));
	/* The second was answered at 14 ms, and the third is due at 20: there is no room for it before the
	 * first is given up, and nothing to wake for. */
	assert_true(run.now_ns == ICMPKIT_NS_PER_S);
	finish(&run, &net);
	assert_int_equal(statistics(&run).sent, 9);
	icmpkit_ping_free(run.ping);
}

static void targets_take_turns(void **state)
{
	struct fake_network net;
	struct icmpkit_ping_target targets[3];
	struct icmpkit_ping *ping;
	uint8_t buf[FAKE_PACKET_MAX];
	struct icmpkit_probe probe;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV4, 1);
	for (uint8_t i = 0; i < 3; i++) {
		targets[i] = (struct icmpkit_ping_target){net.target, 0x4242};
		targets[i].address.bytes[3] = i;
	}
	struct icmpkit_ping_options opt =
		ICMPKIT_PING_OPTIONS(.targets = targets, .target_count = 3, .identity = fake_identity(&net),
				     .spacing_ns = 10);

	assert_int_equal(icmpkit_ping_new(&ping, &opt, 0), 0);
	for (uint8_t i = 0; i < 9; i++) {
		int64_t now_ns = i / 3 * ICMPKIT_NS_PER_S + INT64_C(10) * (i % 3);

		assert_int_equal(icmpkit_ping_send(ping, now_ns, buf, sizeof(buf), &probe), 1);
		assert_int_equal(probe.to.bytes[3], i % 3);
		assert_int_equal(icmpkit_ping_send(ping, now_ns, buf, sizeof(buf), &probe), 0);
	}
	icmpkit_ping_free(ping);
}

static void requests_without_data_work(void **state)
{
	struct fake_network net;

	(void)state;
	fake_network_init(&net, ICMPKIT_IPV6, 1);
	struct run run = {
		.ping = start(&net, ICMPKIT_PING_OPTIONS(.count = 2, .data_bytes = ICMPKIT_PING_NO_DATA))};

	finish(&run, &net);
	assert_int_equal(statistics(&run).received, 2);
	assert_int_equal(run.last.bytes, 8);
	assert_false(run.last.corrupt);
	icmpkit_ping_free(run.ping);
}

static void options_that_cannot_be_are_refused(void **state)
{
	struct icmpkit_ping_target target = {.identifier = 1};
	struct icmpkit_ping *ping;
	struct icmpkit_ping_options opt = ICMPKIT_PING_OPTIONS(.target_count = 1);

	(void)state;
	assert_int_equal(icmpkit_ping_new(&ping, &opt, 0), ICMPKIT_ERR_RANGE);
	opt.targets = &target; /* of no family */
	assert_int_equal(icmpkit_ping_new(&ping, &opt, 0), ICMPKIT_ERR_RANGE);
	target.address.family = ICMPKIT_IPV4;
	opt.data_bytes = 65508;
	assert_int_equal(icmpkit_ping_new(&ping, &opt, 0), ICMPKIT_ERR_RANGE);
	opt.data_bytes = 0;
	opt.interval_ns = -1;
	assert_int_equal(icmpkit_ping_new(&ping, &opt, 0), ICMPKIT_ERR_RANGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_request_gets_its_reply),
		cmocka_unit_test(silence_is_a_timeout_each),
		cmocka_unit_test(an_error_is_a_verdict),
		cmocka_unit_test(a_second_reply_is_a_duplicate_and_does_not_count_as_received),
		cmocka_unit_test(a_reply_behind_the_timeout_is_late),
		cmocka_unit_test(changed_data_are_marked_corrupt),
		cmocka_unit_test(a_refusal_by_the_system_is_a_verdict),
		cmocka_unit_test(a_day_of_pings_does_not_drift_and_the_wire_sequence_wraps),
		cmocka_unit_test(more_than_65536_may_be_outstanding_and_each_reply_finds_its_own),
		cmocka_unit_test(what_does_not_fit_the_maximum_is_held_back),
		cmocka_unit_test(stop_ends_sending_and_the_deadline_ends_waiting),
		cmocka_unit_test(stop_waits_as_long_as_replies_took_and_not_for_the_whole_timeout),
		cmocka_unit_test(a_full_ledger_waits_for_its_oldest_probe_and_not_in_circles),
		cmocka_unit_test(targets_take_turns),
		cmocka_unit_test(requests_without_data_work),
		cmocka_unit_test(options_that_cannot_be_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
