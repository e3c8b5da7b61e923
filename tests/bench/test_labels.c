#include "tests/bench/probe.h"

#include "bench/input/labels.c"

#define EXPECT(metric, label) "\"expect\": [{\"max\": 1, \"metric\": \"" metric "\",\n" label "}]"

static const struct probe_row wrong[] = {
    {PROBE_TOP, EXPECT("arrivals", "\"app\": \"B\""), "3:8: error[E0401]: /expect/0/app", NULL},
    {PROBE_TOP, EXPECT("machine_s", "\"app\": \"A\""), "3:1: error[E0403]: /expect/0/app",
     "a label of machine_s"},
    {PROBE_TOP, EXPECT("machine_s", "\"machine_type\": \"GPU-A10\""),
     "3:17: error[E0401]: /expect/0/machine_type", "did you mean \"GPU-A100\"?"},
    {PROBE_TOP, EXPECT("cost_mode_usd", "\"auth_mode\": \"open\""),
     "3:14: error[E0401]: /expect/0/auth_mode", NULL},
    {PROBE_TOP, EXPECT("cost_caller_usd", "\"caller\": \"acme\""),
     "3:11: error[E0401]: /expect/0/caller", NULL},
    {PROBE_TOP, EXPECT("cost_revision_usd", "\"revision\": 2"),
     "3:13: error[E0401]: /expect/0/revision", "a revision (\"1\")"},
    {PROBE_TOP, EXPECT("peak_burn", "\"window\": \"1d\""), "3:11: error[E0401]: /expect/0/window",
     "a window of this metric (\"5m\", \"30m\", \"1h\", \"6h\", \"3d\")"},
    {PROBE_TOP, EXPECT("outage_s", "\"quantile\": 0.99"), "3:13: error[E0401]: /expect/0/quantile",
     "a quantile (\"0.5\", \"0.95\")"},
    {PROBE_TOP, EXPECT("rollout_switch_s", "\"rollout\": 1"),
     "3:12: error[E0401]: /expect/0/rollout", "a rollout (there is none)"},
    {PROBE_TOP, EXPECT("machine_s", "\"region\": \"us-west\""),
     "3:11: error[E0401]: /expect/0/region", NULL},
    {PROBE_TOP, EXPECT("billed_s", "\"state\": \"PENDING\""), "3:10: error[E0401]: /expect/0/state",
     "(\"SETUP\", \"IDLE\", \"RUNNING\", \"DRAINING\", \"TERMINATING\")"},
    {PROBE_TOP, EXPECT("billed_s", "\"state\": \"surge\""), "3:10: error[E0401]: /expect/0/state",
     NULL},
    {PROBE_TOP, EXPECT("machine_s", "\"state\": \"IDLE\""), "3:10: error[E0401]: /expect/0/state",
     NULL},
    {PROBE_TOP, EXPECT("requests", "\"outcome\": \"timed_out\""),
     "3:12: error[E0401]: /expect/0/outcome", "did you mean \"timeout\"?"},
    {PROBE_TOP, EXPECT("runner_stops", "\"outcome\": \"aborted\""),
     "3:12: error[E0401]: /expect/0/outcome", "did you mean \"abort\"?"},
    {PROBE_TOP, EXPECT("wait_s", "\"quantile\": 0.98"), "3:13: error[E0401]: /expect/0/quantile",
     "0.99"},
    {PROBE_TOP, EXPECT("unserved_time_s", "\"quantile\": 0.99"),
     "3:1: error[E0403]: /expect/0/quantile", "a label of unserved_time_s"},
};

static void what_no_number_can_match_is_reported(void **state)
{
    (void)state;
    PROBE_ROWS(wrong);
}

static void what_only_an_alternative_has_counts(void **state)
{
    (void)state;
    struct probe probe = probe_right(
        PROBE_TOP, "\"timeline\": [], \"compare\": {\"quiet\": {}, \"deploy\": {\"/timeline/-\": "
                   "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\"}}}},\n"
                   "\"expect\": [{\"metric\": \"rollout_switch_s\", \"rollout\": 1, \"max\": 9}]");
    probe_close(&probe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_no_number_can_match_is_reported),
        cmocka_unit_test(what_only_an_alternative_has_counts),
    };
    return cmocka_run_group_tests_name("labels", tests, NULL, NULL);
}
