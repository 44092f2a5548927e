/* SPDX-License-Identifier: BSD-2-Clause */
/* The help texts. */
#include "cmd/help.h"

#include <string.h>
#include <unistd.h>

#include "cmd/option_table.h"
#include "out/format.h"

#define HELP_MAX 16384
#define COMMAND_COLUMN 13
#define HELP_COLUMN 26
/* Enough for the name of the option and the space behind it. */
#define TEXT_COLUMN_MIN (HELP_COLUMN - 2)

static int print(struct icmpkit_text *text)
{
	int err = icmpkit_out_flush(text, STDOUT_FILENO);

	if (err < 0)
		icmpkit_complain(NULL, "standard output: %s", strerror(-err));
	return err < 0 ? EXIT_NOT_ASKED : EXIT_YES;
}

static void put_option(struct icmpkit_text *text, const struct command_option *option)
{
	size_t line = text->len;

	icmpkit_text_put(text, "  ");
	if (option->letter != 0) {
		icmpkit_text_put_char(text, '-');
		icmpkit_text_put_char(text, option->letter);
		icmpkit_text_put(text, ", ");
	} else {
		icmpkit_text_put(text, "    ");
	}
	icmpkit_text_put(text, "--");
	icmpkit_text_put(text, option->name);
	if (option->value != NULL && option->value[0] == '[') {
		icmpkit_text_put(text, "[=");
		icmpkit_text_put(text, option->value + 1);
	} else if (option->value != NULL) {
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_put(text, option->value);
	}
	if (text->len - line > TEXT_COLUMN_MIN) {
		icmpkit_text_put_char(text, '\n');
		line = text->len;
	}
	icmpkit_text_pad_to(text, line, HELP_COLUMN);
	icmpkit_text_put(text, option->help);
	icmpkit_text_put_char(text, '\n');
}

int icmpkit_help_command(const struct command *command)
{
	char buf[HELP_MAX];
	const struct command_option *option;
	struct icmpkit_text text;

	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_text_put(&text, "usage: icmp ");
	icmpkit_text_put(&text, command->name);
	icmpkit_text_put(&text, " [OPTION...] ");
	icmpkit_text_put(&text, command->arguments);
	icmpkit_text_put(&text, "\n\n");
	icmpkit_text_put(&text, command->summary);
	icmpkit_text_put(&text, "\n\n");
	for (size_t i = 0; (option = icmpkit_option_at(command, i)) != NULL; i++)
		put_option(&text, option);
	icmpkit_text_put(&text, "\nMore in the manual: man icmp-");
	icmpkit_text_put(&text, command->name);
	icmpkit_text_put_char(&text, '\n');
	return print(&text);
}

int icmpkit_help_version(void)
{
	char buf[HELP_MAX];
	struct icmpkit_text text;

	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_text_put(&text, "icmp (icmpkit) " ICMPKIT_VERSION "\n");
	return print(&text);
}

int icmpkit_help_program(const struct command *const *commands)
{
	char buf[HELP_MAX];
	struct icmpkit_text text;

	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_text_put(&text, "usage: icmp COMMAND [OPTION...] TARGET...\n\n");
	for (size_t i = 0; commands[i] != NULL; i++) {
		size_t line = text.len;

		icmpkit_text_put(&text, "  ");
		icmpkit_text_put(&text, commands[i]->name);
		icmpkit_text_pad_to(&text, line, COMMAND_COLUMN);
		icmpkit_text_put(&text, commands[i]->summary);
		icmpkit_text_put_char(&text, '\n');
	}
	icmpkit_text_put(&text, "\nicmp COMMAND --help shows its options, icmp --version the version.\n"
				"The manual: man icmp\n");
	return print(&text);
}
