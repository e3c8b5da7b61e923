#include "bench/input/scenario_arrivals.h"

#include <math.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/suggest.h"
#include "models/mmpp.h"

struct states { // of one source, being read
    struct parts *parts;
    const cJSON *node;
    uint32_t count;
    struct mmpp_state *states;
    double *jumps; // probabilities by row and column
};

static bool find_state(const struct states *s, const cJSON *at, const char *name, bool is_key,
                       uint32_t *index)
{
    const struct reader *reader = &s->parts->reader;
    struct suggest suggest = suggest_for(name);
    for (*index = 0; *index < s->count; ++*index) {
        if (strcmp(s->states[*index].name, name) == 0) return true;
        suggest_offer(&suggest, s->states[*index].name);
    }
    const char *hint = reader_hint(reader, suggest_answer(&suggest));
    if (is_key)
        return reader_key_error(reader, at, CODE_NAME, "the name of a state",
                                diag_quote(reader->diag, name), hint);
    return reader_error(reader, at, CODE_NAME, "the name of a state", hint);
}

static void read_next(struct states *s, const cJSON *node, uint32_t from)
{
    static const struct number_range range = {0, 1};
    const struct reader *reader = &s->parts->reader;
    struct object next = object_open(reader, node, &keys_names);
    double sum = 0;
    if (!next.node) return;
    for (const cJSON *child = node->child; child; child = child->next) {
        uint32_t to;
        double p = 0;
        if (object_is_comment(child) || !find_state(s, child, child->string, true, &to)) continue;
        if (!reader_number(reader, child, range, &p)) return;
        if (to == from && p > 0)
            reader_key_error(reader, child, CODE_CONTRADICTION, "another state", "the same one",
                             "a longer \"mean_stay\" says so");
        s->jumps[from * s->count + to] = p;
        sum += p;
    }
    if (fabs(sum - 1) > 1e-9)
        reader_error(reader, node, CODE_CONTRADICTION, "probabilities that add up to 1", NULL);
    for (uint32_t i = 0; i < s->count && sum > 0; i++)
        s->jumps[from * s->count + i] /= sum;
}

static void read_state(struct states *s, const cJSON *node, uint32_t index)
{
    // So that no run walks through more than a billion stays.
    double horizon_s = sim_seconds(s->parts->config->horizon);
    const struct time_range range = {fmax(0.001, horizon_s * 1e-9), 1e9};
    struct mmpp_state *state = &s->states[index];
    struct object object = object_open(&s->parts->reader, node, &keys_mmpp_state);
    sim_time stay = SIM_SECOND;
    scenario_arrivals_rate(&object, &state->rate_per_s);
    if (object_require_timed(&object, "mean_stay")) object_time(&object, "mean_stay", range, &stay);
    state->mean_s = sim_seconds(stay);
    const cJSON *next = object_find(&object, "next");
    if (next)
        read_next(s, next, index);
    else
        s->jumps[index * s->count + (index + 1) % s->count] = 1;
    object_close(&object);
}

// Every state leads to every other one, directly or not (Warshall).
static bool is_connected(const struct states *s)
{
    bool leads[MMPP_STATES_MAX][MMPP_STATES_MAX] = {{false}}, all = true;
    for (uint32_t i = 0; i < s->count * s->count; i++)
        leads[i / s->count][i % s->count] = s->jumps[i] > 0;
    for (uint32_t k = 0; k < s->count; k++)
        for (uint32_t i = 0; i < s->count; i++)
            for (uint32_t j = 0; j < s->count; j++)
                leads[i][j] = leads[i][j] || (leads[i][k] && leads[k][j]);
    for (uint32_t i = 0; i < s->count; i++)
        for (uint32_t j = 0; j < s->count; j++)
            all = all && leads[i][j];
    return all;
}

static void accumulate(double *p, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        p[i] += p[i - 1];
}

static void finish(struct states *s, struct object *object, struct traffic_config *traffic)
{
    struct arena *arena = s->parts->reader.arena;
    struct mmpp *mmpp = arena_new(arena, struct mmpp, 1);
    double *start = arena_new(arena, double, s->count);
    const cJSON *first = object_find(object, "start");
    const char *name = first ? reader_text(&s->parts->reader, first) : NULL;
    uint32_t index;
    if (!first)
        mmpp_long_run(s->jumps, s->states, s->count, start);
    else if (name && find_state(s, first, name, false, &index))
        start[index] = 1;
    accumulate(start, s->count);
    for (uint32_t i = 0; i < s->count; i++) {
        accumulate(&s->jumps[i * s->count], s->count);
        s->states[i].next = &s->jumps[i * s->count];
    }
    *mmpp = (struct mmpp){s->states, start, s->count};
    traffic->mmpp = mmpp;
}

// The names of the states; false: reported.
static bool read_names(struct states *s)
{
    const struct reader *reader = &s->parts->reader;
    struct arena *arena = reader->arena;
    struct object object = object_open(reader, s->node, &keys_names);
    if (!object.node) return false;
    for (const cJSON *child = s->node->child; child; child = child->next)
        s->count += !object_is_comment(child);
    if (s->count < 2 || s->count > MMPP_STATES_MAX) {
        reader_error(reader, s->node, CODE_RANGE, "from 2 to 32 states",
                     "{\"NAME\": {\"rate_per_s\": 1, \"mean_stay\": \"5m\"}}");
        return false;
    }
    s->states = arena_new(arena, struct mmpp_state, s->count);
    s->jumps = arena_new(arena, double, (size_t)s->count * s->count);
    uint32_t i = 0;
    for (const cJSON *child = s->node->child; child; child = child->next)
        if (!object_is_comment(child)) s->states[i++].name = arena_copy_text(arena, child->string);
    return true;
}

void scenario_mmpp_read(struct parts *parts, const cJSON *node, uint32_t source)
{
    struct object object = object_open(&parts->reader, node, &keys_mmpp);
    size_t before = diag_reports(parts->reader.diag);
    parts->traffic[source].kind = ARRIVAL_MMPP;
    struct states s = {.parts = parts, .node = object_require(&object, "states")};
    object_find(&object, "start");
    if (s.node && read_names(&s)) {
        uint32_t i = 0;
        for (const cJSON *child = s.node->child; child; child = child->next)
            if (!object_is_comment(child)) read_state(&s, child, i++);
        if (diag_reports(parts->reader.diag) == before && !is_connected(&s))
            reader_error(&parts->reader, s.node, CODE_CONTRADICTION,
                         "states that each lead to every other one, directly or not", NULL);
        if (diag_reports(parts->reader.diag) == before)
            finish(&s, &object, &parts->traffic[source]);
    }
    object_close(&object);
}
