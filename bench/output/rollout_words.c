#include "bench/output/rollout_words.h"

#include <stdbool.h>
#include <string.h>

#include "bench/output/clause.h"
#include "bench/output/text.h"
#include "models/metrics.h"
#include "models/rollout.h"

enum { MOST_ROLLOUTS = 4 };

static const struct summary *share_of(const struct alternative_result *a,
                                      const struct column *rollout, const char *outcome)
{
    struct column wanted = *rollout;
    wanted.labels[LABEL_OUTCOME] = outcome;
    return clause_find(a, &wanted);
}

static const struct timeline_config *event_of(const struct scenario_config *c,
                                              const struct column *rollout)
{
    for (uint32_t i = 0; i < c->timeline_count; i++)
        if (c->timeline[i].name && strcmp(c->timeline[i].name, rollout->labels[LABEL_ROLLOUT]) == 0)
            return &c->timeline[i];
    return NULL;
}

static bool is_new_name(const struct scenario_config *c, const struct revision_config *r,
                        uint32_t slot)
{
    for (uint32_t i = 0; i < slot; i++)
        if (strcmp(c->machines[r->machines[i]].name, c->machines[r->machines[slot]].name) == 0)
            return false;
    return true;
}

// " for want of a free GPU-A100 or GPU-H100"
static void write_reason(FILE *out, const struct scenario_config *c, const struct column *rollout)
{
    const struct timeline_config *event = event_of(c, rollout);
    char name[96];
    if (!event || event->kind != TIMELINE_DEPLOY) {
        fputs(" for want of capacity", out);
        return;
    }
    const struct revision_config *r = &c->revisions[event->revision];
    const char *glue = " for want of a free ";
    for (uint32_t i = 0; i < r->machine_count; i++) {
        if (!is_new_name(c, r, i)) continue;
        text_line(name, sizeof name, c->machines[r->machines[i]].name);
        fprintf(out, "%s%s", glue, name);
        glue = " or ";
    }
}

// "completed", or "aborted in 18 of 20, completed in 2".
static void write_ends(FILE *out, const struct alternative_result *a, const void *context)
{
    const struct column *rollout = context;
    const char *glue = "";
    for (int end = 0; end < ROLLOUT_ENDS; end++) {
        const struct summary *s = share_of(a, rollout, rollout_end_names[end]);
        if (!s || s->mean <= 0) continue;
        fprintf(out, "%s%s", glue, rollout_end_names[end]);
        if (end == ROLLOUT_STALLED) write_reason(out, &a->alternative->config, rollout);
        if (s->mean < 1) fprintf(out, " in %.0f of %u", s->mean * s->n, (unsigned)s->n);
        glue = ", ";
    }
}

static bool always_completed(const struct experiment_result *result, const struct column *rollout)
{
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct summary *s = share_of(&result->alternatives[i], rollout, "completed");
        if (s && s->mean < 1) return false;
    }
    return true;
}

// Each rollout is found by its column about "completed", in the first alternative that has it.
static bool is_rollout(const struct experiment_result *result, size_t alternative, size_t column)
{
    const struct column *c = &result->alternatives[alternative].columns[column];
    if (c->metric != metric_find("rollout_outcome") || !c->labels[LABEL_OUTCOME]) return false;
    if (strcmp(c->labels[LABEL_OUTCOME], "completed") != 0) return false;
    for (size_t i = 0; i < alternative; i++)
        if (clause_find(&result->alternatives[i], c)) return false;
    return true;
}

void rollout_words_say(FILE *out, const struct experiment_result *result)
{
    size_t said = 0;
    for (size_t i = 0; i < result->alternative_count; i++)
        for (size_t c = 0; c < result->alternatives[i].column_count; c++) {
            char app[96], before[160];
            const struct column *column = &result->alternatives[i].columns[c];
            if (!is_rollout(result, i, c) || always_completed(result, column)) continue;
            if (said++ == MOST_ROLLOUTS) return;
            text_line(app, sizeof app, column->labels[LABEL_APP]);
            snprintf(before, sizeof before, "Rollout %s of %s was ", column->labels[LABEL_ROLLOUT],
                     app);
            clause_say_words(out, result, before, write_ends, column);
        }
}
