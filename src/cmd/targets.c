/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the targets of a command. */
#include "cmd/targets.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A list of a million names is about this large. */
#define FILE_MAX_BYTES ((size_t)64 * 1024 * 1024)
#define FILE_CHUNK_BYTES ((size_t)65536)
#define TARGETS_MIN 16

static int make_room(struct targets *targets)
{
	size_t count = targets->count;

	/* Full whenever the count is a power of two: then it doubles. */
	if (count > 0 && (count < TARGETS_MIN || (count & (count - 1)) != 0))
		return 0;
	size_t room = count == 0 ? TARGETS_MIN : 2 * count;
	struct icmpkit_subject *more = reallocarray(targets->subjects, room, sizeof(*more));

	if (more == NULL)
		return -ENOMEM;
	targets->subjects = more;
	return 0;
}

/* @place: "" or "FILE: line N: ". */
static int add(struct targets *targets, const struct measurement *m, const char *name, const char *place)
{
	char why[ICMPKIT_NETWORK_WHY_MAX];
	int err = make_room(targets);

	if (err < 0)
		return err;
	struct icmpkit_subject *subject = &targets->subjects[targets->count];

	err = icmpkit_measurement_resolve(m, name, &subject->address, why);
	if (err < 0) {
		icmpkit_complain(m->command->name, "%s%s: %s", place, name, why);
		return err;
	}
	subject->name = name;
	targets->count++;
	return 0;
}

/* Cut a line at its comment and strip it of space. */
static char *strip(char *line)
{
	line[strcspn(line, "#\r")] = '\0';
	line += strspn(line, " \t");
	size_t len = strlen(line);

	while (len > 0 && (line[len - 1] == ' ' || line[len - 1] == '\t'))
		line[--len] = '\0';
	return line;
}

static int add_lines(struct targets *targets, const struct measurement *m, const char *file)
{
	char place[512];
	char *rest = targets->file_text;

	for (unsigned int number = 1; rest != NULL; number++) {
		char *name = strip(strsep(&rest, "\n"));

		if (name[0] == '\0')
			continue;
		(void)snprintf(place, sizeof(place), "%s: line %u: ", file, number);
		int err = add(targets, m, name, place);

		if (err < 0)
			return err;
	}
	return 0;
}

/* Return: 0, or -errno; -EILSEQ for a zero byte, which would hide what stands behind it. */
static int read_whole(FILE *stream, char **out)
{
	char *text = NULL;
	size_t len = 0;
	size_t got = FILE_CHUNK_BYTES;

	while (got == FILE_CHUNK_BYTES) {
		char *more = len > FILE_MAX_BYTES ? NULL : realloc(text, len + FILE_CHUNK_BYTES + 1);

		if (more == NULL) {
			free(text);
			return len > FILE_MAX_BYTES ? -EFBIG : -ENOMEM;
		}
		text = more;
		got = fread(text + len, 1, FILE_CHUNK_BYTES, stream);
		len += got;
	}
	if (ferror(stream) != 0) {
		free(text);
		return errno == 0 ? -EIO : -errno;
	}
	text[len] = '\0';
	*out = text;
	return strlen(text) == len ? 0 : -EILSEQ;
}

static int read_file(struct targets *targets, const struct measurement *m, const char *file)
{
	bool is_stdin = strcmp(file, "-") == 0;
	FILE *stream = is_stdin ? stdin : fopen(file, "re");
	int err = stream == NULL ? -errno : read_whole(stream, &targets->file_text);

	if (stream != NULL && !is_stdin)
		(void)fclose(stream);
	if (err < 0) {
		icmpkit_complain(m->command->name, "%s: %s", file,
				 err == -EILSEQ ? "this is no text: it has a zero byte" : strerror(-err));
		return err;
	}
	return add_lines(targets, m, is_stdin ? "standard input" : file);
}

int icmpkit_targets_read(struct targets *out, const struct measurement *m, char **names, const char *file)
{
	int err = 0;

	*out = (struct targets){0};
	for (size_t i = 0; err == 0 && names[i] != NULL; i++)
		err = add(out, m, names[i], "");
	if (err == 0 && file != NULL)
		err = read_file(out, m, file);
	if (err == 0 && out->count == 0) {
		icmpkit_complain(m->command->name, "%s: there is no target in it", file);
		err = ICMPKIT_ERR_RANGE;
	}
	if (err < 0)
		icmpkit_targets_free(out);
	return err;
}

void icmpkit_targets_free(struct targets *targets)
{
	free(targets->subjects);
	free(targets->file_text);
	*targets = (struct targets){0};
}
