/* SPDX-License-Identifier: BSD-2-Clause */
/* icmp diagnose */
#include <errno.h>
#include <string.h>

#include "cmd/measurement.h"

#define DEFAULT_MAX_TTL 30
/* How long names of hops are waited for behind the last probe. */
#define NAMES_WAIT_NS (2 * ICMPKIT_NS_PER_S)

struct diagnose_settings {
	struct common_settings common;
	uint64_t max_ttl;
	uint64_t port;
};

#define AT(member) offsetof(struct diagnose_settings, member)

static const struct command_option options[] = {
	{0, "max-ttl", "N", "how far to look (30)", OPTION_NUMBER, AT(max_ttl), 1, 255, NULL},
	{0, "port", "N", "a TCP port that the target should answer on", OPTION_NUMBER, AT(port), 1, 65535,
	 NULL},
	OPTION_ROW_INTERFACE('I'),
	OPTION_ROW_SOURCE('S'),
	OPTION_ROW_MARK('m'),
};

struct diagnose_run {
	struct measurement m;
	struct diagnose_settings settings;
	struct icmpkit_subject target;
	const struct icmpkit_diagnose_format *format;
	struct icmpkit_diagnose *diagnose;
	struct icmpkit_probe_identity identity;
	const char *step;
	unsigned int answers;
	bool is_stopped;
};

static void show_progress(struct diagnose_run *run, int64_t now_ns, enum icmpkit_diagnose_event_kind kind)
{
	char line[256];
	struct icmpkit_text text;

	if (!run->m.progress.is_possible || run->step == NULL)
		return;
	icmpkit_text_init(&text, line, sizeof(line));
	icmpkit_put_name(&text, run->target.name);
	icmpkit_text_put(&text, ": ");
	icmpkit_text_put(&text, run->step);
	icmpkit_text_put(&text, " (");
	icmpkit_text_put_unsigned(&text, run->answers);
	icmpkit_text_put(&text, " answers)");
	if (kind == ICMPKIT_DIAGNOSE_STEP)
		icmpkit_progress_show(&run->m.progress, now_ns, line);
	else
		icmpkit_progress_show_often(&run->m.progress, now_ns, line);
}

/* Names are looked up while other answers come. */
static void ask_for_name(const struct diagnose_run *run, const struct icmpkit_address *address)
{
	if (run->m.shown.names == NULL)
		return;
	char unused[1];

	(void)!icmpkit_reverse_names_get(run->m.shown.names, address, unused, sizeof(unused));
}

static void note_event(struct diagnose_run *run, const struct icmpkit_diagnose_event *event)
{
	if (event->kind == ICMPKIT_DIAGNOSE_STEP)
		run->step = event->step;
	if (event->kind != ICMPKIT_DIAGNOSE_REPLY || event->reply.from.family == ICMPKIT_FAMILY_NONE)
		return;
	run->answers++;
	ask_for_name(run, &event->reply.from);
}

static int take_events(void *context, int64_t now_ns)
{
	struct diagnose_run *run = context;
	struct icmpkit_diagnose_event event;
	int err = run->is_stopped ? -EINTR : 0;

	while (err == 0 && icmpkit_diagnose_next_event(run->diagnose, now_ns, &event)) {
		note_event(run, &event);
		run->format->event(&run->m.text, &run->m.shown, &run->target, &event);
		err = icmpkit_measurement_print(&run->m);
		show_progress(run, now_ns, event.kind);
	}
	return err;
}

/* Without all its evidence there is no verdict. */
static void stop(void *context, int64_t now_ns)
{
	struct diagnose_run *run = context;

	(void)now_ns;
	run->is_stopped = true;
}

/* SIGQUIT: how far it is. */
static void show_status(void *context, int64_t now_ns)
{
	struct diagnose_run *run = context;

	(void)now_ns;
	icmpkit_complain(run->m.command->name, "%s: %s; %u answers so far", run->target.name,
			 run->step == NULL ? "nothing asked yet" : run->step, run->answers);
}

static int show_result(struct diagnose_run *run, const struct icmpkit_diagnosis *result)
{
	if (run->m.shown.names != NULL)
		icmpkit_reverse_names_wait(run->m.shown.names, NAMES_WAIT_NS);
	run->format->end(&run->m.text, &run->m.shown, &run->target, &run->identity.source, result);
	if (icmpkit_measurement_print(&run->m) < 0)
		return EXIT_NOT_ASKED;
	return result->verdict == ICMPKIT_VERDICT_OK ? EXIT_YES : EXIT_NO;
}

static int make_engine(struct diagnose_run *run)
{
	enum icmpkit_family family = run->target.address.family;
	struct icmpkit_diagnose_options opt = ICMPKIT_DIAGNOSE_OPTIONS(
			.target = run->target.address, .name = run->target.name,
			.can_udp = icmpkit_network_has(run->m.network, family, ICMPKIT_METHOD_UDP),
			.can_tcp = icmpkit_network_has(run->m.network, family, ICMPKIT_METHOD_TCP),
			.max_ttl = (uint8_t)run->settings.max_ttl, .tcp_port = (uint16_t)run->settings.port);
	int err = icmpkit_network_identity(run->m.network, &run->target.address, &run->identity);

	opt.identity = run->identity;
	if (err == 0)
		err = icmpkit_diagnose_new(&run->diagnose, &opt, icmpkit_network_now_ns());
	if (err < 0)
		icmpkit_complain(run->m.command->name, "%s", icmpkit_error_words(err));
	return err;
}

static int measure(struct diagnose_run *run)
{
	struct icmpkit_prober prober = {
		.engine = icmpkit_diagnose_engine(run->diagnose),
		.network = run->m.network,
		.on_progress = take_events,
		.on_stop = stop,
		.on_status = show_status,
		.context = run,
	};
	int err = icmpkit_measurement_run(&run->m, &prober);

	if (err == -EINTR)
		icmpkit_complain(run->m.command->name, "%s: stopped before there was a verdict",
				 run->target.name);
	icmpkit_measurement_account(&run->m, run->target.address.family, ICMPKIT_METHOD_ICMP);
	return err < 0 ? EXIT_NOT_ASKED : show_result(run, icmpkit_diagnose_result(run->diagnose));
}

static int diagnose_target(struct diagnose_run *run)
{
	char why[ICMPKIT_NETWORK_WHY_MAX];
	struct icmpkit_diagnosis nameless;
	struct icmpkit_address literal;
	int status = EXIT_NOT_ASKED;

	run->format = run->settings.common.is_json ? &icmpkit_diagnose_json : &icmpkit_diagnose_text;
	if (icmpkit_measurement_resolve(&run->m, run->target.name, &run->target.address, why) < 0) {
		/* An address of the wrong family is the user's contradiction, no finding. */
		if (icmpkit_address_parse(run->target.name, &literal) == 0) {
			icmpkit_complain(run->m.command->name, "%s: %s", run->target.name, why);
			return EXIT_NOT_ASKED;
		}
		icmpkit_diagnosis_no_address(
			run->target.name, (enum icmpkit_family)run->settings.common.family, why, &nameless);
		return show_result(run, &nameless);
	}
	if (make_engine(run) == 0)
		status = measure(run);
	icmpkit_diagnose_free(run->diagnose);
	return status;
}

static int run_diagnose(int argc, char **argv)
{
	struct diagnose_run run = {.settings = {.max_ttl = DEFAULT_MAX_TTL}};
	struct icmpkit_network_options network = {
		.icmp = true,
		.udp = true,
		.tcp = true,
		.udp_optional = true,
		.tcp_optional = true,
		.access = ICMPKIT_ACCESS_RAW_FIRST,
	};
	int first;
	int status = icmpkit_options_read(&icmpkit_command_diagnose, &run.settings, argc, argv, &first);

	if (status >= 0)
		return status;
	if (argc - first != 1) {
		icmpkit_complain(icmpkit_command_diagnose.name, "say one target%s; see icmp diagnose --help",
				 argc - first == 0 ? "" : ", not several");
		return EXIT_NOT_ASKED;
	}
	run.target.name = argv[first];
	if (icmpkit_measurement_open(&run.m, &icmpkit_command_diagnose, &run.settings.common, network) < 0)
		return EXIT_NOT_ASKED;
	status = diagnose_target(&run);
	icmpkit_measurement_close(&run.m);
	return status;
}

const struct command icmpkit_command_diagnose = {
	.name = "diagnose",
	.arguments = "TARGET",
	.summary = "does the way to a target work; if not, what is wrong and where",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run_diagnose,
};
