// Recorded and published runs in which nothing is drawn: warmpool must give the very numbers.

#include "tests/judge.h"

#define LOG "tests/peers/lambda-log.json"
#define COLD "cold_start_ratio", "app=F"
#define LABELS_MET "cold_label_ratio", "app=F"
#define T600 "T = 600"
#define T640 "T = 640"
#define LAST_USED "T = 640, most recently used"
#define FIRST_USED "T = 640, least recently used"

// By hand, of lambda.csv in the order of arrival, with 600 s: 1000 cold (A), 1001 cold (B),
// 1500 warm (B), 1603 warm (B; A has left at 1602), 1603.5 cold (C), 2205 warm (C, in the very
// instant in which it would leave), 2807 cold.  With 640 s only the first two are cold.  Its own
// labels say that the first two and the last two are.
static void a_made_log_is_replayed_exactly(void **state)
{
    (void)state;
    static const struct judge_case cases[] = {
        {LOG, T600, "arrivals", "app=F", 7, 0, "lambda.csv, by hand: 7 complete rows"},
        {LOG, T600, COLD, 4. / 7, 0, "lambda.csv, by hand: 4 cold"},
        {LOG, T600, LABELS_MET, 5. / 7, 0, "lambda.csv, by hand: 5 as labelled"},
        {LOG, T640, COLD, 2. / 7, 0, "lambda.csv, by hand: 2 cold"},
        {LOG, T640, LABELS_MET, 5. / 7, 0, "lambda.csv, by hand: 5 as labelled"},
    };
    JUDGE(cases);
}

// A log of the folder that WARMPOOL_DATA names.
static void judge_log(const char *name, const struct judge_case *cases, size_t count)
{
    const char *folder = getenv("WARMPOOL_DATA");
    if (!folder) skip();
    char path[1024], change[4200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *full = realpath(path, NULL);
    if (!full) fail_msg("WARMPOOL_DATA has no %s", name);
    snprintf(change, sizeof change, "/apps/F/traffic/0/trace/file=\"%s\"", full);
    free(full);
    judge(cases, count, change);
}

static void a_log_of_two_hundred_requests_is_met(void **state)
{
    (void)state;
#define MAY "AWS Lambda, 2020-05-28: "
    static const struct judge_case cases[] = {
        {LOG, T600, "arrivals", "app=F", 186, 0, MAY "186 requests"},
        {LOG, T600, COLD, 66. / 186, 0, MAY "66 cold"},
        {LOG, T600, LABELS_MET, 179. / 186, 0, MAY "179 as measured"},
        {LOG, T640, COLD, 61. / 186, 0, MAY "61 cold"},
        {LOG, T640, LABELS_MET, 184. / 186, 0, MAY "184 as measured"},
    };
    judge_log("lambda-2020-05-28_01-57-40.csv", cases, sizeof cases / sizeof *cases);
}

static void a_log_of_ten_thousand_requests_is_met(void **state)
{
    (void)state;
#define APRIL "AWS Lambda, 2020-04-24: "
    static const struct judge_case cases[] = {
        {LOG, T600, "arrivals", "app=F", 10116, 0, APRIL "10116 requests"},
        {LOG, T600, COLD, 71. / 10116, 0, APRIL "71 cold"},
        {LOG, T600, LABELS_MET, 10047. / 10116, 0, APRIL "10047 as measured"},
        {LOG, T640, COLD, 68. / 10116, 0, APRIL "68 cold"},
        {LOG, T640, LABELS_MET, 10048. / 10116, 0, APRIL "10048 as measured"},
        {LOG, LAST_USED, COLD, 68. / 10116, 0, APRIL "68 cold"},
        {LOG, FIRST_USED, COLD, 5. / 10116, 0, APRIL "5 cold"},
    };
    judge_log("lambda-2020-04-24_17-53-33.csv", cases, sizeof cases / sizeof *cases);
}

// The slowdowns that its tests want are responses less the second of work; the idle resource time
// is of both containers, 3 s less 1 ns in the one and 2 s in the other.
static void two_cases_of_dslab_are_met(void **state)
{
    (void)state;
#define DSLAB "tests/peers/dslab.json"
#define SOURCE "DSLab FaaS, test_simulation"
#define QUEUEING SOURCE "_with_invoker_queueing"
#define WARM "4 s less 1 ns"
#define BUSY "2.9 s"
    static const struct judge_case cases[] = {
        {DSLAB, WARM, "arrivals", "app=f1", 2, 0, SOURCE ": 3 invocations"},
        {DSLAB, WARM, "arrivals", "app=f2", 1, 0, SOURCE ": 3 invocations"},
        {DSLAB, WARM, "cold_start_ratio", "app=f1", .5, 0, SOURCE ": 2 cold"},
        {DSLAB, WARM, "cold_start_ratio", "app=f2", 1, 0, SOURCE ": 2 cold"},
        {DSLAB, WARM, "cold_start_mean_s", "app=f1", 1, 0, SOURCE ": 1 s"},
        {DSLAB, WARM, "response_mean_s", "app=f1", 2, 0, SOURCE ": slowdown 1"},
        {DSLAB, WARM, "response_mean_s", "app=f2", 3, 0, SOURCE ": slowdown 2"},
        {DSLAB, WARM, "billed_s", "app=f1,state=IDLE", 2 - 1e-9, 0, SOURCE ": idle"},
        {DSLAB, WARM, "billed_s", "app=f2,state=IDLE", 1, 0, SOURCE ": idle"},
        {DSLAB, BUSY, "cold_start_ratio", "app=f1", .5, 0, QUEUEING ": 2 cold"},
        {DSLAB, BUSY, "wait_mean_s", "app=f1", (1 + .1) / 2, 0, QUEUEING ": 1 s and 0.1 s"},
        {DSLAB, BUSY, "response_mean_s", "app=f1", 2.05, 0, QUEUEING ": slowdown 1.05"},
        {DSLAB, BUSY, "response_mean_s", "app=f2", 3, 0, QUEUEING ": slowdown 2"},
        {DSLAB, BUSY, "billed_s", "app=f1,state=IDLE", 1, 0, QUEUEING ": idle"},
        {DSLAB, BUSY, "billed_s", "app=f2,state=IDLE", 1, 0, QUEUEING ": idle"},
    };
    JUDGE(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_made_log_is_replayed_exactly),
        cmocka_unit_test(a_log_of_two_hundred_requests_is_met),
        cmocka_unit_test(a_log_of_ten_thousand_requests_is_met),
        cmocka_unit_test(two_cases_of_dslab_are_met),
    };
    int failed = cmocka_run_group_tests_name("recorded", tests, NULL, NULL);
    if (failed || getenv("WARMPOOL_DATA")) return failed;
    printf("the logs of AWS Lambda are skipped: WARMPOOL_DATA names no folder that has them\n");
    return 77;
}
