/* SPDX-License-Identifier: BSD-2-Clause */
/* The loop with an engine made by hand, over the loopback interface: who is called when, and what signals do.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <icmpkit/prober.h>

/* Nobody listens there (tcpmux was never used with UDP). */
#define CLOSED_PORT 1
#define HOUR_NS (INT64_C(3600) * ICMPKIT_NS_PER_S)

/* An engine that sends so many probes and ends with so many arrivals; and what has become of it. */
struct made_engine {
	unsigned int to_send;
	unsigned int to_receive;
	int send_error;
	struct icmpkit_address target;
	unsigned int sent;
	unsigned int arrivals[ICMPKIT_ARRIVAL_TCP + 1];
	struct icmpkit_arrival last;
	bool is_finished;
	/* what on_progress does at its first two calls, and what on_stop does */
	int raise_first;
	int raise_second;
	int raise_at_stop;
	int progress_error;
	bool stop_ends;
	bool was_masked;
	unsigned int progresses;
	unsigned int stops;
	unsigned int statuses;
};

static int64_t engine_deadline_ns(const void *self)
{
	const struct made_engine *engine = self;

	if (engine->is_finished)
		return ICMPKIT_NEVER_NS;
	return icmpkit_network_now_ns() + (engine->sent < engine->to_send ? 0 : HOUR_NS);
}

static int engine_send(void *self, int64_t now_ns, uint8_t *buf, size_t cap, struct icmpkit_probe *out)
{
	struct made_engine *engine = self;

	(void)now_ns;
	assert_int_equal(cap, ICMPKIT_PROBE_MAX_BYTES);
	if (engine->send_error < 0)
		return engine->send_error;
	if (engine->is_finished || engine->sent == engine->to_send)
		return 0;
	buf[0] = 'x';
	*out = (struct icmpkit_probe){
		.token = 500 + engine->sent++,
		.method = ICMPKIT_METHOD_UDP,
		.to = engine->target,
		.dst_port = CLOSED_PORT,
		.traffic_class = -1,
		.len = 1,
	};
	return 1;
}

static void engine_receive(void *self, int64_t now_ns, const struct icmpkit_arrival *arrival)
{
	struct made_engine *engine = self;

	(void)now_ns;
	engine->arrivals[arrival->kind]++;
	engine->last = *arrival;
	if (arrival->kind != ICMPKIT_ARRIVAL_SENT && engine->to_receive > 0)
		engine->is_finished = --engine->to_receive == 0;
}

static const struct icmpkit_engine_operations operations = {
	.name = "made by hand",
	.deadline_ns = engine_deadline_ns,
	.send = engine_send,
	.receive = engine_receive,
};

static bool is_blocked(int number)
{
	sigset_t mask;

	assert_int_equal(pthread_sigmask(SIG_SETMASK, NULL, &mask), 0);
	return sigismember(&mask, number) == 1;
}

static int on_progress(void *context, int64_t now_ns)
{
	struct made_engine *engine = context;

	(void)now_ns;
	engine->was_masked = is_blocked(SIGINT) && is_blocked(SIGTERM) && is_blocked(SIGQUIT);
	int number = engine->progresses == 0 ? engine->raise_first : engine->raise_second;

	if (engine->progresses++ < 2 && number != 0)
		assert_int_equal(raise(number), 0);
	return engine->progress_error;
}

static void on_stop(void *context, int64_t now_ns)
{
	struct made_engine *engine = context;

	(void)now_ns;
	engine->stops++;
	engine->is_finished = engine->stop_ends;
	if (engine->raise_at_stop != 0)
		assert_int_equal(raise(engine->raise_at_stop), 0);
}

static void on_status(void *context, int64_t now_ns)
{
	struct made_engine *engine = context;

	(void)now_ns;
	engine->statuses++;
	engine->is_finished = true;
}

static struct icmpkit_network *open_network(void)
{
	struct icmpkit_network_options opt =
		ICMPKIT_NETWORK_OPTIONS(.ipv4 = true, .udp = true, .access = ICMPKIT_ACCESS_UNPRIVILEGED);
	struct icmpkit_network *network;
	char why[ICMPKIT_NETWORK_WHY_MAX];

	assert_int_equal(icmpkit_network_open(&network, &opt, why), 0);
	return network;
}

static int run(struct made_engine *engine)
{
	struct icmpkit_network *network = open_network();
	struct icmpkit_prober prober = {
		.engine = {&operations, engine},
		.network = network,
		.on_progress = on_progress,
		.on_stop = on_stop,
		.on_status = on_status,
		.context = engine,
	};

	if (engine->target.family == ICMPKIT_FAMILY_NONE)
		assert_int_equal(icmpkit_address_parse("127.0.0.1", &engine->target), 0);
	int result = icmpkit_prober_run(&prober);

	icmpkit_network_close(network);
	return result;
}

static void the_run_ends_when_the_engine_has_finished(void **state)
{
	struct made_engine engine = {.to_send = 3, .to_receive = 3};

	(void)state;
	assert_int_equal(run(&engine), 0);
	assert_int_equal(engine.sent, 3);
	assert_int_equal(engine.arrivals[ICMPKIT_ARRIVAL_ICMP], 3);
	assert_int_equal(engine.arrivals[ICMPKIT_ARRIVAL_SEND_FAILED], 0);
	/* after each arrival, and after each step */
	assert_true(engine.progresses > 3);
	assert_int_equal(engine.stops, 0);
	assert_int_equal(engine.statuses, 0);
}

static void an_engine_that_has_finished_already_is_not_waited_for(void **state)
{
	struct made_engine engine = {.is_finished = true};

	(void)state;
	assert_int_equal(run(&engine), 0);
	assert_int_equal(engine.progresses, 1);
}

static void progress_need_not_be_told(void **state)
{
	struct made_engine engine = {.to_send = 1, .to_receive = 1};
	struct icmpkit_network *network = open_network();
	struct icmpkit_prober prober = {.engine = {&operations, &engine}, .network = network};

	(void)state;
	assert_int_equal(icmpkit_address_parse("127.0.0.1", &engine.target), 0);
	assert_int_equal(icmpkit_prober_run(&prober), 0);
	assert_int_equal(engine.arrivals[ICMPKIT_ARRIVAL_ICMP], 1);
	icmpkit_network_close(network);
}

static void an_error_of_on_progress_ends_the_run(void **state)
{
	struct made_engine engine = {.to_send = 3, .progress_error = -EPIPE};

	(void)state;
	assert_int_equal(run(&engine), -EPIPE);
	assert_int_equal(engine.progresses, 1);
}

static void an_error_of_the_engine_ends_the_run(void **state)
{
	struct made_engine engine = {.send_error = ICMPKIT_ERR_NO_SPACE};

	(void)state;
	assert_int_equal(run(&engine), ICMPKIT_ERR_NO_SPACE);
}

static void what_the_system_refuses_is_told_to_the_engine(void **state)
{
	struct made_engine engine = {.to_send = 1, .to_receive = 1};

	(void)state;
	assert_int_equal(icmpkit_address_parse("::1", &engine.target), 0);
	assert_int_equal(run(&engine), 0);
	assert_int_equal(engine.arrivals[ICMPKIT_ARRIVAL_SEND_FAILED], 1);
	assert_int_equal(engine.last.error, -EAFNOSUPPORT);
	assert_int_equal(engine.last.token, 500);
}

static void the_first_signal_to_stop_is_told_once(void **state)
{
	static const int numbers[] = {SIGINT, SIGTERM};

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct made_engine engine = {.raise_first = numbers[i], .stop_ends = true};

		assert_int_equal(run(&engine), 0);
		assert_int_equal(engine.stops, 1);
		assert_int_equal(engine.statuses, 0);
		assert_true(engine.was_masked);
	}
}

static void a_second_signal_ends_the_run_at_once(void **state)
{
	static const int numbers[] = {SIGINT, SIGTERM};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct made_engine engine = {.raise_first = numbers[i % 2], .raise_at_stop = numbers[i / 2]};

		assert_int_equal(run(&engine), -EINTR);
		assert_int_equal(engine.stops, 1);
	}
}

static void sigquit_asks_for_the_status_and_stops_nothing(void **state)
{
	struct made_engine engine = {.raise_first = SIGQUIT};

	(void)state;
	assert_int_equal(run(&engine), 0);
	assert_int_equal(engine.statuses, 1);
	assert_int_equal(engine.stops, 0);
}

static void without_on_status_sigquit_does_nothing(void **state)
{
	struct made_engine engine = {.raise_first = SIGQUIT, .raise_second = SIGINT, .stop_ends = true};
	struct icmpkit_network *network = open_network();
	struct icmpkit_prober prober = {
		.engine = {&operations, &engine},
		.network = network,
		.on_progress = on_progress,
		.on_stop = on_stop,
		.context = &engine,
	};

	(void)state;
	assert_int_equal(icmpkit_prober_run(&prober), 0);
	assert_int_equal(engine.progresses, 3);
	assert_int_equal(engine.stops, 1);
	icmpkit_network_close(network);
}

static void ignore_signal(int number)
{
	(void)number;
}

static void handlers_and_mask_are_as_before_afterwards(void **state)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGQUIT};
	struct sigaction ours = {.sa_handler = ignore_signal, .sa_flags = SA_RESTART};
	struct made_engine engine = {.raise_first = SIGINT, .stop_ends = true};
	sigset_t usr1;
	sigset_t before;

	(void)state;
	(void)sigemptyset(&usr1);
	(void)sigaddset(&usr1, SIGUSR1);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(sigaction(numbers[i], &ours, NULL), 0);
	assert_int_equal(pthread_sigmask(SIG_BLOCK, &usr1, &before), 0);
	assert_int_equal(run(&engine), 0);
	assert_true(is_blocked(SIGUSR1));
	for (size_t i = 0; i < 3; i++) {
		struct sigaction now;

		assert_int_equal(sigaction(numbers[i], NULL, &now), 0);
		assert_ptr_equal(now.sa_handler, ignore_signal);
		assert_true((now.sa_flags & SA_RESTART) != 0);
		assert_false(is_blocked(numbers[i]));
		assert_true(signal(numbers[i], SIG_DFL) != SIG_ERR);
	}
	assert_int_equal(pthread_sigmask(SIG_SETMASK, &before, NULL), 0);
}

static void a_signal_is_heeded_though_something_arrives_all_the_time(void **state)
{
	/* Every probe has been answered when the loop looks again: there is always something to read. */
	struct made_engine engine = {.to_send = 20000, .raise_first = SIGINT, .stop_ends = true};

	(void)state;
	assert_int_equal(run(&engine), 0);
	assert_int_equal(engine.stops, 1);
	assert_true(engine.sent < engine.to_send);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_run_ends_when_the_engine_has_finished),
		cmocka_unit_test(an_engine_that_has_finished_already_is_not_waited_for),
		cmocka_unit_test(progress_need_not_be_told),
		cmocka_unit_test(an_error_of_on_progress_ends_the_run),
		cmocka_unit_test(an_error_of_the_engine_ends_the_run),
		cmocka_unit_test(what_the_system_refuses_is_told_to_the_engine),
		cmocka_unit_test(the_first_signal_to_stop_is_told_once),
		cmocka_unit_test(a_second_signal_ends_the_run_at_once),
		cmocka_unit_test(sigquit_asks_for_the_status_and_stops_nothing),
		cmocka_unit_test(without_on_status_sigquit_does_nothing),
		cmocka_unit_test(handlers_and_mask_are_as_before_afterwards),
		cmocka_unit_test(a_signal_is_heeded_though_something_arrives_all_the_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
