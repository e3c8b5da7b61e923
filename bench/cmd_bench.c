// bench: the speed of the simulator itself, case by case, as a share of loops written by hand.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bench/cmd.h"
#include "bench/input/suggest.h"
#include "bench/output/files.h"
#include "bench/output/number.h"
#include "bench/output/table.h"
#include "bench/speed/baseline.h"

enum { DEFAULT_ROUNDS = 9, CASES_MAX = 64 };

struct session {
    const struct options *options;
    struct baseline *baseline; // NULL: none asked for
    struct measure_result results[CASES_MAX];
    size_t count;
};

static const struct speed_case *find(const char *name)
{
    struct suggest suggest = suggest_for(name);
    for (const struct speed_case *c = speed_cases; c->name; c++) {
        if (strcmp(c->name, name) == 0) return c;
        suggest_offer(&suggest, c->name);
    }
    const char *near = suggest_answer(&suggest);
    fprintf(stderr, "warmpool: bench: no case \"%.80s\"", name);
    if (near) fprintf(stderr, "; did you mean \"%s\"?", near);
    fprintf(stderr, "\n  cases:");
    for (const struct speed_case *c = speed_cases; c->name; c++)
        fprintf(stderr, " %s", c->name);
    fprintf(stderr, "\n");
    return NULL;
}

static bool chosen(const struct session *session, const struct speed_case *c)
{
    const struct option_list *names = &session->options->operands;
    if (names->count == 1) return !c->is_long || session->options->full;
    for (size_t i = 1; i < names->count; i++)
        if (strcmp(names->items[i], c->name) == 0) return true;
    return false;
}

static bool measure(struct session *session, const struct speed_case *c)
{
    const struct options *options = session->options;
    unsigned rounds = options->rounds ? (unsigned)options->rounds : DEFAULT_ROUNDS;
    char error[512];
    bool shown = !options->quiet && !options->no_progress && isatty(fileno(stderr));
    if (shown) fprintf(stderr, "\r\033[K%s ...", c->name);
    bool good = measure_case(&session->results[session->count], c, rounds, error, sizeof error);
    if (shown) fprintf(stderr, "\r\033[K");
    if (good)
        session->count++;
    else
        fprintf(stderr, "warmpool: bench: %s\n", error);
    return good;
}

static const char *put(char *text, size_t size, const char *value, const char *unit)
{
    snprintf(text, size, "%s%s", value, unit);
    return text;
}

// The change against the baseline, or an empty cell where that lacks the case.
static bool change_of(const struct session *session, size_t i, struct baseline_change *change)
{
    if (!session->baseline) return false;
    const struct measure_result *r = &session->results[i];
    struct measure_ratio before = baseline_find(session->baseline, r->what->name);
    if (isnan(before.median)) return false;
    *change = baseline_compare(&r->ratio, &before);
    return true;
}

static void put_row(struct table *table, const struct session *session, size_t i)
{
    const struct measure_result *r = &session->results[i];
    enum speed_reference reference = r->what->reference;
    bool compared = reference == REFERENCE_MM1 || reference == REFERENCE_POOL;
    char text[128];
    table_row(table, TABLE_ROW);
    snprintf(text, sizeof text, "%s: %s", r->what->name, r->what->what);
    table_put(table, text);
    table_put(table, put(text, sizeof text, number_fixed(r->per_s / 1e6, 2).text, " M"));
    table_put(table, number_fixed(1e9 / r->per_s, 0).text);
    table_put(table, number_fixed((double)r->events / (double)r->units, 2).text);
    table_put(table, compared ? number_fixed(r->ratio.median, 3).text : "");
    table_put(table, put(text, sizeof text, number_fixed(100 * r->noise, 0).text, " %"));
    if (!session->baseline) return;
    struct baseline_change change;
    bool found = change_of(session, i, &change);
    snprintf(text, sizeof text, "%s, %s", found ? number_fixed(change.middle, 2).text : "n/a",
             found ? baseline_verdict_names[change.verdict] : "not in the baseline");
    table_put(table, text);
}

static void print_text(const struct session *session)
{
    struct table *table = table_create(session->baseline ? 7 : 6);
    table_row(table, TABLE_HEAD);
    table_put(table, "case");
    table_put(table, "a second");
    table_put(table, "ns each");
    table_put(table, "events each");
    table_put(table, "of a loop by hand");
    table_put(table, "A/A noise");
    if (session->baseline) table_put(table, "against the baseline");
    for (size_t i = 0; i < session->count; i++)
        put_row(table, session, i);
    table_print(table, stdout, false);
    table_free(table);
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        printf("\nMost memory at once: %s MiB, the loops' own included.\n",
               number_fixed((double)usage.ru_maxrss / 1024, 0).text);
}

static void print_threads(const struct session *session)
{
    for (size_t i = 0; i < session->count; i++) {
        const struct measure_result *r = &session->results[i];
        if (r->what->reference != REFERENCE_ONE_THREAD) continue;
        printf("%s: %u threads are %s x one (%s to %s).\n", r->what->name, r->what->threads,
               number_fixed(r->ratio.median, 2).text, number_fixed(r->ratio.low, 2).text,
               number_fixed(r->ratio.high, 2).text);
    }
}

static bool write_file(const struct session *session)
{
    struct files_problem problem;
    struct files_writer writer;
    const char *folder = session->options->out;
    bool written = files_prepare_folder(folder, &problem) &&
                   files_open(&writer, folder, "speed.json", &problem);
    if (written) {
        baseline_write(writer.stream, session->results, session->count);
        written = files_close(&writer, &problem);
    }
    if (!written) fprintf(stderr, "warmpool: %s\n", problem.text);
    return written;
}

static enum status verdict(const struct session *session)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < session->count; i++) {
        struct baseline_change change;
        if (!change_of(session, i, &change)) continue;
        if (change.verdict == BASELINE_SLOWER) return STATUS_REGRESSED;
        if (change.verdict == BASELINE_CANNOT_TELL) status = STATUS_UNDECIDED;
    }
    return status;
}

static enum status run(struct session *session)
{
    for (const struct speed_case *c = speed_cases; c->name; c++)
        if (chosen(session, c) && !measure(session, c)) return STATUS_FAILED;
    if (session->options->format == FORMAT_JSON) {
        baseline_write(stdout, session->results, session->count);
    } else {
        print_text(session);
        print_threads(session);
    }
    if (session->options->out && !write_file(session)) return STATUS_FAILED;
    return verdict(session);
}

enum status cmd_bench(const struct options *options)
{
    for (size_t i = 1; i < options->operands.count; i++)
        if (!find(options->operands.items[i])) return STATUS_USAGE;
    struct session *session = calloc(1, sizeof *session);
    char error[512];
    if (!session) {
        perror("warmpool");
        return STATUS_FAILED;
    }
    session->options = options;
    enum status status = STATUS_BASELINE;
    if (options->baseline)
        session->baseline = baseline_read(options->baseline, error, sizeof error);
    if (options->baseline && !session->baseline)
        fprintf(stderr, "warmpool: %s\n", error);
    else
        status = run(session);
    baseline_free(session->baseline);
    free(session);
    return status;
}
