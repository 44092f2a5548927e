/* SPDX-License-Identifier: BSD-2-Clause */
/** prober.h - The loop that joins an engine with the network: for programs that have no loop of their own. */
#ifndef ICMPKIT_PROBER_H
#define ICMPKIT_PROBER_H

#include <icmpkit/network.h>
#include <icmpkit/probe.h>

/**
 * struct icmpkit_prober - What to run. All borrowed.
 * @on_progress: called after every step, to take the engine's events; may be NULL. Return: 0, or a negative
 *               error, which ends the run.
 * @on_stop:     called once when a stop was asked for (SIGINT, SIGTERM); it should stop the engine. A second
 *               signal ends the loop at once.
 * @on_status:   called on SIGQUIT; may be NULL.
 */
struct icmpkit_prober {
	struct icmpkit_engine engine;
	struct icmpkit_network *network;
	int (*on_progress)(void *context, int64_t now_ns);
	void (*on_stop)(void *context, int64_t now_ns);
	void (*on_status)(void *context, int64_t now_ns);
	void *context;
};

/**
 * icmpkit_prober_run() - Run until the engine has finished (its deadline is ICMPKIT_NEVER_NS).
 *
 * Installs handlers for SIGINT, SIGTERM and SIGQUIT while it runs, and puts the old ones back.
 *
 * Return: 0, or -EINTR when a second signal ended it, or what @on_progress gave, or another -errno.
 */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_prober_run(const struct icmpkit_prober *prober);

#endif
