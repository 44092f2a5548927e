/* SPDX-License-Identifier: BSD-2-Clause */
/* Opens a measurement, and joins it with its output. */
#include "cmd/measurement.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMES_MAX 4096
#define ADDRESSES_MAX 64

static bool wants_colour(const struct common_settings *common)
{
	const char *terminal = getenv("TERM");
	const char *no_colour = getenv("NO_COLOR");

	if (common->is_json || common->colour == COLOUR_NEVER)
		return false;
	if (common->colour == COLOUR_ALWAYS)
		return true;
	return isatty(STDOUT_FILENO) == 1 && (no_colour == NULL || no_colour[0] == '\0') &&
	       terminal != NULL && strcmp(terminal, "dumb") != 0;
}

static int open_output(struct measurement *m)
{
	char *buf = malloc(ICMPKIT_OUT_MAX);

	if (buf == NULL)
		return -ENOMEM;
	icmpkit_text_init(&m->text, buf, ICMPKIT_OUT_MAX);
	(void)setlocale(LC_CTYPE, "");
	m->shown.has_colour = wants_colour(m->common);
	m->shown.has_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	icmpkit_progress_init(&m->progress);
	if (!m->common->has_names || m->common->is_json)
		return 0;
	return icmpkit_reverse_names_new(&m->shown.names, NAMES_MAX);
}

/* ping's -I takes an address too. */
static void read_interface(struct common_settings *common)
{
	struct icmpkit_address address;

	if (common->interface == NULL || icmpkit_address_parse(common->interface, &address) < 0)
		return;
	common->source = address;
	common->interface = NULL;
}

static void name_the_network(struct icmpkit_network_options *opt, const struct common_settings *common)
{
	opt->size = sizeof(*opt);
	opt->ipv4 = common->family != ICMPKIT_IPV6;
	opt->ipv6 = common->family != ICMPKIT_IPV4;
	opt->interface = common->interface;
	opt->source = common->source;
	opt->mark = (uint32_t)common->mark;
}

int icmpkit_measurement_open(struct measurement *m, const struct command *command,
			     struct common_settings *common, struct icmpkit_network_options opt)
{
	char why[ICMPKIT_NETWORK_WHY_MAX] = "";

	*m = (struct measurement){.command = command, .common = common};
	read_interface(common);
	name_the_network(&opt, common);
	int err = icmpkit_network_open(&m->network, &opt, why);

	if (err < 0) {
		icmpkit_complain(command->name, "%s", why[0] == '\0' ? strerror(-err) : why);
		return err;
	}
	err = icmpkit_privileges_drop();
	if (err < 0)
		icmpkit_complain(command->name, "privileges cannot be given up: %s", strerror(-err));
	else if ((err = open_output(m)) < 0)
		icmpkit_complain(command->name, "%s", strerror(-err));
	if (err < 0)
		icmpkit_measurement_close(m);
	return err;
}

void icmpkit_measurement_close(struct measurement *m)
{
	icmpkit_progress_clear(&m->progress);
	icmpkit_reverse_names_free(m->shown.names);
	icmpkit_network_close(m->network);
	free(m->text.buf);
}

static bool has_way_to(const struct measurement *m, enum icmpkit_family family)
{
	return icmpkit_network_has(m->network, family, ICMPKIT_METHOD_ICMP) ||
	       icmpkit_network_has(m->network, family, ICMPKIT_METHOD_UDP) ||
	       icmpkit_network_has(m->network, family, ICMPKIT_METHOD_TCP);
}

/* What the system would make of the address: of "any" this host, of a link-local one that of the interface
 * that the user named. Return: 0, or ICMPKIT_ERR_RANGE with @why written. */
static int complete(const struct measurement *m, const char *name, struct icmpkit_address *address,
		    char why[ICMPKIT_NETWORK_WHY_MAX])
{
	if (icmpkit_address_is_unspecified(address)) {
		address->bytes[0] = address->family == ICMPKIT_IPV4 ? 127 : 0;
		address->bytes[icmpkit_address_len(address->family) - 1] = 1;
	}
	if (address->family != ICMPKIT_IPV6 || !icmpkit_address_is_link_local(address) ||
	    address->scope_id != 0)
		return 0;
	if (m->common->interface != NULL)
		address->scope_id = if_nametoindex(m->common->interface);
	if (address->scope_id != 0)
		return 0;
	(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX,
		       "a link-local address is of one interface: name it, as in %.64s%%eth0", name);
	return ICMPKIT_ERR_RANGE;
}

int icmpkit_measurement_resolve(const struct measurement *m, const char *name, struct icmpkit_address *out,
				char why[ICMPKIT_NETWORK_WHY_MAX])
{
	struct icmpkit_address found[ADDRESSES_MAX];
	/* A source address has a family; then no other can be meant. */
	enum icmpkit_family family = (enum icmpkit_family)m->common->family;

	if (m->common->source.family != ICMPKIT_FAMILY_NONE)
		family = m->common->source.family;
	int count = icmpkit_resolve(name, family, found, ADDRESSES_MAX, why);

	for (int i = 0; i < count && i < ADDRESSES_MAX; i++) {
		if (has_way_to(m, found[i].family)) {
			*out = found[i];
			return complete(m, name, out, why);
		}
	}
	if (count >= 0)
		(void)snprintf(why, ICMPKIT_NETWORK_WHY_MAX,
			       "it has no address of a family that can be used "
			       "here");
	return ICMPKIT_ERR_RANGE;
}

int icmpkit_measurement_print(struct measurement *m)
{
	if (m->output_error < 0 || m->text.len == 0)
		return m->output_error;
	icmpkit_progress_clear(&m->progress);
	int err = icmpkit_out_flush(&m->text, STDOUT_FILENO);

	if (err == -EPIPE)
		icmpkit_complain(m->command->name, "standard output: nobody reads it any more");
	else if (err < 0)
		icmpkit_complain(m->command->name, "standard output: %s", icmpkit_error_words(err));
	m->output_error = err;
	return err;
}

int icmpkit_measurement_run(struct measurement *m, const struct icmpkit_prober *prober)
{
	int err = icmpkit_prober_run(prober);

	icmpkit_progress_clear(&m->progress);
	/* A broken output has been told of, and a second signal is what the user wants. */
	if (err < 0 && err != -EINTR && m->output_error == 0)
		icmpkit_complain(m->command->name, "the measurement ended early: %s",
				 icmpkit_error_words(err));
	return err;
}

void icmpkit_measurement_account(struct measurement *m, enum icmpkit_family family,
				 enum icmpkit_method method)
{
	const char *way = icmpkit_network_way(m->network, family, method);
	struct icmpkit_network_counters counters;

	icmpkit_network_counters(m->network, &counters);
	if (counters.dropped_by_kernel > 0)
		icmpkit_complain(
			m->command->name,
			"%llu arrivals did not fit into this program's socket: what is shown as lost "
			"may have come",
			(unsigned long long)counters.dropped_by_kernel);
	if (m->common->is_verbose)
		icmpkit_complain(
			m->command->name,
			"by %s: %llu sent, %llu not sent, %llu arrivals, %llu unreadable, %llu stamps "
			"of no known probe",
			way == NULL ? "no way" : way, (unsigned long long)counters.sent,
			(unsigned long long)counters.send_failures, (unsigned long long)counters.received,
			(unsigned long long)counters.malformed, (unsigned long long)counters.stamps_unknown);
}
