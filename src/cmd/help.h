/* SPDX-License-Identifier: BSD-2-Clause */
/** help.h - The help texts, from the tables of commands and options. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "cmd/command.h"

/** Write to standard output. Return: EXIT_YES, or EXIT_NOT_ASKED when that cannot be written. */
int icmpkit_help_command(const struct command *command);
int icmpkit_help_version(void);
/** @commands: with a NULL at the end. */
int icmpkit_help_program(const struct command *const *commands);

#endif
