#include "bench/output/json_out.h"

#include <inttypes.h>
#include <stdlib.h>

#include "bench/input/json_text.h"
#include "bench/output/text.h"

enum { NEVER_FLAT = 1000 };

static void put_string(struct json_out *j, const char *text)
{
    char *clean = text_utf8(text);
    json_write_string(j->stream, clean);
    free(clean);
}

static void new_line(struct json_out *j)
{
    fprintf(j->stream, "\n%*s", 2 * j->depth, "");
}

// Ends what came before, and starts a member (key NULL: an item of an array).
void json_out_key(struct json_out *j, const char *key)
{
    bool flat = j->depth >= j->flat;
    if (!j->first) fputs(flat ? ", " : ",", j->stream);
    if (!flat) new_line(j);
    if (key) {
        put_string(j, key);
        fputs(": ", j->stream);
    }
    j->first = false;
}

void json_out_open(struct json_out *j, const char *key, char bracket)
{
    json_out_key(j, key);
    fputc(bracket, j->stream);
    j->depth++;
    j->first = true;
}

void json_out_close(struct json_out *j, char bracket)
{
    bool flat = j->depth >= j->flat;
    j->depth--;
    if (!flat && !j->first) new_line(j);
    fputc(bracket, j->stream);
    j->first = false;
}

void json_out_open_row(struct json_out *j)
{
    json_out_open(j, NULL, '{');
    j->flat = j->depth;
}

void json_out_close_row(struct json_out *j)
{
    json_out_close(j, '}');
    j->flat = NEVER_FLAT;
}

void json_out_text(struct json_out *j, const char *key, const char *text)
{
    json_out_key(j, key);
    if (text)
        put_string(j, text);
    else
        fputs("null", j->stream);
}

void json_out_number(struct json_out *j, const char *key, double value)
{
    char buffer[JSON_NUMBER_TEXT];
    json_out_key(j, key);
    fputs(json_number_text(value, buffer), j->stream);
}

void json_out_count(struct json_out *j, const char *key, uint64_t value)
{
    json_out_key(j, key);
    fprintf(j->stream, "%" PRIu64, value);
}

void json_out_flag(struct json_out *j, const char *key, bool value)
{
    json_out_key(j, key);
    fputs(value ? "true" : "false", j->stream);
}

const char *json_out_verdict(int exit_code)
{
    static const struct {
        int code;
        const char *name;
    } names[] = {{0, "ok"},          {1, "failed"},       {10, "expectation_missed"},
                 {11, "regression"}, {12, "cannot_tell"}, {13, "baseline_unusable"},
                 {20, "interrupted"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].code == exit_code) return names[i].name;
    return "failed";
}

static const char *better_name(enum metric_better better)
{
    static const char *const names[] = {
        [BETTER_NEITHER] = NULL, [BETTER_LOWER] = "lower", [BETTER_HIGHER] = "higher"};
    return names[better];
}

void json_out_labels(struct json_out *j, const char *const labels[LABELS])
{
    json_out_open(j, "labels", '{');
    for (size_t i = 0; i < LABELS; i++)
        if (labels[i]) json_out_text(j, label_names[i], labels[i]);
    json_out_close(j, '}');
}

void json_out_column(struct json_out *j, const struct column *column)
{
    json_out_text(j, "metric", column->metric->name);
    json_out_labels(j, column->labels);
    json_out_text(j, "unit", column->metric->unit);
    json_out_text(j, "better", better_name(column->metric->better));
}

void json_out_interval(struct json_out *j, const struct summary *s)
{
    json_out_number(j, "mean", s->mean);
    json_out_number(j, "low", s->low);
    json_out_number(j, "high", s->high);
    json_out_count(j, "n", s->n);
}

void json_out_spread(struct json_out *j, const struct summary *s)
{
    json_out_count(j, "undefined", s->undefined);
    json_out_number(j, "sd", s->sd);
    json_out_number(j, "min", s->n ? s->min : s->mean);
    json_out_number(j, "max", s->n ? s->max : s->mean);
}

void json_out_scenario(struct json_out *j, const struct scenario *scenario)
{
    const struct scenario_config *config = &scenario->alternatives[0].config;
    json_out_open(j, "scenario", '{');
    json_out_text(j, "title", scenario->title);
    json_out_text(j, "question", scenario->question);
    json_out_text(j, "path", scenario->path);
    json_out_text(j, "defaults", scenario->defaults);
    json_out_text(j, "prices", config->prices);
    json_out_number(j, "horizon_s", sim_seconds(config->horizon));
    json_out_number(j, "warm_up_s", sim_seconds(config->warm_up));
    if (scenario->study != STUDY_UNSAID)
        json_out_text(j, "study", study_kind_names[scenario->study]);
    if (scenario->study == STUDY_CYCLIC)
        json_out_number(j, "cycle_s", sim_seconds(scenario->cycle));
    json_out_key(j, "definition");
    fputs(scenario->resolved_json ? scenario->resolved_json : "null", j->stream);
    json_out_close(j, '}');
}

void json_out_head(struct json_out *j, const struct scenario *scenario, int exit_code,
                   bool interrupted)
{
    json_out_count(j, "warmpool", 1);
    json_out_text(j, "verdict", json_out_verdict(exit_code));
    json_out_count(j, "exit_code", (uint64_t)exit_code);
    json_out_flag(j, "interrupted", interrupted);
    json_out_text(j, "seed", scenario->seed_text);
    json_out_scenario(j, scenario);
}

struct json_out json_out_begin(FILE *stream)
{
    fputc('{', stream);
    return (struct json_out){.stream = stream, .depth = 1, .flat = NEVER_FLAT, .first = true};
}

bool json_out_end(struct json_out *j)
{
    json_out_close(j, '}');
    fputc('\n', j->stream);
    return !ferror(j->stream);
}
