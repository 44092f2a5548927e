/* SPDX-License-Identifier: BSD-2-Clause */
/** help.h - The help texts, from the tables of commands and options. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "cmd/command.h"

/** The rows of a command's options, its own first; NULL behind the last. */
const struct command_option *icmpkit_option_at(const struct command *command, size_t i);

/** Write to standard output. Return: EXIT_YES, or EXIT_NOT_ASKED when that cannot be written. */
int icmpkit_help_command(const struct command *command);
int icmpkit_help_version(void);
/** @commands: with a NULL at the end. */
int icmpkit_help_program(const struct command *const *commands);

#endif
