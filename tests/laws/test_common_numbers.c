// Common random numbers (method A4): what a strategy does, and how many numbers it draws for it,
// shifts nobody else's arrivals and service times, to the nanosecond; and on the flagship
// comparison that makes differences sharper than independent runs would.

#include "tests/kit_log.h"

#include "bench/experiment/experiment.h"
#include "bench/input/scenario.h"

enum { REQUESTS_MOST = 4096, REPLICATIONS = 40 };

struct history { // of requests, in the order of their arrival
    sim_time arrival[REQUESTS_MOST], service[REQUESTS_MOST];
    size_t arrivals, served, starts;
};

// First come, first served: the n-th to begin is the n-th that came.  Nobody is cut or retried.
static void read_history(const struct kit_log *log, struct history *h)
{
    static size_t number_of[REQUESTS_MOST]; // by id of a request under way
    sim_time began[REQUESTS_MOST];
    size_t begun = 0;
    *h = (struct history){0};
    for (size_t i = 0; i < log->count; i++) {
        const struct trace_record *row = &log->rows[i];
        assert_true(h->arrivals < REQUESTS_MOST && begun < REQUESTS_MOST);
        if (kit_log_is(row, "arrival", NULL)) h->arrival[h->arrivals++] = row->at;
        if (kit_log_is(row, "runner", "SETUP")) h->starts++;
        if (kit_log_is(row, "request", "begins")) {
            number_of[row->who] = begun;
            began[begun++] = row->at;
        }
        if (!kit_log_is(row, "service_done", NULL)) continue;
        h->service[number_of[row->who]] = row->at - began[number_of[row->who]];
        h->served++;
    }
}

static struct dist lognormal(double median_s, double sigma)
{
    return (struct dist){.kind = DIST_LOGNORMAL, .a = log(median_s), .b = sigma};
}

static void run_strategy(const char *strategy, uint32_t replication, struct history *h)
{
    struct kit kit = kit_new(3600);
    uint32_t app = kit_app(&kit, "MyApp");
    struct revision_config *first = kit_first(&kit, app);
    kit_scaling(&kit, app)->min_concurrency = 2;
    kit_scaling(&kit, app)->max_concurrency = 8;
    kit_scaling(&kit, app)->keep_alive = sim_from_seconds(60);
    first->setup = lognormal(25, 0.5);
    first->setup_failure = 0.1;
    first->termination_grace_period = sim_from_seconds(3600); // nobody is cut
    kit_poisson(&kit, app, 0.5, lognormal(3, 0.4));
    if (strategy) kit_deploy(&kit, app, 1800, strategy);
    struct kit_log log;
    kit_log_start(&kit, &log);
    assert_int_equal(kit_run(&kit, 42, replication), SIM_DONE);
    read_history(&log, h);
    kit_log_free(&log);
    kit_free(&kit);
}

static void a_strategy_shifts_nobody_elses_numbers(void **state)
{
    (void)state;
    static const char *const strategies[] = {"recreate",       "rolling",    "k8s_recreate",
                                             "rolling_update", "blue_green", NULL};
    static struct history plain, other;
    for (uint32_t replication = 0; replication < 3; replication++) {
        bool draws_more = false;
        run_strategy(NULL, replication, &plain);
        assert_true(plain.served > 1500);
        for (size_t s = 0; strategies[s]; s++) {
            run_strategy(strategies[s], replication, &other);
            draws_more |= other.starts > plain.starts;
            assert_int_equal(other.arrivals, plain.arrivals);
            assert_memory_equal(other.arrival, plain.arrival,
                                plain.arrivals * sizeof *plain.arrival);
            // Those that were still being served at the end of either are 0 there.
            size_t compared = 0;
            for (size_t i = 0; i < plain.arrivals; i++) {
                if (plain.service[i] == 0 || other.service[i] == 0) continue;
                assert_true(plain.service[i] == other.service[i]);
                compared++;
            }
            assert_true(compared + 20 > plain.served);
        }
        assert_true(draws_more);
    }
}

// The flagship.

static struct experiment_result compare_flagship(const struct scenario *scenario,
                                                 const uint64_t *seeds)
{
    struct experiment_options options = {.threads = 2, .pairing = {.seeds = seeds}};
    struct experiment_result result;
    char error[256];
    assert_true(experiment_run(&result, scenario, &options, error, sizeof error));
    return result;
}

static const struct comparison *find(const struct experiment_result *result, const char *metric,
                                     enum label label, const char *text)
{
    for (size_t i = 0; i < result->comparison_count; i++) {
        const struct comparison *c = &result->comparisons[i];
        const struct column *column = &result->alternatives[c->alternative].columns[c->column];
        if (strcmp(column->metric->name, metric) != 0) continue;
        if (column->labels[label] && strcmp(column->labels[label], text) == 0) return c;
    }
    fail_msg("no number %s{%s}", metric, text);
    return NULL;
}

static double half_width(const struct comparison *c)
{
    return (c->high - c->low) / 2;
}

// Recreate against rolling on scenarios/design-example.json: how much the pairs gain, as the
// variance reduction factor says, and as 40 runs of each with seeds of their own confirm.  The
// unserved time gains nothing: with rolling it is 0 in every run, so there is nothing to share.
static void pairs_are_sharper_than_independent_runs(void **state)
{
    (void)state;
    static const struct {
        const char *metric, *text;
        enum label label;
        double gain; // at least
    } rows[] = {
        {"cost_usd", "owner", LABEL_PAYER, 1.1},      {"response_mean_s", "MyApp", LABEL_APP, 1.1},
        {"response_s", "0.5", LABEL_QUANTILE, 5},     {"cold_start_mean_s", "MyApp", LABEL_APP, 30},
        {"in_flight_mean", "MyApp", LABEL_APP, 1000},
    };
    struct arena *arena = arena_create((size_t)1 << 30);
    struct diag *diag = diag_create(arena);
    struct scenario scenario;
    assert_true(scenario_load(&scenario, arena, "scenarios/design-example.json", NULL, 0, diag));
    scenario.replications = (struct replication_plan){.min = REPLICATIONS, .max = REPLICATIONS};
    const uint64_t seeds[] = {42, 4711};
    struct experiment_result paired = compare_flagship(&scenario, NULL),
                             apart = compare_flagship(&scenario, seeds);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct comparison *p = find(&paired, rows[i].metric, rows[i].label, rows[i].text),
                                *a = find(&apart, rows[i].metric, rows[i].label, rows[i].text);
        double ratio = half_width(a) / half_width(p);
        print_message("%s: gain %.4g, intervals narrower by %.4g\n", rows[i].metric,
                      p->variance_reduction, ratio);
        assert_true(p->paired && !a->paired);
        assert_true(p->variance_reduction > rows[i].gain);
        // Half-widths go with the root of the gain; the variances are estimates from 40 runs each.
        assert_true(ratio > 1 && ratio > 0.7 * sqrt(p->variance_reduction));
    }
    const struct comparison *arrivals = find(&paired, "arrivals", LABEL_APP, "MyApp");
    assert_int_equal(arrivals->verdict, COMPARISON_SAME);
    experiment_free(&paired);
    experiment_free(&apart);
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_strategy_shifts_nobody_elses_numbers),
        cmocka_unit_test(pairs_are_sharper_than_independent_runs),
    };
    return cmocka_run_group_tests_name("common_numbers", tests, NULL, NULL);
}
