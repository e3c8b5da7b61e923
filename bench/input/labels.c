#include "bench/input/labels.h"

#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/metric_labels.h"
#include "bench/input/suggest.h"
#include "models/downtime.h"
#include "models/request.h"
#include "models/rollout.h"
#include "models/runner.h"

// Names that a label may have; looked for among them, and the nearest one kept.
struct names {
    struct diag *diag;
    const char *text;
    bool found;
    struct suggest suggest;
    const char *list; // "\"IDLE\", \"RUNNING\"", the first few
    uint32_t listed;
};

enum { MOST_LISTED = 16 };

static void offer(struct names *names, const char *name)
{
    const char *quoted = diag_quote(names->diag, name);
    names->found = names->found || strcmp(names->text, name) == 0;
    suggest_offer(&names->suggest, name);
    if (names->found || names->listed == MOST_LISTED || strstr(names->list, quoted)) return;
    names->list =
        diag_format(names->diag, "%s%s%s", names->list, names->listed ? ", " : "", quoted);
    names->listed++;
}

static void offer_all(struct names *names, const char *const *list)
{
    for (; *list; list++)
        offer(names, *list);
}

static void offer_states(struct names *names, const char *metric,
                         const struct scenario_config *config)
{
    if (strcmp(metric, "machine_s") == 0) {
        offer_all(names, machine_use_names);
        return;
    }
    if (strcmp(metric, "setup_step_s") == 0) {
        for (uint32_t r = 0; r < config->revision_count; r++)
            for (uint32_t i = 0; i < config->revisions[r].step_count; i++)
                offer(names, config->revisions[r].steps[i].name);
        return;
    }
    bool alive = strcmp(metric, "runners_mean") == 0, cost = strcmp(metric, "cost_state_usd") == 0;
    for (int s = RUNNER_CRASH_BACKOFF; s < RUNNER_STATES; s++)
        if (alive || runner_is_billed((enum runner_state)s)) offer(names, runner_states[s].name);
    if (!alive && config->platform.billing_granularity != BILLING_EXACT) offer(names, "rounding");
    for (uint32_t i = 0; cost && i < config->machine_count; i++)
        if (config->machines[i].surge_count > 0) offer(names, "surge");
}

static void offer_outcomes(struct names *names, const char *metric)
{
    if (strcmp(metric, "runner_stops") == 0)
        offer_all(names, stop_reason_names);
    else if (strcmp(metric, "rollout_outcome") == 0)
        offer_all(names, rollout_end_names);
    else
        for (int i = 0; i < OUTCOMES; i++)
            offer(names, outcomes[i].name);
}

// Those of a table that does not depend on the scenario; false: it does.
static bool offer_fixed(struct names *names, const char *metric, enum label label)
{
    static const char *const payers[] = {"owner", "callers", "absorbed", NULL};
    static const char *const quantiles[] = {"0.5", "0.9", "0.95", "0.99", "0.999", "max", NULL};
    static const char *const outage_quantiles[] = {"0.5", "0.95", NULL};
    if (label == LABEL_AUTH_MODE)
        offer_all(names, auth_mode_names);
    else if (label == LABEL_PAYER)
        offer_all(names, payers);
    else if (label == LABEL_QUANTILE)
        offer_all(names, strcmp(metric, "outage_s") == 0 ? outage_quantiles : quantiles);
    else if (label == LABEL_PRIORITY)
        offer_all(names, priority_names);
    else if (label == LABEL_WINDOW)
        offer_all(names, downtime_windows(metric));
    else if (label == LABEL_OUTCOME)
        offer_outcomes(names, metric);
    else
        return false;
    return true;
}

static void offer_of(struct names *names, const char *metric, enum label label,
                     const struct scenario_config *c)
{
    if (label == LABEL_STATE) offer_states(names, metric, c);
    for (uint32_t i = 0; label == LABEL_APP && i < c->app_count; i++)
        offer(names, c->apps[i].name);
    for (uint32_t i = 0; label == LABEL_REVISION && i < c->revision_count; i++)
        offer(names, c->revisions[i].name);
    for (uint32_t i = 0; label == LABEL_CALLER && i < c->caller_count; i++)
        offer(names, c->callers[i].name);
    for (uint32_t i = 0; label == LABEL_ROLLOUT && i < c->timeline_count; i++)
        if (c->timeline[i].name) offer(names, c->timeline[i].name);
    for (uint32_t i = 0; i < c->machine_count; i++) {
        if (label == LABEL_MACHINE_TYPE) offer(names, c->machines[i].name);
        if (label == LABEL_REGION && c->machines[i].region) offer(names, c->machines[i].region);
    }
}

static const char *words(const struct names *names, enum label label)
{
    static const char *const texts[LABELS] = {
        [LABEL_APP] = "the name of an app",
        [LABEL_REVISION] = "a revision",
        [LABEL_MACHINE_TYPE] = "a machine type",
        [LABEL_AUTH_MODE] = "an auth mode",
        [LABEL_PAYER] = "a payer",
        [LABEL_CALLER] = "a caller",
        [LABEL_STATE] = "a state of this metric",
        [LABEL_OUTCOME] = "an outcome of this metric",
        [LABEL_QUANTILE] = "a quantile",
        [LABEL_PRIORITY] = "a priority",
        [LABEL_WINDOW] = "a window of this metric",
        [LABEL_ROLLOUT] = "a rollout",
        [LABEL_REGION] = "a region of a machine type's capacity",
    };
    if (names->listed == MOST_LISTED) return texts[label];
    return diag_format(names->diag, "%s (%s)", texts[label],
                       names->listed ? names->list : "there is none");
}

void labels_check(const struct parts *base, const struct scenario *scenario, const cJSON *node,
                  const char *metric, enum label label, const char *text)
{
    const struct reader *reader = &base->reader;
    struct names names = {
        .diag = reader->diag, .text = text, .suggest = suggest_for(text), .list = ""};
    if (!metric_has_label(metric, label)) {
        reader_key_error(reader, node, CODE_CONTRADICTION,
                         diag_format(reader->diag, "a label of %s", metric),
                         diag_quote(reader->diag, label_names[label]), NULL);
        return;
    }
    if (!offer_fixed(&names, metric, label)) {
        offer_of(&names, metric, label, base->config);
        for (size_t i = 0; i < scenario->alternative_count; i++)
            offer_of(&names, metric, label, &scenario->alternatives[i].config);
    }
    if (!names.found)
        reader_error(reader, node, CODE_NAME, words(&names, label),
                     reader_hint(reader, suggest_answer(&names.suggest)));
}
