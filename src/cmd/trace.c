/* SPDX-License-Identifier: BSD-2-Clause */
/* icmp trace */
#include <errno.h>
#include <string.h>

#include "cmd/targets.h"

#define DEFAULT_MAX_TTL 30
#define DEFAULT_QUERIES 3
#define DEFAULT_WAIT_NS (5 * ICMPKIT_NS_PER_S)
#define DEFAULT_SILENT_MAX 8
#define WAIT_MAX_NS (INT64_C(3600) * ICMPKIT_NS_PER_S)
/* How long names of hops are waited for behind the last probe. */
#define NAMES_WAIT_NS (3 * ICMPKIT_NS_PER_S)

struct trace_settings {
	struct common_settings common;
	uint64_t first_ttl;
	uint64_t max_ttl;
	uint64_t queries;
	uint64_t silent_max;
	uint64_t port;
	uint64_t traffic_class;
	int64_t wait_ns;
	int64_t spacing_ns;
	int method; /* enum icmpkit_method */
	const char *file;
};

#define AT(member) offsetof(struct trace_settings, member)

static const char *const method_words[] = {
	[ICMPKIT_METHOD_ICMP] = "icmp",
	[ICMPKIT_METHOD_UDP] = "udp",
	[ICMPKIT_METHOD_TCP] = "tcp",
	[ICMPKIT_METHOD_TCP + 1] = NULL,
};

static const struct command_option options[] = {
	{'f', "first", "N", "the first TTL (1)", OPTION_NUMBER, AT(first_ttl), 1, 255, NULL},
	{'m', "max-ttl", "N", "the last TTL (30)", OPTION_NUMBER, AT(max_ttl), 1, 255, NULL},
	{'q', "queries", "N", "probes to each hop (3)", OPTION_NUMBER, AT(queries), 1,
	 ICMPKIT_TRACE_MAX_QUERIES, NULL},
	{'w', "wait", "TIME", "the longest wait for an answer (5s)", OPTION_SECONDS, AT(wait_ns),
	 ICMPKIT_NS_PER_MS, WAIT_MAX_NS, NULL},
	{'z', "pause", "TIME", "between two probes (1ms)", OPTION_SECONDS, AT(spacing_ns), ICMPKIT_NS_PER_US,
	 WAIT_MAX_NS, NULL},
	{0, "silent", "N", "stop after N silent hops (8); 255: never", OPTION_NUMBER, AT(silent_max), 1, 255,
	 NULL},
	{0, "method", "HOW", "icmp, udp or tcp (icmp)", OPTION_CHOICE, AT(method), 0, 0, method_words},
	{'I', "icmp", NULL, "like --method icmp", OPTION_SET, AT(method), ICMPKIT_METHOD_ICMP, 0, NULL},
	{'U', "udp", NULL, "like --method udp", OPTION_SET, AT(method), ICMPKIT_METHOD_UDP, 0, NULL},
	{'T', "tcp", NULL, "like --method tcp", OPTION_SET, AT(method), ICMPKIT_METHOD_TCP, 0, NULL},
	{'p', "port", "N", "destination port (UDP 33434, TCP 80)", OPTION_NUMBER, AT(port), 1, 65535, NULL},
	{'t', "tos", "N", "traffic class: DSCP and ECN as one octet", OPTION_NUMBER, AT(traffic_class), 0,
	 255, NULL},
	{0, "file", "FILE", "more targets, one a line; - is standard input", OPTION_TEXT, AT(file), 0, 0,
	 NULL},
	OPTION_ROW_INTERFACE('i'),
	OPTION_ROW_SOURCE('s'),
	OPTION_ROW_MARK(0),
};

/** @next_hop: the first that is not printed yet. @done_hop: the last that may be. */
struct trace_run {
	struct measurement m;
	struct trace_settings settings;
	struct targets targets;
	const struct icmpkit_trace_format *format;
	struct icmpkit_trace *trace;
	struct icmpkit_trace_view view;
	unsigned int next_hop;
	unsigned int done_hop;
};

/* Asks for the names of a hop. Return: are all known, or known not to be? */
static bool has_all_names(const struct trace_run *run, unsigned int ttl)
{
	char unused[1];
	bool is_known = true;

	for (uint8_t query = 0; run->m.shown.names != NULL && query < run->view.queries; query++) {
		const struct icmpkit_trace_reply *reply =
			icmpkit_trace_reply_at(run->trace, (uint8_t)ttl, query);

		if (reply != NULL && reply->from.family != ICMPKIT_FAMILY_NONE &&
		    icmpkit_reverse_names_get(run->m.shown.names, &reply->from, unused, sizeof(unused)) ==
			    -EAGAIN)
			is_known = false;
	}
	return is_known;
}

static int print_hop(struct trace_run *run)
{
	run->format->hop(&run->m.text, &run->m.shown, &run->view, (uint8_t)run->next_hop++);
	return icmpkit_measurement_print(&run->m);
}

/* The hops that are done, in their order; one whose names are being looked up holds back those behind it. */
static int print_hops(struct trace_run *run)
{
	int err = 0;

	while (err == 0 && run->next_hop <= run->done_hop && has_all_names(run, run->next_hop))
		err = print_hop(run);
	return err;
}

static void show_progress(struct trace_run *run, int64_t now_ns)
{
	char line[128];
	struct icmpkit_text text;

	if (!run->m.progress.is_possible)
		return;
	icmpkit_text_init(&text, line, sizeof(line));
	icmpkit_text_put(&text, "waiting for hop ");
	icmpkit_text_put_unsigned(&text, run->done_hop + 1);
	icmpkit_progress_show_often(&run->m.progress, now_ns, line);
}

static int take_events(void *context, int64_t now_ns)
{
	struct trace_run *run = context;
	struct icmpkit_trace_event event;
	int err = 0;

	while (err == 0 && icmpkit_trace_next_event(run->trace, now_ns, &event)) {
		/* Look its names up while the other answers come. */
		if (event.kind == ICMPKIT_TRACE_ANSWER)
			(void)has_all_names(run, event.reply.ttl);
		if (event.kind == ICMPKIT_TRACE_HOP)
			run->done_hop = event.ttl;
		err = print_hops(run);
		show_progress(run, now_ns);
	}
	return err;
}

static void stop(void *context, int64_t now_ns)
{
	struct trace_run *run = context;

	icmpkit_trace_stop(run->trace, now_ns);
}

/* SIGQUIT: how far it is. */
static void show_status(void *context, int64_t now_ns)
{
	struct trace_run *run = context;
	struct icmpkit_trace_summary summary;

	(void)now_ns;
	icmpkit_trace_summarise(run->trace, &summary);
	icmpkit_complain(run->m.command->name, "%s: %u probes sent, answers up to hop %u so far",
			 run->view.target.name, (unsigned int)summary.probes, (unsigned int)summary.hops);
}

static int begin(struct trace_run *run, const struct icmpkit_subject *target)
{
	const struct trace_settings *settings = &run->settings;
	struct icmpkit_trace_options opt =
		ICMPKIT_TRACE_OPTIONS(.target = target->address,
				      .method = (enum icmpkit_method)settings->method,
				      .first_ttl = (uint8_t)settings->first_ttl,
				      .max_ttl = (uint8_t)settings->max_ttl,
				      .queries = (uint8_t)settings->queries,
				      .silent_max = (uint8_t)settings->silent_max,
				      .wait_ns = settings->wait_ns, .spacing_ns = settings->spacing_ns,
				      .dst_port = (uint16_t)settings->port,
				      .traffic_class = (uint8_t)settings->traffic_class);
	int err = icmpkit_network_identity(run->m.network, &target->address, &opt.identity);

	if (err == 0)
		err = icmpkit_trace_new(&run->trace, &opt, icmpkit_network_now_ns());
	if (err < 0) {
		icmpkit_complain(run->m.command->name, "%s: %s", target->name, icmpkit_error_words(err));
		return err;
	}
	run->view = (struct icmpkit_trace_view){
		.trace = run->trace,
		.opt = opt,
		.target = *target,
		.queries = opt.queries,
		.max_ttl = opt.max_ttl,
	};
	run->next_hop = opt.first_ttl;
	run->done_hop = opt.first_ttl - 1U;
	return 0;
}

static int finish(struct trace_run *run)
{
	int err = 0;

	if (run->m.shown.names != NULL && run->next_hop <= run->done_hop)
		icmpkit_reverse_names_wait(run->m.shown.names, NAMES_WAIT_NS);
	while (err == 0 && run->next_hop <= run->done_hop)
		err = print_hop(run);
	if (err < 0)
		return err;
	run->format->end(&run->m.text, &run->view);
	return icmpkit_measurement_print(&run->m);
}

/* Return: 1 when the target was reached, 0 when not, or negative: complained of. */
static int trace_one(struct trace_run *run, const struct icmpkit_subject *target)
{
	struct icmpkit_trace_summary summary;
	int err = begin(run, target);

	if (err < 0)
		return err;
	struct icmpkit_prober prober = {
		.engine = icmpkit_trace_engine(run->trace),
		.network = run->m.network,
		.on_progress = take_events,
		.on_stop = stop,
		.on_status = show_status,
		.context = run,
	};

	run->format->begin(&run->m.text, &run->view);
	err = icmpkit_measurement_print(&run->m);
	if (err == 0)
		err = icmpkit_measurement_run(&run->m, &prober);
	if (err == 0)
		err = finish(run);
	icmpkit_trace_summarise(run->trace, &summary);
	if (run->settings.common.is_verbose)
		icmpkit_complain(run->m.command->name, "%s: %u arrivals refused: they fit no probe",
				 target->name, (unsigned int)summary.refused);
	icmpkit_trace_free(run->trace);
	if (err < 0)
		return err;
	return summary.stop == ICMPKIT_TRACE_STOP_ASKED ? -EINTR : summary.reached;
}

static int trace_all(struct trace_run *run, char **names)
{
	bool is_every_one_reached = true;
	int reached = 0;

	run->format = run->settings.common.is_json ? &icmpkit_trace_json : &icmpkit_trace_text;
	if (icmpkit_targets_read(&run->targets, &run->m, names, run->settings.file) < 0)
		return EXIT_NOT_ASKED;
	for (size_t i = 0; reached >= 0 && i < run->targets.count; i++) {
		reached = trace_one(run, &run->targets.subjects[i]);
		is_every_one_reached = is_every_one_reached && reached > 0;
	}
	icmpkit_measurement_account(&run->m, run->targets.subjects[0].address.family,
				    (enum icmpkit_method)run->settings.method);
	icmpkit_targets_free(&run->targets);
	if (reached < 0 && reached != -EINTR)
		return EXIT_NOT_ASKED;
	return is_every_one_reached ? EXIT_YES : EXIT_NO;
}

static bool is_possible(const struct trace_settings *settings, char **names)
{
	const char *name = icmpkit_command_trace.name;

	if (settings->first_ttl > settings->max_ttl)
		icmpkit_complain(name, "--first %llu is beyond the last TTL, --max-ttl %llu",
				 (unsigned long long)settings->first_ttl,
				 (unsigned long long)settings->max_ttl);
	else if (settings->port != 0 && settings->method == ICMPKIT_METHOD_ICMP)
		icmpkit_complain(name, "--port %llu: ICMP has no ports; say --method udp or tcp",
				 (unsigned long long)settings->port);
	else if (names[0] == NULL && settings->file == NULL)
		icmpkit_complain(name, "say where to; see icmp trace --help");
	else
		return true;
	return false;
}

static int run_trace(int argc, char **argv)
{
	struct trace_run run = {
		.settings =
			{
				.first_ttl = 1,
				.max_ttl = DEFAULT_MAX_TTL,
				.queries = DEFAULT_QUERIES,
				.silent_max = DEFAULT_SILENT_MAX,
				.wait_ns = DEFAULT_WAIT_NS,
			},
	};
	int first;
	int status = icmpkit_options_read(&icmpkit_command_trace, &run.settings, argc, argv, &first);

	if (status >= 0)
		return status;
	if (!is_possible(&run.settings, argv + first))
		return EXIT_NOT_ASKED;
	struct icmpkit_network_options network = {
		.icmp = run.settings.method == ICMPKIT_METHOD_ICMP,
		.udp = run.settings.method == ICMPKIT_METHOD_UDP,
		.tcp = run.settings.method == ICMPKIT_METHOD_TCP,
		.access = ICMPKIT_ACCESS_RAW_FIRST,
	};

	if (icmpkit_measurement_open(&run.m, &icmpkit_command_trace, &run.settings.common, network) < 0)
		return EXIT_NOT_ASKED;
	status = trace_all(&run, argv + first);
	icmpkit_measurement_close(&run.m);
	return status;
}

const struct command icmpkit_command_trace = {
	.name = "trace",
	.arguments = "TARGET...",
	.summary = "the routers on the way to a target",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run_trace,
};
