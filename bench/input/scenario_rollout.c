#include "bench/input/scenario_parts.h"

#include <stdlib.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/policies.h"
#include "models/rollout.h"

enum { STEPS_MAX = 100 };

// Which strategies a key means something to.  Elsewhere it has no effect; that is no error, and in
// a file with alternatives, which often differ in nothing but the strategy, not worth a warning.
// The tool refuses detach, so does this.
static const struct {
    const char *key;
    const struct rollout_policy *policies[4]; // ends with NULL
    bool refused;
} uses[] = {
    {"detach", {&rollout_rolling}, true},
    {"drain_old", {&rollout_rolling}, false},
    {"min_ready", {&rollout_rolling, &rollout_blue_green, &rollout_canary}, false},
    {"verify_attempts", {&rollout_rolling, &rollout_blue_green, &rollout_canary}, false},
    {"max_surge", {&rollout_rolling_update}, false},
    {"max_unavailable", {&rollout_rolling_update}, false},
    {"steps", {&rollout_canary}, false},
    {"abort_above", {&rollout_canary}, false},
    {"abort_min_requests", {&rollout_canary}, false},
};

static bool is_used(size_t row, const struct rollout_policy *policy)
{
    for (size_t p = 0; uses[row].policies[p]; p++)
        if (uses[row].policies[p] == policy) return true;
    return false;
}

static void check_uses(struct parts *parts, const struct object *object, uint32_t strategy,
                       bool warn)
{
    const struct reader *reader = &parts->reader;
    const struct rollout_policy *policy = rollout_policies[strategy];
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        const cJSON *node = json_child(object->node, uses[i].key);
        if (!node || is_used(i, policy)) continue;
        const char *first = uses[i].policies[0]->name;
        if (uses[i].refused)
            reader_key_error(reader, node, CODE_CONTRADICTION,
                             diag_format(reader->diag, "strategy \"%s\" for this key", first),
                             diag_quote(reader->diag, policy->name), NULL);
        else if (warn)
            reader_warning(
                reader, node, CODE_WARN_STRATEGY,
                diag_format(reader->diag, "no effect with strategy \"%s\"", policy->name),
                diag_format(reader->diag, "it is a key of strategy \"%s\"", first));
    }
}

// 2 or "25%".
static void read_amount(const struct reader *reader, const cJSON *node,
                        struct rollout_amount *amount)
{
    static const struct number_range counts = {0, 1e5};
    uint32_t count;
    if (!cJSON_IsString(node)) {
        if (reader_count(reader, node, counts, &count))
            *amount = (struct rollout_amount){count, false};
        return;
    }
    char *end;
    const char *text = node->valuestring;
    double value = strtod(text, &end);
    bool digits =
        *text >= '0' && *text <= '9' && strspn(text, "0123456789.") == (size_t)(end - text);
    if (digits && strcmp(end, "%") == 0 && value <= 100)
        *amount = (struct rollout_amount){value, true};
    else
        reader_error(reader, node, CODE_RANGE,
                     "a number of runners, or a share from \"0%\" to \"100%\"", NULL);
}

static void read_amounts(struct parts *parts, struct object *object, struct rollout_settings *s)
{
    const cJSON *surge = object_find(object, "max_surge");
    const cJSON *unavailable = object_find(object, "max_unavailable");
    s->max_surge = s->max_unavailable = (struct rollout_amount){25, true};
    if (surge) read_amount(&parts->reader, surge, &s->max_surge);
    if (unavailable) read_amount(&parts->reader, unavailable, &s->max_unavailable);
    if (unavailable && s->max_surge.value <= 0 && s->max_unavailable.value <= 0)
        reader_error(&parts->reader, unavailable, CODE_CONTRADICTION,
                     "more than 0 where max_surge is 0", "no runner could ever be replaced");
}

static void read_step(struct parts *parts, const cJSON *node, struct canary_step *step)
{
    static const struct number_range percent = {0.001, 100};
    static const struct time_range length = {0.001, SECONDS_MAX};
    struct object object = object_open(&parts->reader, node, &keys_canary_step);
    const cJSON *weight = object_require(&object, "weight");
    double share = 0;
    if (weight && reader_number(&parts->reader, weight, percent, &share))
        step->weight = share / 100;
    if (!object_find_timed(&object, "for") && object.node && !json_child(object.node, "for"))
        object_lacks(&object, "for", "the key \"for\"");
    object_time(&object, "for", length, &step->length);
    object_close(&object);
}

// Weights rise, and the last step ends within the run.
static void check_steps(struct parts *parts, const cJSON *node, const struct timeline_config *event)
{
    const struct canary_step *steps = event->rollout.steps;
    const struct reader *reader = &parts->reader;
    const cJSON *child = node->child;
    sim_time end = event->at;
    for (uint32_t i = 0; child && i < event->rollout.step_count; i++, child = child->next) {
        const cJSON *weight = json_child(child, "weight");
        if (i > 0 && weight && steps[i].weight < steps[i - 1].weight)
            reader_error(reader, weight, CODE_CONTRADICTION,
                         "a weight not below that of the step before", NULL);
        end = sim_time_add(end, steps[i].length);
    }
    if (event->at < parts->config->horizon && end >= parts->config->horizon)
        reader_warning(reader, node, CODE_WARN_TIME,
                       "the last step ends after the horizon, so the alias never switches", NULL);
}

static void read_steps(struct parts *parts, struct object *object, struct timeline_config *event)
{
    const cJSON *node = object_find(object, "steps");
    if (!node) {
        if (rollout_policies[event->strategy] == &rollout_canary)
            object_lacks(object, "steps", "the key \"steps\", as strategy \"canary\" needs");
        return;
    }
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 0;
    if (count == 0) {
        reader_error(&parts->reader, node, CODE_TYPE, "a list of steps",
                     "[{\"weight\": 10, \"for\": \"5m\"}]");
        return;
    }
    if (count > STEPS_MAX) {
        scenario_parts_too_many(parts, node, STEPS_MAX, "steps");
        return;
    }
    struct canary_step *steps = arena_new(parts->reader.arena, struct canary_step, (size_t)count);
    event->rollout.steps = steps;
    for (const cJSON *step = node->child; step; step = step->next)
        read_step(parts, step, &steps[event->rollout.step_count++]);
    if (rollout_policies[event->strategy] == &rollout_canary) check_steps(parts, node, event);
}

void scenario_rollout_read(struct parts *parts, struct object *object,
                           struct timeline_config *event)
{
    static const struct number_range runners = {1, 1e5};
    const struct reader *reader = &parts->reader;
    const cJSON *strategy = object_find(object, "strategy");
    const cJSON *ready = object_find(object, "min_ready");
    event->strategy = parts->strategy;
    event->min_ready = 1;
    size_t reports = diag_reports(reader->diag);
    bool known = !strategy ||
                 reader_choice(reader, strategy, policies_rollout(reader->arena), &event->strategy);
    if (ready) reader_count(reader, ready, runners, &event->min_ready);
    object_table(object, rollout_params, &event->rollout);
    read_amounts(parts, object, &event->rollout);
    read_steps(parts, object, event);
    bool warn = !parts->compares && diag_reports(reader->diag) == reports;
    if (known && object->node) check_uses(parts, object, event->strategy, warn);
}

static bool find_revision(struct parts *parts, const cJSON *node, uint32_t app, uint32_t *revision)
{
    uint32_t first = parts->apps[app].first_revision, deploys = parts->app_parts[app].deploys;
    const struct reader *reader = &parts->reader;
    for (uint32_t i = 0; i <= deploys && cJSON_IsString(node); i++) {
        if (strcmp(parts->revisions[first + i].name, node->valuestring) != 0) continue;
        *revision = first + i;
        return true;
    }
    return reader_error(reader, node, CODE_NAME,
                        diag_format(reader->diag, "a revision deployed before, \"1\" to \"%u\"",
                                    (unsigned)deploys + 1),
                        NULL);
}

void scenario_rollback_read(struct parts *parts, const cJSON *node, struct timeline_config *event,
                            bool has_app)
{
    struct object object = object_open(&parts->reader, node, &keys_rollback);
    object_require(&object, "app");
    const cJSON *to = object_find(&object, "to"), *mode = object_find(&object, "auth_mode");
    bool known = has_app && object.node, first = known && !parts->app_parts[event->app].deploys;
    event->revision = REVISION_PREVIOUS;
    if (first)
        reader_key_error(&parts->reader, node, CODE_CONTRADICTION, "a deploy before the rollback",
                         "none", NULL);
    else if (to && known)
        find_revision(parts, to, event->app, &event->revision);
    if (mode)
        event->sets_auth = reader_choice(&parts->reader, mode, auth_mode_names, &event->auth_mode);
    scenario_rollout_read(parts, &object, event);
    object_close(&object);
}

void scenario_restart_read(struct parts *parts, const cJSON *node, struct timeline_config *event)
{
    struct object object = object_open(&parts->reader, node, &keys_restart);
    object_require(&object, "app");
    const cJSON *force = object_find(&object, "force");
    if (force) reader_flag(&parts->reader, force, &event->force);
    object_close(&object);
}

void scenario_kill_read(struct parts *parts, const cJSON *node, struct timeline_config *event,
                        bool has_app)
{
    struct object object = object_open(&parts->reader, node, &keys_kill);
    const cJSON *app = object_require(&object, "app");
    object_close(&object);
    if (!has_app) return;
    if (parts->apps[event->app].deployment != DEPLOYMENT_EPHEMERAL)
        reader_error(&parts->reader, app, CODE_CONTRADICTION,
                     "an app with \"deployment\": \"ephemeral\"",
                     "a persistent app does not end with a process");
    parts->app_parts[event->app].killed = true;
}
