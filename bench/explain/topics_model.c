// Topics that are tables of models/ and sim/.

#include <math.h>
#include <string.h>

#include "bench/explain/explain.h"
#include "bench/input/keys.h"
#include "models/autoscaler.h"
#include "models/dispatch.h"
#include "models/machine.h"
#include "models/request.h"
#include "models/rollout.h"
#include "models/runner.h"
#include "sim/dist.h"

static const char *yes_no(bool yes)
{
    return yes ? "yes" : "no";
}

// "a, b" for a and then b; `list` may be "".
static const char *join(struct sheet *sheet, const char *list, const char *more)
{
    return *list ? sheet_format(sheet, "%s, %s", list, more) : more;
}

// Runners.

// States in the order of a life; the one before birth, which stands first in the table, is its end.
static int life_order(int i)
{
    return (i + 1) % RUNNER_STATES;
}

static const char *moves_of(struct sheet *sheet, const struct runner_state_row *row)
{
    const char *list = "";
    for (int i = 0; i < RUNNER_STATES; i++) {
        int next = life_order(i);
        if (row->moves & 1u << next) list = join(sheet, list, runner_states[next].name);
    }
    return list;
}

void topic_states(struct sheet *sheet)
{
    static const char *const classes[] = {[CLASS_GONE] = "gone",
                                          [CLASS_STARTING] = "starting",
                                          [CLASS_READY] = "ready",
                                          [CLASS_STOPPING] = "stopping"};
    sheet_column(sheet, "state", SHEET_SHOWN);
    sheet_column(sheet, "is", SHEET_SHOWN);
    sheet_column(sheet, "billed", SHEET_SHOWN);
    sheet_column(sheet, "machine", SHEET_SHOWN);
    sheet_column(sheet, "meaning", SHEET_DETAIL);
    sheet_column(sheet, "may be followed by", SHEET_SHOWN);
    for (int i = 0; i < RUNNER_STATES; i++) {
        enum runner_state state = (enum runner_state)life_order(i);
        const struct runner_state_row *row = &runner_states[state];
        sheet_row(sheet);
        sheet_put(sheet, row->name);
        sheet_put(sheet, classes[row->class]);
        sheet_put(sheet, yes_no(runner_is_billed(state)));
        sheet_put(sheet, row->class == CLASS_GONE ? NULL : machine_use_names[row->use]);
        sheet_put(sheet, row->help);
        sheet_put(sheet, moves_of(sheet, row));
    }
}

void topic_stops(struct sheet *sheet)
{
    sheet_column(sheet, "reason", SHEET_SHOWN);
    sheet_column(sheet, "meaning", SHEET_SHOWN);
    for (int i = 0; stop_reason_names[i]; i++) {
        sheet_row(sheet);
        sheet_put(sheet, stop_reason_names[i]);
        sheet_put(sheet, stop_reason_help[i]);
    }
}

// Requests.

static const char *ending_name(struct sheet *sheet, size_t i)
{
    switch (i) {
    case ENDING_OK:
        return "2xx, 3xx";
    case ENDING_REQUEST_TIMEOUT:
        return "request_timeout";
    case ENDING_CUT:
        return "cut";
    case ENDING_CANCELLED:
        return "cancelled";
    case ENDING_CLIENT_ERROR:
        return "4xx";
    case ENDING_CRASH:
        return "crash";
    default:
        break;
    }
    if (endings[i].status == 999) return "other 5xx";
    return sheet_format(sheet, "%u", (unsigned)endings[i].status);
}

void topic_responses(struct sheet *sheet)
{
    static const char *const fates[] = {[FATE_STAYS] = "stays",
                                        [FATE_CHECKED] = "TCP check, killed if it fails",
                                        [FATE_KILLED] = "killed"};
    static const char *const budgets[] = {[RETRY_SERVER_ERROR] = "server_error",
                                          [RETRY_TIMEOUT] = "timeout",
                                          [RETRY_CONNECTION_ERROR] = "connection_error",
                                          [RETRY_CONDITIONS] = NULL};
    sheet_column(sheet, "ends with", SHEET_SHOWN);
    sheet_column(sheet, "runner", SHEET_SHOWN);
    sheet_column(sheet, "retried", SHEET_SHOWN);
    sheet_column(sheet, "budget", SHEET_SHOWN);
    sheet_column(sheet, "charged", SHEET_SHOWN);
    sheet_column(sheet, "outcome", SHEET_SHOWN);
    for (size_t i = 0;; i++) {
        const struct ending_row *row = &endings[i];
        sheet_row(sheet);
        sheet_put(sheet, ending_name(sheet, i));
        sheet_put(sheet, fates[row->fate]);
        sheet_put(sheet, yes_no(row->retried));
        sheet_put(sheet, budgets[row->condition]);
        sheet_put(sheet, yes_no(row->charged));
        sheet_put(sheet, outcomes[row->outcome].name);
        if (row->status == 999) break;
    }
}

void topic_outcomes(struct sheet *sheet)
{
    sheet_column(sheet, "outcome", SHEET_SHOWN);
    sheet_column(sheet, "in success ratio", SHEET_SHOWN);
    sheet_column(sheet, "refusal", SHEET_SHOWN);
    sheet_column(sheet, "meaning", SHEET_SHOWN);
    for (int i = 0; i < OUTCOMES; i++) {
        sheet_row(sheet);
        sheet_put(sheet, outcomes[i].name);
        sheet_put(sheet, yes_no(outcomes[i].valid));
        sheet_put(sheet, yes_no(outcomes[i].refusal));
        sheet_put(sheet, outcomes[i].help);
    }
}

// Policies and machines.

static void put_policy(struct sheet *sheet, const char *key, const char *name, const char *help)
{
    sheet_row(sheet);
    sheet_put(sheet, name);
    sheet_put(sheet, key);
    sheet_put(sheet, help);
}

void topic_policies(struct sheet *sheet)
{
    sheet_column(sheet, "policy", SHEET_SHOWN);
    sheet_column(sheet, "key", SHEET_SHOWN);
    sheet_column(sheet, "meaning", SHEET_SHOWN);
    for (int i = 0; autoscaler_policies[i]; i++)
        put_policy(sheet, "autoscaler", autoscaler_policies[i]->name, autoscaler_policies[i]->help);
    for (int i = 0; rollout_policies[i]; i++)
        put_policy(sheet, "strategy", rollout_policies[i]->name, rollout_policies[i]->help);
    for (int i = 0; dispatch_policies[i].name; i++)
        put_policy(sheet, "dispatch", dispatch_policies[i].name, dispatch_policies[i].help);
}

static const char *hourly(struct sheet *sheet, double usd_per_s)
{
    return isnan(usd_per_s) ? NULL : sheet_format(sheet, "%.2f", usd_per_s * 3600);
}

void topic_machines(struct sheet *sheet)
{
    static const char *const columns[] = {"type",    "vCPU",  "RAM GB",
                                          "VRAM GB", "USD/h", "committed USD/h"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        sheet_column(sheet, columns[i], SHEET_SHOWN);
    sheet_column(sheet, "source", SHEET_SHOWN);
    for (const struct machine_config *row = machine_catalogue; row->name; row++) {
        sheet_row(sheet);
        sheet_put(sheet, row->name);
        sheet_put(sheet, sheet_number(sheet, row->vcpu));
        sheet_put(sheet, sheet_number(sheet, row->ram_gb));
        sheet_put(sheet, row->gpu ? sheet_number(sheet, row->vram_gb) : NULL);
        sheet_put(sheet, hourly(sheet, row->price_usd_per_s));
        sheet_put(sheet, hourly(sheet, row->committed_usd_per_s));
        sheet_put(sheet, row->source);
    }
}

// Distributions.

static const char *argument(struct sheet *sheet, const struct dist_arg *arg)
{
    if (arg->type == DIST_ARG_TIME) return sheet_format(sheet, "%s (time)", arg->key);
    return sheet_format(sheet, "%s (%s to %s)", arg->key, sheet_number(sheet, arg->min),
                        sheet_number(sheet, arg->max));
}

static void put_list_form(struct sheet *sheet, const struct keys *keys)
{
    struct key key;
    const char *list = "";
    for (size_t at = 0; keys_next(keys, &at, &key);)
        list = join(sheet, list, sheet_format(sheet, "%s (list)", key.name));
    sheet_row(sheet);
    sheet_put(sheet, keys->id);
    sheet_put(sheet, list);
    sheet_put(sheet, keys->what);
}

void topic_distributions(struct sheet *sheet)
{
    static const struct keys *const lists[] = {&keys_empirical, &keys_quantiles,
                                               &keys_hyperexponential, &keys_mixture};
    sheet_column(sheet, "distribution", SHEET_SHOWN);
    sheet_column(sheet, "arguments", SHEET_SHOWN);
    sheet_column(sheet, "meaning", SHEET_SHOWN);
    for (const struct dist_form *form = dist_forms; form->name; form++) {
        const char *list = "";
        for (const struct dist_arg *arg = form->args; arg->key; arg++)
            list = join(sheet, list, argument(sheet, arg));
        sheet_row(sheet);
        sheet_put(sheet, form->name);
        sheet_put(sheet, list);
        sheet_put(sheet, form->help);
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        put_list_form(sheet, lists[i]);
}
