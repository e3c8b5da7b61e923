#include "bench/options.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/suggest.h"

enum option_kind {
    OPTION_FLAG,   // bool
    OPTION_TEXT,   // const char *
    OPTION_WORD,   // the same: letters and digits only
    OPTION_COUNT,  // uint64_t
    OPTION_CHOICE, // uint64_t, index into choices
    OPTION_LIST,   // struct option_list; each use adds to it
};

struct option {
    const char *name; // NULL ends the table
    char letter;      // 0: none
    enum option_kind kind;
    size_t offset;
    const char *value; // how the help calls it
    const char *help;
    uint64_t min, max;          // OPTION_COUNT
    const char *const *choices; // OPTION_CHOICE; ends with NULL
};

static const char *const format_names[] = {"text", "json", NULL};

#define AT(field) offsetof(struct options, field)
static const struct option table[] = {
    {.name = "set",
     .kind = OPTION_LIST,
     .offset = AT(sets),
     .value = "/json/pointer=VALUE",
     .help = "change a value of the scenario; may be repeated"},
    {.name = "sweep",
     .kind = OPTION_LIST,
     .offset = AT(sweeps),
     .value = "/json/pointer=A,B,C",
     .help = "sweep: these values instead of the file's; may be repeated"},
    {.name = "tornado",
     .kind = OPTION_FLAG,
     .offset = AT(tornado),
     .help = "sweep: one key at a time, 10 % down and up"},
    {.name = "list",
     .kind = OPTION_FLAG,
     .offset = AT(list),
     .help = "sweep: only say what would run"},
    {.name = "seed",
     .kind = OPTION_WORD,
     .offset = AT(seed),
     .value = "N",
     .help = "seed of the random numbers, instead of the scenario's"},
    {.name = "replications",
     .kind = OPTION_COUNT,
     .offset = AT(replications),
     .value = "N",
     .help = "run exactly so many, instead of the scenario's plan",
     .min = 1,
     .max = 1000000},
    {.name = "twin",
     .kind = OPTION_FLAG,
     .offset = AT(twin),
     .help = "also run it without its rollouts, to see what they cost"},
    {.name = "threads",
     .kind = OPTION_COUNT,
     .offset = AT(threads),
     .value = "N",
     .help = "default: one for each core; the results do not depend on it",
     .min = 1,
     .max = 1024},
    {.name = "out",
     .kind = OPTION_TEXT,
     .offset = AT(out),
     .value = "DIR",
     .help = "write all reports into this folder"},
    {.name = "format",
     .kind = OPTION_CHOICE,
     .offset = AT(format),
     .value = "text|json",
     .help = "of what is printed: the report, or the result file",
     .choices = format_names},
    {.name = "against",
     .kind = OPTION_TEXT,
     .offset = AT(against),
     .value = "NAME",
     .help = "compare: with this alternative; default the first"},
    {.name = "metric",
     .kind = OPTION_LIST,
     .offset = AT(metrics),
     .value = "NAME{label=VALUE}",
     .help = "compare, sweep: these numbers, not the usual ones; repeatable"},
    {.name = "fail-on-undecided",
     .kind = OPTION_FLAG,
     .offset = AT(fail_on_undecided),
     .help = "compare: exit code 12 when something cannot be told yet"},
    {.name = "quiet",
     .letter = 'q',
     .kind = OPTION_FLAG,
     .offset = AT(quiet),
     .help = "nothing on stderr but problems"},
    {.name = "no-progress",
     .kind = OPTION_FLAG,
     .offset = AT(no_progress),
     .help = "no progress line on the terminal"},
    {.name = "no-plots",
     .kind = OPTION_FLAG,
     .offset = AT(no_plots),
     .help = "no pictures with --out"},
    {.name = "rounds",
     .kind = OPTION_COUNT,
     .offset = AT(rounds),
     .value = "N",
     .help = "bench: timings of each case, by default 9",
     .min = 1,
     .max = 99},
    {.name = "full", .kind = OPTION_FLAG, .offset = AT(full), .help = "bench: the long cases too"},
    {.name = "baseline",
     .kind = OPTION_TEXT,
     .offset = AT(baseline),
     .value = "FILE",
     .help = "bench: compare with the speed.json of another run"},
    {.name = "help", .letter = 'h', .kind = OPTION_FLAG, .offset = AT(help), .help = "this text"},
    {.name = "version",
     .kind = OPTION_FLAG,
     .offset = AT(version),
     .help = "the program's version"},
    {0},
};
#undef AT

struct reader {
    struct options *options;
    int argc, next;
    char *const *argv;
    FILE *errors;
};

static bool complain(const struct reader *reader, const struct option *option, const char *problem)
{
    fprintf(reader->errors, "warmpool: --%s: %s\n", option->name, problem);
    return false;
}

static bool unknown(const struct reader *reader, const char *name, size_t length)
{
    char word[SUGGEST_LENGTH_MAX + 1] = "";
    if (length < sizeof word) memcpy(word, name, length);
    struct suggest suggest = suggest_for(word);
    for (const struct option *o = table; o->name; o++)
        suggest_offer(&suggest, o->name);
    const char *near = suggest_answer(&suggest);
    fprintf(reader->errors, "warmpool: unknown option --%.*s", (int)length, name);
    if (near) fprintf(reader->errors, "; did you mean --%s?", near);
    fprintf(reader->errors, "\n");
    return false;
}

static void add(struct option_list *list, const char *item)
{
    list->items[list->count++] = item;
}

static bool set_count(const struct reader *reader, const struct option *option, const char *text,
                      uint64_t *out)
{
    char *end = NULL;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    bool digits = isdigit((unsigned char)text[0]) && *end == '\0' && errno == 0;
    if (!digits || number < option->min || number > option->max) {
        fprintf(reader->errors,
                "warmpool: --%s: expected a whole number from %" PRIu64 " to %" PRIu64
                ", got \"%.80s\"\n",
                option->name, option->min, option->max, text);
        return false;
    }
    *out = number;
    return true;
}

static bool set_choice(const struct reader *reader, const struct option *option, const char *text,
                       uint64_t *out)
{
    for (size_t i = 0; option->choices[i]; i++) {
        if (strcmp(option->choices[i], text) != 0) continue;
        *out = i;
        return true;
    }
    fprintf(reader->errors, "warmpool: --%s: expected %s, got \"%.80s\"\n", option->name,
            option->value, text);
    return false;
}

static bool is_word(const char *text)
{
    for (const char *p = text; *p; p++)
        if (!isalnum((unsigned char)*p)) return false;
    return true;
}

static bool set_value(const struct reader *reader, const struct option *option, const char *text)
{
    void *place = (char *)reader->options + option->offset;
    if (*text == '\0') return complain(reader, option, "expected a value, got none");
    switch (option->kind) {
    case OPTION_FLAG:
        return complain(reader, option, "takes no value");
    case OPTION_COUNT:
        return set_count(reader, option, text, place);
    case OPTION_CHOICE:
        return set_choice(reader, option, text, place);
    case OPTION_LIST:
        add(place, text);
        return true;
    case OPTION_WORD:
        if (!is_word(text)) return complain(reader, option, "expected letters and digits");
        *(const char **)place = text;
        return true;
    case OPTION_TEXT:
        *(const char **)place = text;
        return true;
    }
    return false;
}

// The value is what follows "=", or the next argument.
static bool read_option(struct reader *reader, const struct option *option, const char *equals)
{
    if (equals) return set_value(reader, option, equals + 1);
    if (option->kind == OPTION_FLAG) {
        *(bool *)((char *)reader->options + option->offset) = true;
        return true;
    }
    if (reader->next == reader->argc) return complain(reader, option, "expected a value, got none");
    return set_value(reader, option, reader->argv[reader->next++]);
}

static bool read_long(struct reader *reader, const char *name)
{
    const char *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    for (const struct option *o = table; o->name; o++)
        if (strlen(o->name) == length && memcmp(o->name, name, length) == 0)
            return read_option(reader, o, equals);
    return unknown(reader, name, length);
}

static bool read_short(struct reader *reader, const char *argument)
{
    for (const struct option *o = table; o->name; o++)
        if (o->letter && argument[1] == o->letter && argument[2] == '\0')
            return read_option(reader, o, NULL);
    fprintf(reader->errors, "warmpool: unknown option %.80s\n", argument);
    return false;
}

bool options_parse(struct options *options, int argc, char *const argv[], FILE *errors)
{
    *options = (struct options){0};
    struct option_list *const lists[] = {&options->operands, &options->sets, &options->sweeps,
                                         &options->metrics};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        lists[i]->items = calloc((size_t)argc + 1, sizeof(char *));
        if (lists[i]->items) continue;
        fprintf(errors, "warmpool: out of memory\n");
        return false;
    }
    struct reader reader = {options, argc, 1, argv, errors};
    bool good = true, only_operands = false;
    while (reader.next < argc) {
        const char *argument = argv[reader.next++];
        if (only_operands || argument[0] != '-' || argument[1] == '\0')
            add(&options->operands, argument);
        else if (strcmp(argument, "--") == 0)
            only_operands = true;
        else if (argument[1] == '-')
            good &= read_long(&reader, argument + 2);
        else
            good &= read_short(&reader, argument);
    }
    return good;
}

void options_free(struct options *options)
{
    free(options->operands.items);
    free(options->sets.items);
    free(options->sweeps.items);
    free(options->metrics.items);
}

void options_print(FILE *stream)
{
    for (const struct option *o = table; o->name; o++) {
        char letter[] = {o->letter ? '-' : ' ', o->letter ? o->letter : ' ', o->letter ? ',' : ' ',
                         '\0'};
        int width = fprintf(stream, "  %s --%s%s%s", letter, o->name, o->value ? " " : "",
                            o->value ? o->value : "");
        if (width > 32) width = fprintf(stream, "\n") - 1;
        fprintf(stream, "%*s%s\n", 34 - width, "", o->help);
    }
}
