/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads options by a command's table, and the common ones. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include <icmpkit/text.h>

#include "cmd/command.h"
#include "cmd/help.h"
#include "cmd/option_table.h"
#include "cmd/values.h"

#define OPTIONS_MAX 48
/* Long options without a letter are told apart by their row, from here on. */
#define ROW_BASE 256

static int argument_of(const struct command_option *option)
{
	if (option->value == NULL)
		return no_argument;
	return option->value[0] == '[' ? optional_argument : required_argument;
}

/* The table in the form that getopt_long(3) reads. */
struct getopt_form {
	char letters[3 * OPTIONS_MAX];
	struct option names[OPTIONS_MAX + 1];
};

static void form_of(const struct command *command, struct getopt_form *out)
{
	const struct command_option *option;
	size_t len = 0;

	memset(out, 0, sizeof(*out));
	out->letters[len++] = ':'; /* a missing value is told apart from an unknown option */
	for (size_t i = 0; i < OPTIONS_MAX && (option = icmpkit_option_at(command, i)) != NULL; i++) {
		out->names[i] = (struct option){
			.name = option->name, .has_arg = argument_of(option), .val = ROW_BASE + (int)i};
		if (option->letter == 0)
			continue;
		out->letters[len++] = option->letter;
		if (argument_of(option) == required_argument)
			out->letters[len++] = ':';
	}
}

static const struct command_option *find_option(const struct command *command, int found)
{
	const struct command_option *option;

	if (found >= ROW_BASE)
		return icmpkit_option_at(command, (size_t)(found - ROW_BASE));
	for (size_t i = 0; (option = icmpkit_option_at(command, i)) != NULL; i++) {
		if (option->letter == found)
			return option;
	}
	return NULL;
}

/* "-c" or "--count", as the user wrote it. */
static void spell(const struct command_option *option, int found, char *out, size_t cap)
{
	if (found >= ROW_BASE)
		(void)snprintf(out, cap, "--%s", option->name);
	else
		(void)snprintf(out, cap, "-%c", option->letter);
}

/* In the largest unit that needs no fraction. */
static void put_seconds(char *out, size_t cap, int64_t ns)
{
	static const struct {
		int64_t ns;
		const char *name;
	} units[] = {
		{ICMPKIT_NS_PER_S, "s"}, {ICMPKIT_NS_PER_MS, "ms"}, {ICMPKIT_NS_PER_US, "us"}, {1, "ns"}};
	size_t i = 0;

	while (ns % units[i].ns != 0)
		i++;
	(void)snprintf(out, cap, "%lld%s", (long long)(ns / units[i].ns), units[i].name);
}

/* What would have been right. */
static void expect(const struct command_option *option, char *out, size_t cap)
{
	char min[32];
	char max[32];
	struct icmpkit_text text;

	switch (option->kind) {
	case OPTION_NUMBER:
		(void)snprintf(out, cap, "a whole number from %lld to %lld", (long long)option->min,
			       (long long)option->max);
		break;
	case OPTION_SECONDS:
		put_seconds(min, sizeof(min), option->min);
		put_seconds(max, sizeof(max), option->max);
		(void)snprintf(out, cap, "seconds, or a number with ns, us, ms, s, m or h, from %s to %s",
			       min, max);
		break;
	case OPTION_ADDRESS:
		(void)snprintf(out, cap, "an IPv4 or IPv6 address");
		break;
	case OPTION_CHOICE:
		icmpkit_text_init(&text, out, cap);
		for (size_t i = 0; option->choices[i] != NULL; i++) {
			icmpkit_text_put(&text, i == 0 ? "one of " : ", ");
			icmpkit_text_put(&text, option->choices[i]);
		}
		break;
	case OPTION_TEXT:
	case OPTION_FLAG:
	case OPTION_SET:
	case OPTION_HELP:
	case OPTION_VERSION:
		(void)snprintf(out, cap, "something");
		break;
	}
}

static bool set_choice(const struct command_option *option, const char *value, int *out)
{
	int i = 0;

	for (; option->choices[i] != NULL; i++) {
		if (value != NULL && strcmp(option->choices[i], value) == 0) {
			*out = i;
			return true;
		}
	}
	if (value == NULL)
		*out = i - 1;
	return value == NULL;
}

static bool set_text(const char *value, const char **out)
{
	*out = value;
	return value[0] != '\0';
}

/* Return: was the value a possible one? */
static bool set_value(const struct command_option *option, void *settings, const char *value)
{
	void *at = (char *)settings + option->at;

	switch (option->kind) {
	case OPTION_FLAG:
		*(bool *)at = true;
		return true;
	case OPTION_SET:
		*(int *)at = (int)option->min;
		return true;
	case OPTION_NUMBER:
		return icmpkit_value_number(value, (uint64_t)option->min, (uint64_t)option->max, at);
	case OPTION_SECONDS:
		return icmpkit_value_seconds(value, option->min, option->max, at);
	case OPTION_TEXT:
		return set_text(value, at);
	case OPTION_ADDRESS:
		return icmpkit_address_parse(value, at) == 0;
	case OPTION_CHOICE:
		return set_choice(option, value, at);
	case OPTION_HELP:
	case OPTION_VERSION:
		break;
	}
	return true;
}

static int refuse_unknown(const struct command *command, char **argv)
{
	if (optopt != 0 && optopt < ROW_BASE)
		icmpkit_complain(command->name, "there is no option -%c; see icmp %s --help", optopt,
				 command->name);
	else
		icmpkit_complain(command->name, "%s: no such option, or not this way; see icmp %s --help",
				 argv[optind - 1], command->name);
	return EXIT_NOT_ASKED;
}

static int refuse_missing(const struct command *command, char **argv)
{
	const struct command_option *option = find_option(command, optopt);

	icmpkit_complain(command->name, "%s needs a value (%s); see icmp %s --help", argv[optind - 1],
			 option == NULL ? "?" : option->value, command->name);
	return EXIT_NOT_ASKED;
}

static int take(const struct command *command, const struct command_option *option, int found, void *settings)
{
	char spelled[40];
	char expected[160];

	if (option->kind == OPTION_HELP)
		return icmpkit_help_command(command);
	if (option->kind == OPTION_VERSION)
		return icmpkit_help_version();
	if (set_value(option, settings, optarg))
		return -1;
	spell(option, found, spelled, sizeof(spelled));
	expect(option, expected, sizeof(expected));
	icmpkit_complain(command->name, "%s \"%s\": this is to be %s", spelled, optarg, expected);
	return EXIT_NOT_ASKED;
}

int icmpkit_options_read(const struct command *command, void *settings, int argc, char **argv, int *first)
{
	struct getopt_form form;
	int status = -1;
	int found;

	form_of(command, &form);
	opterr = 0;
	optind = 0; /* begin anew, whatever was read before */
	while (status < 0 && (found = getopt_long(argc, argv, form.letters, form.names, NULL)) != -1) {
		if (found == '?')
			return refuse_unknown(command, argv);
		if (found == ':')
			return refuse_missing(command, argv);
		const struct command_option *option = find_option(command, found);

		if (option == NULL)
			return refuse_unknown(command, argv);
		status = take(command, option, found, settings);
	}
	*first = optind;
	return status;
}
