// compare: the alternatives of all files become those of one scenario, so that one experiment runs
// them in step.

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/cmd.h"
#include "bench/experiment/headline.h"
#include "bench/experiment/memory.h"
#include "bench/input/suggest.h"
#include "bench/output/files.h"
#include "bench/output/number.h"
#include "bench/output/output.h"
#include "bench/output/report_compare.h"
#include "bench/output/text.h"
#include "bench/running.h"
#include "bench/study.h"
#include "sim/check.h"

enum { ALTERNATIVES_MAX = 256, NAME = 512 };

struct compare {
    const struct options *options;
    struct study *studies; // one for each file
    size_t study_count;
    struct scenario scenario; // of all of them
    struct alternative *alternatives;
    size_t alternative_count;
    uint64_t *seeds; // by alternative
    struct headline *headlines;
    char **headline_texts;
    size_t headline_count, control;
    struct selection_plan selection;
};

__attribute__((format(printf, 1, 2))) static enum status refuse(const char *format, ...)
{
    char text[2 * NAME + 256], line[2 * NAME + 256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fprintf(stderr, "warmpool: compare: %s\n", text_line(line, sizeof line, text));
    return STATUS_USAGE;
}

static void remark(const struct compare *compare, const char *text)
{
    if (!compare->options->quiet) fprintf(stderr, "warmpool: compare: %s\n", text);
}

// The numbers.

static enum status read_headlines(struct compare *compare)
{
    const struct option_list *given = &compare->options->metrics;
    size_t count = given->count;
    if (count == 0)
        while (headline_defaults[count])
            count++;
    compare->headlines = memory_new(sizeof *compare->headlines, count);
    compare->headline_texts = memory_new(sizeof *compare->headline_texts, count);
    for (size_t i = 0; i < count; i++) {
        const char *text = given->count ? given->items[i] : headline_defaults[i];
        compare->headline_texts[i] = memory_text(text);
        compare->headline_count++;
        if (!headline_parse(&compare->headlines[i], compare->headline_texts[i], stderr))
            return STATUS_USAGE;
    }
    return STATUS_OK;
}

// The scenarios.

static enum status load(struct compare *compare)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < compare->study_count; i++) {
        const char *path = compare->options->operands.items[i + 1];
        status = running_worse(status, running_load(&compare->studies[i], path, compare->options));
    }
    return status;
}

// What two scenarios must have in common to be compared at all: else their numbers are of
// different things.
static enum status check_times(const struct compare *compare)
{
    const struct study *first = &compare->studies[0];
    const struct scenario_config *a = &first->scenario.alternatives[0].config;
    for (size_t i = 1; i < compare->study_count; i++) {
        const struct study *other = &compare->studies[i];
        const struct scenario_config *b = &other->scenario.alternatives[0].config;
        bool horizon = a->horizon != b->horizon;
        if (!horizon && a->warm_up == b->warm_up) continue;
        return refuse("%s of %s is %s, of %s %s: their numbers cannot be compared; --set /%s=... "
                      "sets it for all files",
                      horizon ? "the horizon" : "the warm_up", first->path,
                      number_duration(sim_seconds(horizon ? a->horizon : a->warm_up)).text,
                      other->path,
                      number_duration(sim_seconds(horizon ? b->horizon : b->warm_up)).text,
                      horizon ? "horizon" : "warm_up");
    }
    return STATUS_OK;
}

static bool same_plan(const struct replication_plan *a, const struct replication_plan *b)
{
    bool same = a->min == b->min && a->max == b->max && a->until_count == b->until_count;
    for (size_t i = 0; same && i < a->until_count; i++)
        same = strcmp(a->until[i].metric, b->until[i].metric) == 0;
    return same;
}

static void remark_differences(const struct compare *compare)
{
    bool seeds = false, plans = false, defaults = false, selections = false;
    const struct scenario *first = &compare->studies[0].scenario;
    for (size_t i = 1; i < compare->study_count; i++) {
        const struct scenario *other = &compare->studies[i].scenario;
        seeds = seeds || first->seed != other->seed;
        plans = plans || !same_plan(&first->replications, &other->replications);
        defaults = defaults || strcmp(first->defaults, other->defaults) != 0;
        selections = selections || other->selection.metric || other->selection.zone_count > 0;
    }
    if (seeds)
        remark(compare, "the files have different seeds, so their alternatives are independent and "
                        "differences get wider intervals; --seed N puts all on the same random "
                        "numbers");
    if (plans)
        remark(compare, "the files have different replications; the first file's are used for all");
    if (defaults) remark(compare, "the files have different \"defaults\"; each keeps its own");
    if (selections) remark(compare, "\"selection\" is that of the first file");
}

// "recreate" in one file; "burst" for a file without "compare", "burst/recreate" for one with it.
static const char *name_of(const struct compare *compare, const struct study *study, size_t index)
{
    const struct alternative *a = &study->scenario.alternatives[index];
    if (compare->study_count == 1) return a->name;
    char file[NAME], name[2 * NAME];
    bool alone = study->scenario.alternative_count == 1 && strcmp(a->name, "base") == 0;
    running_name(file, sizeof file, study->path);
    snprintf(name, sizeof name, "%s%s%.500s", file, alone ? "" : "/", alone ? "" : a->name);
    return arena_copy_text(compare->studies[0].arena, name);
}

static enum status add_alternatives(struct compare *compare, const struct study *study)
{
    for (size_t i = 0; i < study->scenario.alternative_count; i++) {
        size_t at = compare->alternative_count++;
        compare->alternatives[at] = study->scenario.alternatives[i];
        compare->alternatives[at].name = name_of(compare, study, i);
        compare->seeds[at] = study->scenario.seed;
        for (size_t j = 0; j < at; j++)
            if (strcmp(compare->alternatives[j].name, compare->alternatives[at].name) == 0)
                return refuse("two alternatives are named \"%s\"; rename a file",
                              compare->alternatives[at].name);
    }
    return STATUS_OK;
}

static char *append(char *text, const char *before, const char *more)
{
    size_t used = text ? strlen(text) : 0, size = used + strlen(before) + strlen(more) + 1;
    text = memory_grow(text, size, 1);
    snprintf(text + used, size - used, "%s%s", before, more);
    return text;
}

// The first file's scenario with all alternatives; of several, title and definition are all of
// theirs.
static void join(struct compare *compare)
{
    struct scenario *whole = &compare->scenario;
    *whole = compare->studies[0].scenario;
    whole->alternatives = compare->alternatives;
    whole->alternative_count = compare->alternative_count;
    whole->expectation_count = 0;
    if (compare->study_count == 1) return;
    char *path = NULL, *title = NULL, *seed = NULL, *definition = NULL;
    bool same_seed = true;
    for (size_t i = 0; i < compare->study_count; i++) {
        const struct scenario *s = &compare->studies[i].scenario;
        path = append(path, i ? ", " : "", s->path);
        title = append(title, i ? "; " : "", s->title ? s->title : "");
        seed = append(seed, i ? ", " : "", s->seed_text);
        same_seed = same_seed && s->seed == whole->seed;
        definition = append(definition, i ? ",\n" : "[", s->resolved_json);
    }
    definition = append(definition, "]", "");
    whole->path = arena_copy_text(compare->studies[0].arena, path);
    whole->title = arena_copy_text(compare->studies[0].arena, title);
    whole->resolved_json = arena_copy_text(compare->studies[0].arena, definition);
    if (!same_seed) whole->seed_text = arena_copy_text(compare->studies[0].arena, seed);
    whole->question = NULL;
    free(path);
    free(title);
    free(seed);
    free(definition);
}

static enum status merge(struct compare *compare)
{
    enum status status = check_times(compare);
    size_t count = 0;
    for (size_t i = 0; i < compare->study_count; i++)
        count += compare->studies[i].scenario.alternative_count;
    if (status != STATUS_OK) return status;
    if (count < 2)
        return refuse("%s has one alternative only; add \"compare\", or name a second file",
                      compare->studies[0].path);
    if (count > ALTERNATIVES_MAX) return refuse("more than %d alternatives", ALTERNATIVES_MAX);
    compare->alternatives = memory_new(sizeof *compare->alternatives, count);
    compare->seeds = memory_new(sizeof *compare->seeds, count);
    for (size_t i = 0; i < compare->study_count && status == STATUS_OK; i++)
        status = add_alternatives(compare, &compare->studies[i]);
    if (status != STATUS_OK) return status;
    remark_differences(compare);
    join(compare);
    return STATUS_OK;
}

static enum status find_control(struct compare *compare)
{
    const char *wanted = compare->options->against;
    if (!wanted) return STATUS_OK;
    SIM_CHECK(compare->alternative_count > 0);
    struct suggest suggest = suggest_for(wanted);
    for (size_t i = 0; i < compare->alternative_count; i++) {
        compare->control = i;
        if (strcmp(compare->alternatives[i].name, wanted) == 0) return STATUS_OK;
        suggest_offer(&suggest, compare->alternatives[i].name);
    }
    const char *near = suggest_answer(&suggest);
    return refuse("--against: there is no alternative \"%.200s\"; %s \"%.200s\"%s", wanted,
                  near ? "did you mean" : "the first one is",
                  near ? near : compare->alternatives[0].name, near ? "?" : "");
}

// The file's number decides, else the first headline, by its direction.
static enum status choose_selection(struct compare *compare)
{
    struct selection_plan *plan = &compare->selection;
    *plan = compare->scenario.selection;
    const struct headline *first = &compare->headlines[0];
    if (!plan->metric && first->metric->better != BETTER_NEITHER) {
        plan->metric = first->metric->name;
        plan->smallest = first->metric->better == BETTER_LOWER;
        for (size_t i = 0; i < LABELS; i++)
            plan->labels[i] = first->labels[i] && *first->labels[i] ? first->labels[i] : NULL;
    }
    uint64_t least = (uint64_t)plan->first * compare->alternative_count;
    if (plan->procedure == SELECTION_NONE || plan->budget == 0 || plan->budget >= least)
        return STATUS_OK;
    refuse("/selection/budget: %" PRIu32 " replications are too few: /selection/first is %" PRIu32
           " for each of %zu alternatives",
           plan->budget, plan->first, compare->alternative_count);
    return STATUS_INVALID;
}

// The run.

static enum status status_of(const struct compare *compare, const struct experiment_result *result)
{
    enum status status = result->interrupted ? STATUS_INTERRUPTED : STATUS_OK;
    bool undecided = result->selection.plan && result->selection.end != SELECTION_DONE;
    if (result->warm_up.fault) status = running_worse(status, STATUS_FAILED);
    if (result->warm_up.inconclusive) status = running_worse(status, STATUS_UNDECIDED);
    for (size_t i = 0; i < result->alternative_count; i++)
        if (result->alternatives[i].fault) status = running_worse(status, STATUS_FAILED);
    for (size_t i = 0; i < result->comparison_count; i++)
        undecided = undecided || (result->comparisons[i].rank != SIZE_MAX &&
                                  result->comparisons[i].verdict == COMPARISON_UNDECIDED);
    if (undecided && compare->options->fail_on_undecided)
        status = running_worse(status, STATUS_UNDECIDED);
    return status;
}

static enum status report(const struct compare *compare, const struct experiment_result *result,
                          const char *folder)
{
    const struct selection_plan *plan = &compare->selection;
    if (result->selection.plan && result->selection.end == SELECTION_NO_NUMBER) {
        refuse("/selection: %s: no number, or several, have this name and these labels; add or "
               "change labels such as \"app\"",
               plan->metric);
        return STATUS_INVALID;
    }
    const struct running running = {compare->options, compare->scenario.path, folder,
                                    report_compare};
    return running_report(&running, result, status_of(compare, result));
}

static enum status simulate(const struct compare *compare, const char *folder)
{
    struct interrupt *interrupt = interrupt_watch();
    if (!interrupt) {
        perror("warmpool: cannot start a thread");
        return STATUS_FAILED;
    }
    struct experiment_options how = {
        .threads = running_threads(compare->options),
        .interrupt = interrupt,
        .selection = &compare->selection,
        .pairing = {.control = compare->control,
                    .seeds = compare->seeds,
                    .headlines = compare->headlines,
                    .headline_count = compare->headline_count},
    };
    struct experiment_result result;
    enum status status = STATUS_FAILED;
    if (running_simulate(compare->options, &compare->scenario, &how, &result)) {
        status = report(compare, &result, folder);
        experiment_free(&result);
    }
    interrupt_end(interrupt);
    return status;
}

static enum status run(struct compare *compare)
{
    const struct options *options = compare->options;
    bool files = options->out || options->format != FORMAT_JSON;
    const char *folder = options->out ? options->out : files ? "warmpool-out" : "";
    enum status status = read_headlines(compare);
    if (status == STATUS_OK) status = load(compare);
    if (status == STATUS_OK) status = merge(compare);
    if (status == STATUS_OK) status = find_control(compare);
    if (status == STATUS_OK) status = choose_selection(compare);
    if (status != STATUS_OK) return status;
    if (*folder && !output_prepare(folder, stderr)) return STATUS_FAILED;
    return simulate(compare, folder);
}

enum status cmd_compare(const struct options *options)
{
    if (options->operands.count < 2) return refuse("no scenario file given");
    struct compare compare = {.options = options, .study_count = options->operands.count - 1};
    compare.studies = memory_new(sizeof *compare.studies, compare.study_count);
    enum status status = run(&compare);
    for (size_t i = 0; i < compare.study_count; i++)
        study_close(&compare.studies[i]);
    for (size_t i = 0; i < compare.headline_count; i++)
        free(compare.headline_texts[i]);
    free(compare.headline_texts);
    free(compare.headlines);
    free(compare.alternatives);
    free(compare.seeds);
    free(compare.studies);
    return status;
}
