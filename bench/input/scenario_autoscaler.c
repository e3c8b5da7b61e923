// "autoscaler": "knative", or {"knative": {"stable_window": "2m"}} with keys of the policy (A3).

#include "bench/input/scenario_parts.h"

#include "bench/input/codes.h"
#include "bench/input/policies.h"
#include "models/autoscaler.h"

static const char *quoted(const struct reader *reader, uint32_t policy)
{
    return diag_quote(reader->diag, autoscaler_policies[policy]->name);
}

static void read_keys(const struct reader *reader, const cJSON *node, uint32_t policy,
                      struct app_config *app)
{
    struct key row = {0};
    keys_find(&keys_autoscaler, autoscaler_policies[policy]->name, &row);
    struct object keys = object_open(reader, node, row.form.object);
    const struct param *params = autoscaler_policies[policy]->params;
    if (params) object_table(&keys, params, app);
    object_close(&keys);
}

static void read_with_keys(const struct reader *reader, const cJSON *node, struct app_config *app)
{
    struct object choice = object_open(reader, node, &keys_autoscaler);
    const cJSON *chosen = NULL;
    for (uint32_t i = 0; autoscaler_policies[i]; i++) {
        const cJSON *keys = object_find(&choice, autoscaler_policies[i]->name);
        if (!keys) continue;
        if (chosen) {
            reader_key_error(reader, keys, CODE_KEY_TWICE, "one autoscaler", "a second one", NULL);
            return;
        }
        chosen = keys;
        app->autoscaler = i;
        read_keys(reader, keys, i, app);
    }
    size_t known = diag_errors(reader->diag);
    object_close(&choice);
    if (!chosen && diag_errors(reader->diag) == known)
        object_lacks(&choice, autoscaler_policies[0]->name, "the name of an autoscaler");
}

void scenario_autoscaler_read(struct parts *parts, struct object *object, struct app_config *app)
{
    const struct reader *reader = &parts->reader;
    const cJSON *node = object_find(object, "autoscaler");
    for (uint32_t i = 0; autoscaler_policies[i]; i++)
        read_keys(reader, NULL, i, app); // defaults
    if (cJSON_IsObject(node))
        read_with_keys(reader, node, app);
    else if (node)
        reader_choice(reader, node, policies_autoscaler(reader->arena), &app->autoscaler);
}

static void cannot_foresee(const struct parts *parts, uint32_t app, const char *because)
{
    const struct reader *reader = &parts->reader;
    const cJSON *node = json_child(parts->app_parts[app].node, "autoscaler");
    if (!node) return;
    reader_key_error(reader, node, CODE_CONTRADICTION,
                     "an autoscaler that need not know the future",
                     quoted(reader, parts->apps[app].autoscaler), because);
}

static bool is_slowed(const struct parts *parts, const struct app_config *app)
{
    for (uint32_t i = 0; i < app->revisions; i++)
        if (parts->revisions[app->first_revision + i].slowdown.kind != SLOWDOWN_NONE) return true;
    return false;
}

void scenario_autoscaler_check(const struct parts *parts)
{
    const struct scenario_config *c = parts->config;
    for (uint32_t i = 0; i < c->app_count; i++) {
        if (!autoscaler_policies[parts->apps[i].autoscaler]->foresees) continue;
        if (is_slowed(parts, &parts->apps[i]))
            cannot_foresee(parts, i, "with slowdown, service times depend on who shares a runner");
        for (uint32_t s = 0; s < c->traffic_count; s++)
            if (parts->traffic[s].app == i && parts->traffic[s].kind == ARRIVAL_CLOSED_LOOP)
                cannot_foresee(parts, i, "the requests of a closed loop depend on its answers");
    }
}
