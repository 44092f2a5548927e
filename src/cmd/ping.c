/* SPDX-License-Identifier: BSD-2-Clause */
/* icmp ping */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/targets.h"

#define DEFAULT_DATA_BYTES 56
#define DATA_BYTES_MAX 65507
#define INTERVAL_MIN_NS ICMPKIT_NS_PER_US
/* A user who may not open raw sockets may not flood either; iputils has the same bound. */
#define USER_INTERVAL_MIN_NS (2 * ICMPKIT_NS_PER_MS)
#define TIME_MAX_NS (INT64_C(86400) * ICMPKIT_NS_PER_S)
/* Requests to different targets that are due together are sent this far apart. */
#define SPACING_NS (10 * ICMPKIT_NS_PER_US)

struct ping_settings {
	struct common_settings common;
	uint64_t count;
	int64_t interval_ns;
	int64_t timeout_ns;
	int64_t deadline_ns;
	uint64_t data_bytes;
	uint64_t ttl;
	uint64_t traffic_class;
	bool is_quiet;
	bool has_timestamps;
	const char *file;
};

#define AT(member) offsetof(struct ping_settings, member)

static const struct command_option options[] = {
	{'c', "count", "N", "stop after N requests to each target", OPTION_NUMBER, AT(count), 1, INT64_MAX,
	 NULL},
	{'i', "interval", "TIME", "between two requests to a target (1s)", OPTION_SECONDS, AT(interval_ns),
	 INTERVAL_MIN_NS, TIME_MAX_NS, NULL},
	{'W', "timeout", "TIME", "how long to wait for a reply (1s)", OPTION_SECONDS, AT(timeout_ns),
	 ICMPKIT_NS_PER_MS, TIME_MAX_NS, NULL},
	{'w', "deadline", "TIME", "stop after this time, whatever has come", OPTION_SECONDS, AT(deadline_ns),
	 ICMPKIT_NS_PER_MS, 100 * TIME_MAX_NS, NULL},
	{'s', "size", "BYTES", "data in a request (56)", OPTION_NUMBER, AT(data_bytes), 0, DATA_BYTES_MAX,
	 NULL},
	{'t', "ttl", "N", "TTL or hop limit of the requests", OPTION_NUMBER, AT(ttl), 1, 255, NULL},
	{'Q', "tos", "N", "traffic class: DSCP and ECN as one octet", OPTION_NUMBER, AT(traffic_class), 0,
	 255, NULL},
	{'q', "quiet", NULL, "only the statistics at the end", OPTION_FLAG, AT(is_quiet), 0, 0, NULL},
	{'D', "timestamps", NULL, "put the time in front of each line", OPTION_FLAG, AT(has_timestamps), 0, 0,
	 NULL},
	{0, "file", "FILE", "more targets, one a line; - is standard input", OPTION_TEXT, AT(file), 0, 0,
	 NULL},
	OPTION_ROW_INTERFACE('I'),
	OPTION_ROW_SOURCE('S'),
	OPTION_ROW_MARK('m'),
};

struct ping_run {
	struct measurement m;
	struct ping_settings settings;
	struct targets targets;
	const struct icmpkit_ping_format *format;
	struct icmpkit_ping *ping;
};

static void show_progress(struct ping_run *run, int64_t now_ns)
{
	char line[128];
	struct icmpkit_text text;
	uint64_t sent = 0;
	uint64_t received = 0;

	if (!run->settings.is_quiet || !run->m.progress.is_possible)
		return;
	for (size_t i = 0; i < run->targets.count; i++) {
		struct icmpkit_ping_statistics s;

		icmpkit_ping_statistics(run->ping, i, &s);
		sent += s.sent;
		received += s.received;
	}
	icmpkit_text_init(&text, line, sizeof(line));
	icmpkit_text_put_unsigned(&text, sent);
	icmpkit_text_put(&text, " sent, ");
	icmpkit_text_put_unsigned(&text, received);
	icmpkit_text_put(&text, " received");
	icmpkit_progress_show_often(&run->m.progress, now_ns, line);
}

static int take_events(void *context, int64_t now_ns)
{
	struct ping_run *run = context;
	struct icmpkit_ping_event event;
	int err = 0;

	while (err == 0 && icmpkit_ping_next_event(run->ping, now_ns, &event)) {
		run->format->event(&run->m.text, &run->m.shown, run->targets.subjects, run->targets.count,
				   &event);
		err = icmpkit_measurement_print(&run->m);
		show_progress(run, now_ns);
	}
	return err;
}

static void stop(void *context, int64_t now_ns)
{
	struct ping_run *run = context;

	icmpkit_ping_stop(run->ping, now_ns);
}

/* SIGQUIT. For programs it is a line like the others; for people it goes beside the replies. */
static void show_status(void *context, int64_t now_ns)
{
	struct ping_run *run = context;
	struct icmpkit_ping_statistics s;

	(void)now_ns;
	for (size_t i = 0; i < run->targets.count; i++) {
		icmpkit_ping_statistics(run->ping, i, &s);
		run->format->status(&run->m.text, &run->targets.subjects[i], &s);
		/* A broken output ends the run at the next event. */
		int err = run->settings.common.is_json ? icmpkit_measurement_print(&run->m)
						       : icmpkit_out_flush(&run->m.text, STDERR_FILENO);

		if (err < 0)
			return;
	}
}

static int show_summaries(struct ping_run *run)
{
	struct icmpkit_ping_statistics s;
	int err;

	run->format->end(&run->m.text, run->targets.count);
	err = icmpkit_measurement_print(&run->m);
	for (size_t i = 0; err == 0 && i < run->targets.count; i++) {
		icmpkit_ping_statistics(run->ping, i, &s);
		run->format->summary(&run->m.text, &run->targets.subjects[i], run->targets.count, &s);
		err = icmpkit_measurement_print(&run->m);
	}
	return err;
}

/* What the run turned away, if it matters or the user asked for it. */
static void account(struct ping_run *run)
{
	struct icmpkit_ping_counters counters;

	icmpkit_ping_counters(run->ping, &counters);
	if (counters.skipped > 0)
		icmpkit_complain(
			run->m.command->name,
			"%llu requests were not sent: this host was busy for longer than an interval",
			(unsigned long long)counters.skipped);
	if (run->settings.common.is_verbose)
		icmpkit_complain(run->m.command->name, "%llu arrivals refused: they fit no request",
				 (unsigned long long)counters.refused);
	icmpkit_measurement_account(&run->m, run->targets.subjects[0].address.family, ICMPKIT_METHOD_ICMP);
}

static bool has_every_target_answered(const struct ping_run *run)
{
	struct icmpkit_ping_statistics s;

	for (size_t i = 0; i < run->targets.count; i++) {
		icmpkit_ping_statistics(run->ping, i, &s);
		if (s.received == 0)
			return false;
	}
	return true;
}

/* The identity of the run: its source counts only where it is that of every target. */
static int identify(struct ping_run *run, struct icmpkit_ping_target *targets,
		    struct icmpkit_probe_identity *out)
{
	for (size_t i = 0; i < run->targets.count; i++) {
		struct icmpkit_probe_identity identity;
		int err = icmpkit_network_identity(run->m.network, &run->targets.subjects[i].address,
						   &identity);

		if (err < 0)
			return err;
		targets[i].address = run->targets.subjects[i].address;
		targets[i].identifier = identity.identifier;
		if (i == 0)
			*out = identity;
		else if (!icmpkit_address_equal(&out->source, &identity.source))
			out->source = (struct icmpkit_address){0};
	}
	return 0;
}

static int make_engine(struct ping_run *run)
{
	const struct ping_settings *settings = &run->settings;
	struct icmpkit_ping_target *targets = calloc(run->targets.count, sizeof(*targets));
	struct icmpkit_ping_options opt =
		ICMPKIT_PING_OPTIONS(.targets = targets, .target_count = run->targets.count,
				     .count = settings->count, .interval_ns = settings->interval_ns,
				     .spacing_ns = SPACING_NS, .timeout_ns = settings->timeout_ns,
				     .deadline_ns = settings->deadline_ns,
				     .data_bytes = settings->data_bytes == 0 ? ICMPKIT_PING_NO_DATA
									     : (uint32_t)settings->data_bytes,
				     .hop_limit = (uint8_t)settings->ttl,
				     .traffic_class = (uint8_t)settings->traffic_class);
	int err = targets == NULL ? -ENOMEM : identify(run, targets, &opt.identity);

	if (err == 0)
		err = icmpkit_ping_new(&run->ping, &opt, icmpkit_network_now_ns());
	if (err < 0)
		icmpkit_complain(run->m.command->name, "%s", icmpkit_error_words(err));
	free(targets);
	return err;
}

static int measure(struct ping_run *run)
{
	struct icmpkit_prober prober = {
		.engine = icmpkit_ping_engine(run->ping),
		.network = run->m.network,
		.on_progress = take_events,
		.on_stop = stop,
		.on_status = show_status,
		.context = run,
	};

	run->format->begin(&run->m.text, run->targets.subjects, run->targets.count,
			   (uint32_t)run->settings.data_bytes);
	int err = icmpkit_measurement_print(&run->m);

	if (err == 0)
		err = icmpkit_measurement_run(&run->m, &prober);
	/* A second interrupt ends the waiting, not the account. */
	if (err == 0 || err == -EINTR)
		err = show_summaries(run);
	account(run);
	if (err < 0)
		return EXIT_NOT_ASKED;
	return has_every_target_answered(run) ? EXIT_YES : EXIT_NO;
}

static int ping_targets(struct ping_run *run, char **names)
{
	int status = EXIT_NOT_ASKED;

	run->format = run->settings.common.is_json ? &icmpkit_ping_json : &icmpkit_ping_text;
	run->m.shown.is_quiet = run->settings.is_quiet;
	run->m.shown.has_timestamps = run->settings.has_timestamps;
	if (icmpkit_targets_read(&run->targets, &run->m, names, run->settings.file) < 0)
		return EXIT_NOT_ASKED;
	if (make_engine(run) == 0)
		status = measure(run);
	icmpkit_ping_free(run->ping);
	icmpkit_targets_free(&run->targets);
	return status;
}

static bool is_allowed(const struct ping_settings *settings)
{
	if (settings->interval_ns >= USER_INTERVAL_MIN_NS || geteuid() == 0)
		return true;
	icmpkit_complain(icmpkit_command_ping.name, "only root may ask more often than every 2ms (-i)");
	return false;
}

static int run_ping(int argc, char **argv)
{
	struct ping_run run = {
		.settings =
			{
				.interval_ns = ICMPKIT_NS_PER_S,
				.timeout_ns = ICMPKIT_NS_PER_S,
				.data_bytes = DEFAULT_DATA_BYTES,
			},
	};
	struct icmpkit_network_options network = {.icmp = true};
	int first;
	int status = icmpkit_options_read(&icmpkit_command_ping, &run.settings, argc, argv, &first);

	if (status >= 0)
		return status;
	if (argv[first] == NULL && run.settings.file == NULL) {
		icmpkit_complain(icmpkit_command_ping.name, "say whom to ping; see icmp ping --help");
		return EXIT_NOT_ASKED;
	}
	if (!is_allowed(&run.settings) ||
	    icmpkit_measurement_open(&run.m, &icmpkit_command_ping, &run.settings.common, network) < 0)
		return EXIT_NOT_ASKED;
	status = ping_targets(&run, argv + first);
	icmpkit_measurement_close(&run.m);
	return status;
}

const struct command icmpkit_command_ping = {
	.name = "ping",
	.arguments = "TARGET...",
	.summary = "echo requests to many targets at once, and their statistics",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run_ping,
};
