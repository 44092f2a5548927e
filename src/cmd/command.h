/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * command.h - A subcommand of `icmp`: one file, one const struct command, one line in main.c. Its options are
 * a table, from which they are read, the help is written and the shell completes.
 */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include <icmpkit/address.h>
#include <icmpkit/base.h>

/** The same for every command. */
enum exit_status {
	EXIT_YES = 0,	    /* every target answered, the diagnosis is ok */
	EXIT_NO = 1,	    /* it is not so */
	EXIT_NOT_ASKED = 2, /* wrong usage, no privilege, a system that does not go along */
};

enum option_kind {
	OPTION_FLAG,	/* bool: true */
	OPTION_SET,	/* int: @min */
	OPTION_NUMBER,	/* uint64_t from @min to @max */
	OPTION_SECONDS, /* int64_t, nanoseconds from @min to @max */
	OPTION_TEXT,	/* const char *, not empty */
	OPTION_ADDRESS, /* struct icmpkit_address */
	OPTION_CHOICE,	/* int: the place of the word in @choices */
	OPTION_HELP,
	OPTION_VERSION,
};

/**
 * struct command_option - One row of a table of options.
 * @letter:  0: it has none.
 * @value:   what the help calls the value; NULL: it takes none; "[X]": it may be left out, and is then the
 *           last of @choices.
 * @at:      offset of what it sets, of the type that @kind says, in the settings of the command.
 * @choices: the words allowed, with a NULL at the end.
 */
struct command_option {
	char letter;
	const char *name;
	const char *value;
	const char *help;
	enum option_kind kind;
	size_t at;
	int64_t min;
	int64_t max;
	const char *const *choices;
};

/**
 * struct command - @common_at: offset of a struct common_settings in the settings.
 * @run: gets the arguments from the command's own name on. Return: an exit status.
 */
struct command {
	const char *name;
	const char *arguments;
	const char *summary;
	const struct command_option *options;
	size_t option_count;
	int (*run)(int argc, char **argv);
};

extern const struct command icmpkit_command_diagnose;
extern const struct command icmpkit_command_ping;
extern const struct command icmpkit_command_trace;

enum colour_choice {
	COLOUR_AUTO,
	COLOUR_NEVER,
	COLOUR_ALWAYS,
};

/** What every measurement can be told. The first member of every command's settings. */
struct common_settings {
	int family; /* enum icmpkit_family; ICMPKIT_FAMILY_NONE: both */
	int colour; /* enum colour_choice */
	int has_names;
	bool is_json;
	bool is_verbose;
	const char *interface;
	struct icmpkit_address source;
	uint64_t mark;
};

/* The rows that every measurement has, under the letters that users of the older tools know. */
#define OPTION_ROW_INTERFACE(letter)                                                                         \
	{                                                                                                    \
		letter, "interface", "NAME", "send by this interface (or from this address)", OPTION_TEXT,   \
			offsetof(struct common_settings, interface), 0, 0, NULL                              \
	}
#define OPTION_ROW_SOURCE(letter)                                                                            \
	{                                                                                                    \
		letter, "source", "ADDRESS", "send from this address of this host", OPTION_ADDRESS,          \
			offsetof(struct common_settings, source), 0, 0, NULL                                 \
	}
#define OPTION_ROW_MARK(letter)                                                                              \
	{                                                                                                    \
		letter, "mark", "N", "mark the packets for routing and filters", OPTION_NUMBER,              \
			offsetof(struct common_settings, mark), 0, UINT32_MAX, NULL                          \
	}

/**
 * icmpkit_options_read() - Read the options of a command, its own and the common ones.
 * @settings: the command's, with the defaults in it.
 * @first:    written: where the other arguments begin; they stand together at the end of @argv.
 *
 * Return: -1: go on; otherwise the status to exit with: help was printed, or a complaint.
 */
int icmpkit_options_read(const struct command *command, void *settings, int argc, char **argv, int *first);

/** "icmp ping: WHAT" to standard error, on one line, escaped. @command: NULL: "icmp: WHAT". */
void icmpkit_complain(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** An error of ours or of the system in words, for a complaint. */
const char *icmpkit_error_words(int err);

#endif
