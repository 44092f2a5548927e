/* SPDX-License-Identifier: BSD-2-Clause */
/** option_table.h - All options of a command: its own, and those that every measurement has. */
#ifndef CMD_OPTION_TABLE_H
#define CMD_OPTION_TABLE_H

#include "cmd/command.h"

/** The rows of a command's options, its own first; NULL behind the last. */
const struct command_option *icmpkit_option_at(const struct command *command, size_t i);

#endif
