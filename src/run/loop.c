/* SPDX-License-Identifier: BSD-2-Clause */
/* The loop: an engine, the network and the clock. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include <icmpkit/prober.h>

/* So many arrivals, and so many probes, before the other has its turn. */
#define BATCH 64
#define SIGNALS 3
/* When the way out is full, it is tried again after this time. */
#define RETRY_NS ICMPKIT_NS_PER_MS

/* The one mutable variable of file scope: a signal handler has no other way to speak. */
static volatile sig_atomic_t signals_seen[SIGNALS];

static const int signal_numbers[SIGNALS] = {SIGINT, SIGTERM, SIGQUIT};

static void note_signal(int number)
{
	for (int i = 0; i < SIGNALS; i++) {
		if (signal_numbers[i] == number && signals_seen[i] < 2)
			signals_seen[i]++;
	}
}

struct loop {
	const struct icmpkit_prober *prober;
	uint8_t *buf;
	struct icmpkit_probe held; /* a probe that the network was too full for */
	bool is_holding;
	bool was_stopped;
	sigset_t old_mask;
	struct sigaction old_actions[SIGNALS];
};

/* Outside of the wait the signals are blocked: one that comes between looking and sleeping is not slept over.
 */
static void take_signals(struct loop *loop)
{
	struct sigaction action = {.sa_handler = note_signal};
	sigset_t ours;

	(void)sigemptyset(&ours);
	for (int i = 0; i < SIGNALS; i++) {
		signals_seen[i] = 0;
		(void)sigaddset(&ours, signal_numbers[i]);
	}
	(void)pthread_sigmask(SIG_BLOCK, &ours, &loop->old_mask);
	for (int i = 0; i < SIGNALS; i++)
		(void)sigaction(signal_numbers[i], &action, &loop->old_actions[i]);
}

/* One that waits still meets our handler: the run is over anyway, and the caller is to tell of it. */
static void give_signals_back(struct loop *loop)
{
	(void)pthread_sigmask(SIG_SETMASK, &loop->old_mask, NULL);
	for (int i = 0; i < SIGNALS; i++)
		(void)sigaction(signal_numbers[i], &loop->old_actions[i], NULL);
}

/* A wait that finds something to read ends without letting a signal in: a flood would keep it out for good.
 */
static void let_signals_in(const struct loop *loop)
{
	sigset_t ours;

	(void)pthread_sigmask(SIG_SETMASK, &loop->old_mask, &ours);
	(void)pthread_sigmask(SIG_SETMASK, &ours, NULL);
}

static int heed_signals(struct loop *loop, int64_t now_ns)
{
	const struct icmpkit_prober *prober = loop->prober;

	let_signals_in(loop);
	int stops = signals_seen[0] + signals_seen[1];

	if (stops > 1)
		return -EINTR;
	if (stops == 1 && !loop->was_stopped) {
		loop->was_stopped = true;
		prober->on_stop(prober->context, now_ns);
	}
	if (signals_seen[2] > 0) {
		signals_seen[2] = 0;
		if (prober->on_status != NULL)
			prober->on_status(prober->context, now_ns);
	}
	return 0;
}

static int progress(const struct loop *loop)
{
	const struct icmpkit_prober *prober = loop->prober;

	return prober->on_progress == NULL ? 0
					   : prober->on_progress(prober->context, icmpkit_network_now_ns());
}

/* Events are taken after each arrival: the engine keeps few. */
static int receive_batch(struct loop *loop)
{
	const struct icmpkit_engine *engine = &loop->prober->engine;
	struct icmpkit_arrival arrival;
	int err = 0;

	for (int i = 0; i < BATCH && err == 0; i++) {
		int got = icmpkit_network_receive(loop->prober->network, &arrival);

		if (got != 1)
			return got;
		engine->operations->receive(engine->self, arrival.at_ns, &arrival);
		err = progress(loop);
	}
	return err;
}

static int tell_refusal(const struct loop *loop, int err)
{
	const struct icmpkit_engine *engine = &loop->prober->engine;
	struct icmpkit_arrival refused = {
		.kind = ICMPKIT_ARRIVAL_SEND_FAILED,
		.at_ns = icmpkit_network_now_ns(),
		.stamp_ns = ICMPKIT_NEVER_NS,
		.token = loop->held.token,
		.error = err,
		.hop_limit = -1,
		.traffic_class = -1,
	};

	engine->operations->receive(engine->self, refused.at_ns, &refused);
	return progress(loop);
}

/* Return: 1 when a probe is out or refused, 0 when none is due or the way is full, or a negative error. */
static int send_one(struct loop *loop)
{
	const struct icmpkit_engine *engine = &loop->prober->engine;

	if (!loop->is_holding) {
		int due = engine->operations->send(engine->self, icmpkit_network_now_ns(), loop->buf,
						   ICMPKIT_PROBE_MAX_BYTES, &loop->held);

		if (due <= 0)
			return due;
	}
	int err = icmpkit_network_send(loop->prober->network, &loop->held, loop->buf);

	loop->is_holding = err == -EAGAIN;
	if (loop->is_holding)
		return 0;
	if (err < 0)
		err = tell_refusal(loop, err);
	return err < 0 ? err : 1;
}

static int send_batch(struct loop *loop)
{
	int sent = 1;

	for (int i = 0; i < BATCH && sent == 1; i++)
		sent = send_one(loop);
	return sent < 0 ? sent : 0;
}

static int step(struct loop *loop)
{
	const struct icmpkit_prober *prober = loop->prober;
	int err = receive_batch(loop);

	if (err == 0)
		err = send_batch(loop);
	if (err == 0)
		err = progress(loop);
	if (err < 0)
		return err;
	int64_t deadline_ns = prober->engine.operations->deadline_ns(prober->engine.self);

	if (deadline_ns == ICMPKIT_NEVER_NS)
		return 1;
	if (loop->is_holding)
		deadline_ns = icmpkit_network_now_ns() + RETRY_NS;
	err = icmpkit_network_wait(prober->network, deadline_ns, &loop->old_mask, -1);
	return err == -EINTR ? 0 : err;
}

int icmpkit_prober_run(const struct icmpkit_prober *prober)
{
	struct loop loop = {.prober = prober, .buf = malloc(ICMPKIT_PROBE_MAX_BYTES)};
	int done = 0;

	if (loop.buf == NULL)
		return -ENOMEM;
	take_signals(&loop);
	while (done == 0) {
		done = step(&loop);
		if (done == 0)
			done = heed_signals(&loop, icmpkit_network_now_ns());
	}
	give_signals_back(&loop);
	free(loop.buf);
	return done < 0 ? done : 0;
}
