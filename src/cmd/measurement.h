/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * measurement.h - What every command that measures needs: the network, opened before anything is read; the
 * output; and the loop between them.
 */
#ifndef CMD_MEASUREMENT_H
#define CMD_MEASUREMENT_H

#include <icmpkit/prober.h>

#include "cmd/command.h"
#include "out/format.h"
#include "out/progress.h"

/** @text: what is to be printed next. @output_error: standard output is broken; it was complained of. */
struct measurement {
	const struct command *command;
	const struct common_settings *common;
	struct icmpkit_network *network;
	struct icmpkit_shown shown;
	struct icmpkit_text text;
	struct icmpkit_progress progress;
	int output_error;
};

/**
 * icmpkit_measurement_open() - Open the sockets, give up every privilege, and make the output ready.
 * @opt: methods and access; families, interface, source and mark are taken from @common.
 *
 * Return: 0, or negative: it was complained of, and there is nothing to close.
 */
ICMPKIT_CHECK_RESULT int icmpkit_measurement_open(struct measurement *m, const struct command *command,
						  struct common_settings *common,
						  struct icmpkit_network_options opt);
void icmpkit_measurement_close(struct measurement *m);

/**
 * icmpkit_measurement_resolve() - The address to ask: the first of the name that there is a way to.
 * @why: written on failure.
 *
 * Return: 0, or ICMPKIT_ERR_RANGE.
 */
ICMPKIT_CHECK_RESULT int icmpkit_measurement_resolve(const struct measurement *m, const char *name,
						     struct icmpkit_address *out,
						     char why[ICMPKIT_NETWORK_WHY_MAX]);

/** Print what is in @text. Return: 0, or negative, complained of once; then the measurement is to end. */
ICMPKIT_CHECK_RESULT int icmpkit_measurement_print(struct measurement *m);

/** Run an engine to its end. Complains of what goes wrong. Return: 0, or negative. */
ICMPKIT_CHECK_RESULT int icmpkit_measurement_run(struct measurement *m, const struct icmpkit_prober *prober);

/** At the end: what was turned away, if it matters or the user asked for it. To standard error. */
void icmpkit_measurement_account(struct measurement *m, enum icmpkit_family family,
				 enum icmpkit_method method);

#endif
