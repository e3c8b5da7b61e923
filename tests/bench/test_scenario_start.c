#include "bench/input/scenario_start.c"

#include "tests/bench/probe.h"

// Each wrong use of the keys of starts, faults, regions and prices gets one message, at its place.
static const struct probe_row rows[] = {
    // The ladder of setup().
    {PROBE_APP, "\"setup\": {\"ladder\": []}",
     "2:", "error[E0304]: /apps/A/setup/ladder: expected a list of 1 to 16 steps"},
    {PROBE_APP, "\"setup\": {\"ladder\": 5}", "2:", "error[E0304]: /apps/A/setup/ladder"},
    {PROBE_APP, "\"setup\": {\"ladder\": [5]}", "2:", "error[E0303]: /apps/A/setup/ladder/0"},
    {PROBE_APP, "\"setup\": {\"ladder\": [{\"time\": \"1s\"}]}",
     "2:", "error[E0302]: /apps/A/setup/ladder/0/step"},
    {PROBE_APP, "\"setup\": {\"ladder\": [{\"step\": \"a\"}]}",
     "2:", "one of \"time\" and \"size_gb\""},
    {PROBE_APP, "\"setup\": {\"ladder\": [{\"step\": \"\", \"time\": \"1s\"}]}",
     "2:", "error[E0401]: /apps/A/setup/ladder/0/step"},
    {PROBE_APP, "\"setup\": {\"ladder\": [{\"step\": \"a\", \"time\": 1}]}", "2:", "write \"1s\""},
    {PROBE_APP,
     "\"setup\": {\"ladder\": [{\"step\": \"a\", \"time\": \"1s\", "
     "\"tier\": \"nvme\"}]}",
     "2:", "error[E0403]: /apps/A/setup/ladder/0/tier"},
    {PROBE_APP, "\"setup\": {\"ladder\": [{\"step\": \"a\", \"size_gb\": 1}]}",
     "2:", "error[E0302]: /apps/A/setup/ladder/0/tier"},
    {PROBE_APP,
     "\"setup\": {\"ladder\": [{\"step\": \"a\", \"size_gb\": 1, "
     "\"tier\": \"nvme\"}]}",
     "2:", "error[E0401]: /apps/A/setup/ladder/0/tier"},
    {PROBE_APP, "\"setup\": {\"ladder\": [{\"step\": \"a\", \"time\": \"1s\", \"tme\": 1}]}",
     "2:", "did you mean"},
    {PROBE_APP,
     "\"setup\": {\"ladder\": [{\"step\": \"a\", \"time\": \"1s\"}, "
     "{\"step\": \"a\", \"time\": \"1s\"}]}",
     "2:", "each step once"},
    {PROBE_APP,
     "\"setup\": {\"ladder\": [{\"step\": \"a\", \"time\": \"1s\"}], "
     "\"constant\": \"1s\"}",
     "2:", "error[E0301]: /apps/A/setup/constant"},
    {PROBE_APP,
     "\"setup_s\": 1, \"setup\": {\"ladder\": [{\"step\": \"a\", "
     "\"time\": \"1s\"}]}",
     "2:", "error[E0308]: /apps/A/setup_s"},
    {PROBE_TOP, "\"platform\": {\"tiers\": 5}", "2:", "error[E0303]: /platform/tiers"},
    {PROBE_TOP, "\"platform\": {\"tiers\": {\"nvme\": \"12\"}}",
     "2:", "a number, or a distribution of numbers"},
    {PROBE_TOP, "\"platform\": {\"tiers\": {\"nvme\": 0}}", "2:", "a bandwidth above 0 GB/s"},
    {PROBE_TOP, "\"platform\": {\"tiers\": {\"nvme\": -1}}",
     "2:", "error[E0304]: /platform/tiers/nvme"},
    {PROBE_TOP,
     "\"platform\": {\"tiers\": {\"nvme\": {\"uniform\": {\"low\": \"1s\", "
     "\"high\": 2}}}}",
     "2:", "error[E0303]: /platform/tiers/nvme/uniform/low"},
    {PROBE_APP, "\"first_in_region_factor\": -1",
     "2:", "error[E0304]: /apps/A/first_in_region_factor"},
    {PROBE_APP, "\"cache_lifetime\": 60", "2:", "write \"60s\""},

    // Images, faults, health.
    {PROBE_APP, "\"docker_pull\": {\"nodes\": 3}", "2:", "error[E0302]: /apps/A/docker_pull/time"},
    {PROBE_APP, "\"docker_pull\": {\"nodes\": 0, \"time\": \"1s\"}",
     "2:", "error[E0304]: /apps/A/docker_pull/nodes"},
    {PROBE_APP, "\"docker_pull\": {\"nodes\": 5000, \"time\": \"1s\"}", "2:", "from 1 to 4096"},
    {PROBE_APP, "\"docker_pull\": {\"nodes\": 3, \"cached\": 0.5, \"time\": \"1s\"}",
     "2:", "error[E0308]: /apps/A/docker_pull/nodes"},
    {PROBE_APP, "\"mtbf\": 5", "2:", "error[E0303]: /apps/A/mtbf"},
    {PROBE_APP, "\"mbtf\": \"5m\"", "2:", "did you mean \"mtbf\"?"},
    {PROBE_APP, "\"sick_response\": 200", "2:", "from 500 to 599"},
    {PROBE_APP, "\"health_check\": true", "2:", "error[E0303]: /apps/A/health_check"},
    {PROBE_APP, "\"health_check\": {\"interval\": \"0s\"}",
     "2:", "error[E0304]: /apps/A/health_check/interval"},
    {PROBE_APP, "\"health_check\": {\"failures\": 0}",
     "2:", "error[E0304]: /apps/A/health_check/failures"},
    {PROBE_APP, "\"health_check\": {\"period\": \"1s\"}",
     "2:", "error[E0301]: /apps/A/health_check/period"},
    {PROBE_APP, "\"start_period\": \"1s\"", "2:", "belongs in /apps/NAME/health_check"},

    // Machines.
    {PROBE_TOP, "\"machine_types\": {\"M\": {\"capacity\": {}}}", "2:", "at least one region"},
    {PROBE_TOP, "\"machine_types\": {\"M\": {\"capacity\": {\"us-west\": -1}}}",
     "2:", "error[E0304]: /machine_types/M/capacity/us-west"},
    {PROBE_TOP, "\"machine_types\": {\"M\": {\"surge\": []}}",
     "2:", "a list of 1 to 16 price windows"},
    {PROBE_TOP, "\"machine_types\": {\"M\": {\"surge\": [{\"from\": \"1h\", \"factor\": 2}]}}",
     "2:", "error[E0302]: /machine_types/M/surge/0/until"},
    {PROBE_TOP, "\"machine_types\": {\"M\": {\"surge\": [{\"until\": \"1h\"}]}}",
     "2:", "error[E0302]: /machine_types/M/surge/0/factor"},
    {PROBE_TOP,
     "\"machine_types\": {\"M\": {\"surge\": [{\"from\": \"2h\", "
     "\"until\": \"1h\", \"factor\": 2}]}}",
     "2:", "\"until\" after \"from\""},
    {PROBE_TOP,
     "\"machine_types\": {\"M\": {\"surge\": [{\"until\": \"1h\", "
     "\"factor\": -2}]}}",
     "2:", "error[E0304]: /machine_types/M/surge/0/factor"},
    {PROBE_TOP,
     "\"machine_types\": {\"M\": {\"surge\": [{\"until\": \"2h\", "
     "\"factor\": 2}, {\"from\": \"1h\", \"until\": \"3h\", \"factor\": 2}]}}",
     "2:", "that do not overlap"},
    {PROBE_TOP, "\"machine_types\": {\"M\": {\"reclaim\": 5}}",
     "2:", "error[E0303]: /machine_types/M/reclaim"},
    {PROBE_TOP, "\"prices\": \"spot\"", "2:", "\"list\" or \"committed\""},
    {PROBE_APP, "\"valid_regions\": []", "2:", "a list of 1 to 15 regions"},
    {PROBE_APP, "\"valid_regions\": [\"us-west\"]", "2:", "error[E0401]: /apps/A/valid_regions/0"},
    {PROBE_APP, "\"valid_regions\": [5]", "2:", "the name of a region"},

    // Money.
    {PROBE_TOP, "\"platform\": {\"billing_granularity\": \"1m\"}", "2:", "\"exact\" or \"1s\""},
    {PROBE_APP, "\"unit_price_usd\": -1", "2:", "error[E0304]: /apps/A/unit_price_usd"},
    {PROBE_SOURCE,
     "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", "
     "\"billable_units\": 2",
     "2:", "give the app \"unit_price_usd\""},

    // The timeline.
    {PROBE_EVENT, "{\"at\": \"1m\", \"maintenance\": {\"runners\": 1}}",
     "2:", "error[E0302]: /timeline/0/maintenance/machine_type"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"maintenance\": {\"machine_type\": \"GPU-A100\"}}",
     "2:", "error[E0302]: /timeline/0/maintenance/runners"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"maintenance\": {\"machine_type\": \"GPU-A100\", "
     "\"runners\": 0}}",
     "2:", "error[E0304]: /timeline/0/maintenance/runners"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"maintenance\": {\"machine_type\": \"GPU-A100\", "
     "\"runners\": \"some\"}}",
     "2:", "or \"all\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"maintenance\": {\"machine_type\": \"GPU-A100\", "
     "\"runners\": 1, \"notice\": -1}}",
     "2:", "/timeline/0/maintenance/notice"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"maintenance\": {\"machine_type\": \"GPU-A100\", "
     "\"region\": \"us-west\", \"runners\": 1}}",
     "2:", "error[E0401]: /timeline/0/maintenance/region"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"capacity\": {\"machine_type\": \"GPU-A100\", "
     "\"capacity\": 1, \"evict\": 1}}",
     "2:", "error[E0303]: /timeline/0/capacity/evict"},
};

static void wrong_uses_are_reported(void **state)
{
    (void)state;
    PROBE_ROWS(rows);
}

#define HEAD "{\"warmpool\": 1, \"title\": \"t\", \"horizon\": \"1h\",\n"
#define REGIONS_2                                                                                  \
    "\"machine_types\": {\"M\": {\"price_usd_per_s\": 1, \"capacity\": {\"us-west\": 4, "          \
    "\"eu-north\": 2}},\n"                                                                         \
    "  \"N\": {\"price_usd_per_s\": 2, \"capacity\": 3}},\n"

static void expect_problem(const char *text, const char *has)
{
    struct probe probe = probe_load(text, NULL);
    if (!strstr(probe.messages, has)) fail_msg("no \"%s\" in: %s", has, probe.messages);
    assert_int_equal(diag_errors(probe.diag), 1);
    probe_close(&probe);
}

static void regions_must_fit_the_types(void **state)
{
    (void)state;
    expect_problem(
        HEAD REGIONS_2
        "\"apps\": {\"A\": {\"machine_type\": \"N\", \"valid_regions\": [\"us-west\"]}}}",
        "error[E0403]: /apps/A/machine_type: expected a machine type with capacity in "
        "valid_regions");
    expect_problem(
        HEAD REGIONS_2
        "\"apps\": {\"A\": {\"machine_type\": \"M\", \"valid_regions\": [\"us-wets\"]}}}",
        "did you mean \"us-west\"?");
    expect_problem(HEAD REGIONS_2 "\"apps\": {\"A\": {\"machine_type\": \"M\", \"valid_regions\": "
                                  "[\"us-west\", \"us-west\"]}}}",
                   "each region once");
    expect_problem(HEAD REGIONS_2 "\"apps\": {\"A\": {\"machine_type\": \"M\"}},\n"
                                  "\"timeline\": [{\"at\": \"1m\", \"capacity\": "
                                  "{\"machine_type\": \"M\", \"capacity\": 1}}]}",
                   "error[E0302]: /timeline/0/capacity/region");
    expect_problem(HEAD REGIONS_2
                   "\"apps\": {\"A\": {\"machine_type\": \"M\"}},\n"
                   "\"timeline\": [{\"at\": \"1m\", \"capacity\": {\"machine_type\": \"N\", "
                   "\"region\": \"us-west\", \"capacity\": 1}}]}",
                   "a region where the type has capacity");
}

// M2, M4: types in the order of the list, each in the regions of the app, in their order.
static void places_are_in_the_order_of_the_app(void **state)
{
    (void)state;
    struct probe probe = probe_load(
        HEAD REGIONS_2 "\"apps\": {\"A\": {\"machine_type\": [\"M\"], \"valid_regions\": "
                       "[\"eu-north\", \"us-west\"]},\n"
                       "  \"B\": {\"machine_type\": [\"N\", \"M\"]}},\n"
                       "\"timeline\": [{\"at\": \"1m\", \"capacity\": {\"machine_type\": \"M\", "
                       "\"region\": \"eu-north\", \"capacity\": 1}}]}",
        NULL);
    const struct scenario_config *c = probe_config(&probe);
    const struct revision_config *a = &c->revisions[0], *b = &c->revisions[1];
    assert_int_equal(a->machine_count, 2);
    assert_string_equal(c->machines[a->machines[0]].region, "eu-north");
    assert_int_equal(c->machines[a->machines[0]].capacity, 2);
    assert_string_equal(c->machines[a->machines[1]].region, "us-west");
    assert_int_equal(c->machines[a->machines[1]].capacity, 4);
    assert_int_equal(b->machine_count, 3);
    assert_null(c->machines[b->machines[0]].region);
    assert_string_equal(c->machines[b->machines[1]].region, "us-west");
    assert_int_equal(c->timeline[0].machine, a->machines[0]);
    probe_close(&probe);
}

// Domain 10.1: the ladder as the file gives it, sizes by tier, plain numbers for bandwidths.
static void a_ladder_is_read(void **state)
{
    (void)state;
    struct probe probe = probe_load(
        HEAD
        "\"platform\": {\"tiers\": {\"nvme\": 12, \"store\": {\"uniform\": {\"low\": 1.5, "
        "\"high\": 8}}}},\n"
        "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"setup\": {\"ladder\": [\n"
        "  {\"step\": \"libraries\", \"time\": \"2.65s\"}, {\"step\": \"cuda\", \"time_s\": 0.5},\n"
        "  {\"step\": \"weights\", \"size_gb\": 14, \"tier\": \"store\"}]}}}}",
        NULL);
    const struct scenario_config *c = probe_config(&probe);
    const struct revision_config *r = &c->revisions[0];
    assert_int_equal(r->step_count, 3);
    assert_string_equal(r->steps[0].name, "libraries");
    assert_true(dist_mean(&r->steps[0].time) == 2.65);
    assert_true(dist_mean(&r->steps[1].time) == 0.5);
    assert_true(r->steps[2].size_gb == 14);
    assert_int_equal(r->steps[2].tier, 1);
    assert_true(dist_mean(&c->platform.tiers[0].gb_per_s) == 12);
    assert_true(dist_mean(&c->platform.tiers[1].gb_per_s) == 4.75);
    probe_close(&probe);
}

// Domain 5.2: the committed price of an H100; no table has one for an A100, and a silent list price
// would lie.
static void the_price_table_is_a_choice(void **state)
{
    (void)state;
    const char *text =
        HEAD "\"prices\": \"committed\", \"apps\": {\"A\": {\"machine_type\": \"GPU-H100\"}}}";
    struct probe probe = probe_load(text, NULL);
    const struct scenario_config *c = probe_config(&probe);
    assert_string_equal(c->prices, "committed");
    assert_true(c->machines[c->revisions[0].machines[0]].price_usd_per_s == 1.89 / 3600);
    probe_close(&probe);
    expect_problem(
        HEAD "\"prices\": \"committed\", \"apps\": {\"A\": {\"machine_type\": \"GPU-A100\"}}}",
        "error[E0402]");
    probe = probe_right(PROBE_TOP, "\"prices\": \"list\"");
    assert_string_equal(probe_config(&probe)->prices, "list");
    probe_close(&probe);
}

// A key that is not there is the same as the platform's default, and health checks are off.
static void health_checks_are_off_unless_given(void **state)
{
    (void)state;
    struct probe probe = probe_right(PROBE_APP, "\"max_concurrency\": 2");
    assert_false(probe_config(&probe)->revisions[0].has_health_check);
    probe_close(&probe);
    probe = probe_right(PROBE_APP, "\"health_check\": {\"failures\": 2}");
    const struct revision_config *r = &probe_config(&probe)->revisions[0];
    assert_true(r->has_health_check);
    assert_int_equal(r->health.failures, 2);
    assert_true(r->health.interval == 15 * SIM_SECOND);
    assert_true(r->health.timeout == 5 * SIM_SECOND);
    assert_true(r->health.start_period == 30 * SIM_SECOND);
    probe_close(&probe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_uses_are_reported),
        cmocka_unit_test(regions_must_fit_the_types),
        cmocka_unit_test(places_are_in_the_order_of_the_app),
        cmocka_unit_test(a_ladder_is_read),
        cmocka_unit_test(the_price_table_is_a_choice),
        cmocka_unit_test(health_checks_are_off_unless_given),
    };
    return cmocka_run_group_tests_name("scenario_start", tests, NULL, NULL);
}
