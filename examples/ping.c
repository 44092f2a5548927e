/* SPDX-License-Identifier: BSD-2-Clause */
/* Pings this host three times: what a program needs that links the library. Usage: ping [ADDRESS] */
#include <stdio.h>

#include <icmpkit/icmpkit.h>

/* Meson's word for a test that cannot run here. */
#define SKIPPED 77

static int print_events(void *context, int64_t now_ns)
{
	struct icmpkit_ping_event event;

	while (icmpkit_ping_next_event(context, now_ns, &event)) {
		if (event.kind == ICMPKIT_PING_REPLY)
			(void)printf("reply %llu after %lld ns\n", (unsigned long long)event.sequence,
				     (long long)event.rtt_ns);
		else
			(void)printf("no reply to %llu\n", (unsigned long long)event.sequence);
	}
	return 0;
}

static void stop(void *context, int64_t now_ns)
{
	icmpkit_ping_stop(context, now_ns);
}

/* The engine says what to send and when; the network sends and receives; the prober joins the two. */
static int ping(struct icmpkit_network *network, const struct icmpkit_address *address)
{
	struct icmpkit_ping_target target = {.address = *address};
	struct icmpkit_ping_options opt =
		ICMPKIT_PING_OPTIONS(.targets = &target, .target_count = 1, .count = 3,
				     .interval_ns = 100 * ICMPKIT_NS_PER_MS);
	struct icmpkit_ping_statistics statistics;
	struct icmpkit_ping *engine;

	if (icmpkit_network_identity(network, address, &opt.identity) < 0)
		return 1;
	target.identifier = opt.identity.identifier;
	if (icmpkit_ping_new(&engine, &opt, icmpkit_network_now_ns()) < 0)
		return 1;
	struct icmpkit_prober prober = {
		.engine = icmpkit_ping_engine(engine),
		.network = network,
		.on_progress = print_events,
		.on_stop = stop,
		.context = engine,
	};
	int err = icmpkit_prober_run(&prober);

	icmpkit_ping_statistics(engine, 0, &statistics);
	icmpkit_ping_free(engine);
	return err == 0 && statistics.received == 3 ? 0 : 1;
}

int main(int argc, char **argv)
{
	char why[ICMPKIT_NETWORK_WHY_MAX];
	struct icmpkit_network_options opt =
		ICMPKIT_NETWORK_OPTIONS(.ipv4 = true, .ipv6 = true, .icmp = true);
	struct icmpkit_network *network;
	struct icmpkit_address address;

	if (icmpkit_network_open(&network, &opt, why) < 0) {
		(void)fprintf(stderr, "%s\n", why);
		return SKIPPED;
	}
	int status = 1;

	/* All sockets are open: nothing more is needed to read what strangers send. */
	if (icmpkit_privileges_drop() == 0 &&
	    icmpkit_address_parse(argc > 1 ? argv[1] : "127.0.0.1", &address) == 0)
		status = ping(network, &address);
	icmpkit_network_close(network);
	return status;
}
