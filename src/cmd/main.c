/* SPDX-License-Identifier: BSD-2-Clause */
/* The command `icmp`: finds the subcommand. */
#include <signal.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/help.h"

/* A new subcommand is a line here. */
static const struct command *const commands[] = {
	&icmpkit_command_diagnose,
	&icmpkit_command_ping,
	&icmpkit_command_trace,
	NULL,
};

static bool is_one_of(const char *word, const char *a, const char *b, const char *c)
{
	return strcmp(word, a) == 0 || strcmp(word, b) == 0 || strcmp(word, c) == 0;
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; commands[i] != NULL; i++) {
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	}
	return NULL;
}

/* "icmp help ping" is "icmp ping --help". */
static int help(int argc, char **argv)
{
	const struct command *command = argc > 2 ? find_command(argv[2]) : NULL;

	if (argc > 2 && command == NULL) {
		icmpkit_complain(NULL, "there is no command \"%s\"; see icmp --help", argv[2]);
		return EXIT_NOT_ASKED;
	}
	return command == NULL ? icmpkit_help_program(commands) : icmpkit_help_command(command);
}

int main(int argc, char **argv)
{
	/* A reader that has gone is an error of write(2), told like any other. */
	(void)signal(SIGPIPE, SIG_IGN);
	if (argc < 2) {
		icmpkit_complain(NULL, "say which command; see icmp --help");
		return EXIT_NOT_ASKED;
	}
	if (is_one_of(argv[1], "help", "--help", "-h"))
		return help(argc, argv);
	if (is_one_of(argv[1], "version", "--version", "-V"))
		return icmpkit_help_version();
	const struct command *command = find_command(argv[1]);

	if (command == NULL) {
		icmpkit_complain(NULL, "there is no command \"%s\"; see icmp --help", argv[1]);
		return EXIT_NOT_ASKED;
	}
	return command->run(argc - 1, argv + 1);
}
