/* SPDX-License-Identifier: BSD-2-Clause */
/* The options that every measurement has. */
#include "cmd/option_table.h"

static const char *const colour_words[] = {
	[COLOUR_AUTO] = "auto",
	[COLOUR_NEVER] = "never",
	[COLOUR_ALWAYS] = "always",
	[COLOUR_ALWAYS + 1] = NULL,
};

#define COMMON(member) offsetof(struct common_settings, member)

static const struct command_option common_options[] = {
	{'4', "ipv4", NULL, "IPv4 only", OPTION_SET, COMMON(family), ICMPKIT_IPV4, 0, NULL},
	{'6', "ipv6", NULL, "IPv6 only", OPTION_SET, COMMON(family), ICMPKIT_IPV6, 0, NULL},
	{'n', "numeric", NULL, "addresses only (the default)", OPTION_SET, COMMON(has_names), 0, 0, NULL},
	{0, "names", NULL, "show names of addresses where there are any", OPTION_SET, COMMON(has_names), 1, 0,
	 NULL},
	{0, "json", NULL, "JSON Lines for programs", OPTION_FLAG, COMMON(is_json), 0, 0, NULL},
	{0, "color", "[WHEN]", "auto, always or never (auto)", OPTION_CHOICE, COMMON(colour), 0, 0,
	 colour_words},
	{'v', "verbose", NULL, "say by which way packets went, and what was refused", OPTION_FLAG,
	 COMMON(is_verbose), 0, 0, NULL},
	{'h', "help", NULL, "this text", OPTION_HELP, 0, 0, 0, NULL},
	{0, "version", NULL, "the version of icmpkit", OPTION_VERSION, 0, 0, 0, NULL},
};

#define COMMON_COUNT (sizeof(common_options) / sizeof(common_options[0]))

const struct command_option *icmpkit_option_at(const struct command *command, size_t i)
{
	if (i < command->option_count)
		return &command->options[i];
	i -= command->option_count;
	return i < COMMON_COUNT ? &common_options[i] : NULL;
}
