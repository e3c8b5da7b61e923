// The laws on every scenario file that comes with the program, for each alternative: of the numbers
// that its replications report, and under watch.h of what happens in a run of it.  The numbers:
// requests are conserved, the money law holds to the micro-dollar, billed seconds are the sum of
// billed states, machines are never over capacity, and the downtime meters agree with each other.

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <glob.h>
#include <math.h>
#include <string.h>

#include "bench/experiment/experiment.h"
#include "bench/input/scenario.h"
#include "models/runner.h"

static char watched[256]; // which run it is
#define WATCH_BROKEN(...)                                                                          \
    do {                                                                                           \
        print_error("%s\n", watched);                                                              \
        fail_msg(__VA_ARGS__);                                                                     \
    } while (0)
#include "tests/laws/watch.h"

enum { REPLICATIONS = 3 };

struct run { // one replication of one alternative
    const char *file;
    const struct alternative_result *a;
    uint32_t replication;
};

static bool labelled(const struct column *c, enum label label, const char *text)
{
    return text ? c->labels[label] && strcmp(c->labels[label], text) == 0 : !c->labels[label];
}

// Sum of a metric over the columns about this app (NULL: about no app), with this value of one more
// label (NULL: any).
static double sum(const struct run *r, const char *metric, const char *app, enum label label,
                  const char *text)
{
    double total = 0;
    for (size_t i = 0; i < r->a->column_count; i++) {
        const struct column *c = &r->a->columns[i];
        if (strcmp(c->metric->name, metric) != 0 || !labelled(c, LABEL_APP, app)) continue;
        if (text && !labelled(c, label, text)) continue;
        total += r->a->values[r->replication * r->a->column_count + i];
    }
    return total;
}

static bool has(const struct run *r, const char *metric, const char *app)
{
    for (size_t i = 0; i < r->a->column_count; i++)
        if (strcmp(r->a->columns[i].metric->name, metric) == 0 &&
            labelled(&r->a->columns[i], LABEL_APP, app))
            return true;
    return false;
}

static void near(const struct run *r, const char *law, double left, double right, double tolerance)
{
    if (!(fabs(left - right) <= tolerance))
        fail_msg("%s, %s, replication %u: %s: %.12g is not %.12g", r->file, r->a->alternative->name,
                 (unsigned)r->replication, law, left, right);
}

static void check_app(const struct run *r, const char *app)
{
    near(r, "arrivals = sum of outcomes", sum(r, "arrivals", app, LABEL_APP, NULL),
         sum(r, "requests", app, LABEL_APP, NULL), 0);
    double paid = sum(r, "cost_usd", app, LABEL_APP, NULL);
    near(r, "owner + callers + absorbed = billed states x rate", paid,
         sum(r, "cost_state_usd", app, LABEL_APP, NULL), 1e-6);
    near(r, "... = by revision", paid, sum(r, "cost_revision_usd", app, LABEL_APP, NULL), 1e-6);
    // By the unit callers pay the revenue, not what their seconds cost.
    bool by_unit = has(r, "caller_revenue_usd", app);
    near(r, "callers = sum over callers",
         by_unit ? sum(r, "caller_revenue_usd", app, LABEL_APP, NULL)
                 : sum(r, "cost_usd", app, LABEL_PAYER, "callers"),
         sum(r, "cost_caller_usd", app, LABEL_APP, NULL), 1e-6);
    for (int mode = 0; mode < AUTH_MODES; mode++)
        near(r, "the same money under each mode", paid,
             sum(r, "cost_mode_usd", app, LABEL_AUTH_MODE, auth_mode_names[mode]), 1e-6);
    const struct scenario_config *c = &r->a->alternative->config;
    double span = sim_seconds(c->horizon - c->warm_up);
    for (int s = 0; s < RUNNER_STATES; s++)
        if (runner_is_billed((enum runner_state)s))
            near(r, "billed seconds = mean runners x span",
                 sum(r, "billed_s", app, LABEL_STATE, runner_states[s].name),
                 span * sum(r, "runners_mean", app, LABEL_STATE, runner_states[s].name), 1e-6);
    double unserved = sum(r, "unserved_time_s", app, LABEL_APP, NULL);
    assert_true(unserved >= 0 && unserved <= sum(r, "no_runner_time_s", app, LABEL_APP, NULL));
    assert_true(sum(r, "unserved_max_s", app, LABEL_APP, NULL) <= unserved);
    // What happens after the first rollout belongs to one of them; the rest to none.
    assert_true(sum(r, "rollout_unserved_s", app, LABEL_APP, NULL) <= unserved + 1e-6);
    assert_true(sum(r, "rollout_killed_in_flight", app, LABEL_APP, NULL) <=
                sum(r, "killed_in_flight", app, LABEL_APP, NULL));
    near(r, "valid = ok + failed", sum(r, "failed_requests", app, LABEL_APP, NULL),
         sum(r, "requests", app, LABEL_OUTCOME, "server_error") +
             sum(r, "requests", app, LABEL_OUTCOME, "timeout") +
             sum(r, "requests", app, LABEL_OUTCOME, "start_timeout") +
             sum(r, "requests", app, LABEL_OUTCOME, "cut") +
             sum(r, "requests", app, LABEL_OUTCOME, "rejected") +
             sum(r, "requests", app, LABEL_OUTCOME, "flushed"),
         1e-9);
}

static void check_machines(const struct run *r)
{
    for (size_t i = 0; i < r->a->column_count; i++) {
        const struct column *c = &r->a->columns[i];
        double value = r->a->values[r->replication * r->a->column_count + i];
        if (strcmp(c->metric->name, "machine_capacity_s") != 0 || isnan(value)) continue;
        double held = sum(r, "machine_s", NULL, LABEL_MACHINE_TYPE, c->labels[LABEL_MACHINE_TYPE]);
        if (!(held <= value + 1e-6))
            fail_msg("%s: %s holds %.9g of %.9g machine-seconds", r->file,
                     c->labels[LABEL_MACHINE_TYPE], held, value);
    }
    near(r, "cost by machine type = cost by payer",
         sum(r, "cost_machine_usd", NULL, LABEL_APP, NULL),
         sum(r, "cost_usd", NULL, LABEL_APP, NULL), 1e-6);
}

// One whole run under the laws of watch.h.
static void watch_alternative(const char *file, const struct alternative *a, uint64_t seed)
{
    static struct watch watch;
    char fault[200] = "";
    snprintf(watched, sizeof watched, "%s, %s", file, a->name);
    struct trace_set *traces = trace_set_open(a->traces, a->config.traffic_count);
    struct arena *arena = arena_create(model_memory(&a->config));
    assert_true(traces && arena);
    struct trace_feed feed = {trace_set_next, traces};
    struct watch_options options = {.seed = seed, .feed = &feed};
    if (watch_config(&watch, &a->config, arena, &options, fault) != SIM_DONE)
        fail_msg("%s: the run ended early: %s", watched, fault);
    assert_true(watch.begins > 0);
    free(watch.values);
    arena_destroy(arena);
    trace_set_close(traces);
}

static void check_file(const char *file)
{
    struct arena *arena = arena_create((size_t)1 << 30);
    struct diag *diag = diag_create(arena);
    struct scenario scenario;
    if (!scenario_load(&scenario, arena, file, NULL, 0, diag)) {
        diag_print(diag, stderr);
        fail_msg("%s is not valid", file);
    }
    scenario.replications = (struct replication_plan){.min = REPLICATIONS, .max = REPLICATIONS};
    struct experiment_options options = {.threads = 2, .series = true};
    struct experiment_result result;
    char error[256];
    assert_true(experiment_run(&result, &scenario, &options, error, sizeof error));
    for (size_t a = 0; a < result.alternative_count; a++)
        for (uint32_t replication = 0; replication < REPLICATIONS; replication++) {
            struct run r = {file, &result.alternatives[a], replication};
            const struct scenario_config *c = &r.a->alternative->config;
            assert_int_equal(r.a->replications, REPLICATIONS);
            for (uint32_t i = 0; i < c->app_count; i++)
                check_app(&r, c->apps[i].name);
            check_machines(&r);
        }
    experiment_free(&result);
    for (size_t a = 0; a < scenario.alternative_count; a++)
        watch_alternative(file, &scenario.alternatives[a], scenario.seed);
    arena_destroy(arena);
}

static void laws_hold_on_every_scenario(void **state)
{
    (void)state;
    glob_t files;
    assert_int_equal(glob("scenarios/*.json", 0, NULL, &files), 0);
    size_t checked = 0;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        if (strstr(files.gl_pathv[i], "schema.json")) continue;
        check_file(files.gl_pathv[i]);
        checked++;
    }
    assert_true(checked >= 5);
    globfree(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(laws_hold_on_every_scenario)};
    return cmocka_run_group_tests_name("scenarios", tests, NULL, NULL);
}
