#include "tests/bench/probe.h"

#include "bench/input/scenario.c"

// What a whole file says, and each way in which it can be wrong.

#define S "\"service\": \"1s\""
#define P "\"poisson\": {\"rate_per_s\": 1}"

// The acceptance list of wrong inputs, one problem each, at its exact place.
static const struct probe_row wrong[] = {
    // Top level.
    {PROBE_TOP, "\"horizonn\": \"1h\"", "2:1: error[E0301]: /horizonn",
     "did you mean \"horizon\"?"},
    {PROBE_TOP, "\"strategy\": 1", "2:1: error[E0301]: /strategy", "belongs in /timeline/N/deploy"},
    {PROBE_TOP, "\"keep_alive\": 1", "2:1: error[E0301]: /keep_alive", "belongs in /apps/NAME"},
    {PROBE_TOP, "\"sweeep\": {}", "2:1: error[E0301]: /sweeep", "a known key"},
    {PROBE_TOP, "\"seed\": 42", "2:9: error[E0303]: /seed", "put it in quotes"},
    {PROBE_TOP, "\"seed\": \"-1\"", "2:9: error[E0304]: /seed", "18446744073709551615"},
    {PROBE_TOP, "\"seed\": \"18446744073709551616\"", "2:9: error[E0304]: /seed", NULL},
    {PROBE_TOP, "\"seed\": \"\"", "2:9: error[E0304]: /seed", NULL},
    {PROBE_TOP, "\"seed\": \"0x10\"", "2:9: error[E0304]: /seed", NULL},
    {PROBE_TOP, "\"question\": 1", "2:13: error[E0303]: /question", "text, got 1"},
    {PROBE_TOP, "\"defaults\": \"sead\"", "2:13: error[E0305]: /defaults",
     "did you mean \"seed\"?"},
    {PROBE_TOP, "\"warm_up\": \"1h\"", "2:12: error[E0403]: /warm_up", "shorter than the horizon"},
    {PROBE_TOP, "\"warm_up\": \"2h\"", "2:12: error[E0403]: /warm_up", NULL},
    {PROBE_TOP, "\"warm_up\": \"-5m\"", "2:12: error[E0306]: /warm_up", "cannot be negative"},
    {PROBE_TOP, "\"warm_up\": \"5\"", "2:12: error[E0306]: /warm_up", "the unit is missing"},
    {PROBE_TOP, "\"warm_up\": 5", "2:12: error[E0303]: /warm_up", "write \"5s\""},
    {PROBE_TOP, "\"warm_up\": \"\"", "2:12: error[E0306]: /warm_up", "the text is empty"},
    {PROBE_TOP, "\"warm_up\": \"never\"", "2:12: error[E0306]: /warm_up", NULL},
    {PROBE_TOP, "\"warm_up_s\": -1", "2:14: error[E0304]: /warm_up_s", "from 0 to"},
    {PROBE_TOP, "\"warm_up_s\": \"1m\"", "2:14: error[E0303]: /warm_up_s", "without \"_s\""},
    {PROBE_TOP, "\"series_step\": \"1us\"", "2:16: error[E0304]: /series_step", NULL},
    {PROBE_TOP, "\"platform\": []", "2:13: error[E0303]: /platform", "an object, got a list"},
    {PROBE_TOP, "\"platform\": {\"retry_jitter\": 1.5}",
     "2:30: error[E0304]: /platform/retry_jitter", "from 0 to 1, got 1.5"},
    {PROBE_TOP, "\"limits\": {\"runner\": 5}", "2:12: error[E0301]: /limits/runner",
     "did you mean \"runners\"?"},
    {PROBE_TOP, "\"limits\": {\"runners\": 0}", "2:23: error[E0304]: /limits/runners", NULL},

    // Syntax.
    {PROBE_TOP, "\"seed\": \"1\", \"seed\": \"2\"", "2:14: error[E0204]", "first on line 2"},
    {PROBE_TOP, "\"seed\": NaN", "2:9: error[E0201]", "JSON has no such number"},
    {PROBE_TOP, "\"warm_up_s\": 1e400", "2:14: error[E0205]", "1.8e308"},
    {PROBE_TOP, "\"warm_up_s\": 01", "2:14: error[E0205]", "no leading zeros"},
    {PROBE_TOP, "\"warm_up_s\": 1.", "2:14: error[E0205]", "after the point"},
    {PROBE_TOP, "\"question\": \"a\tb\"", "2:15: error[E0206]", "write \\t"},
    {PROBE_TOP, "\"question\": \"a\\u0000\"", "2:15: error[E0206]", "NUL"},
    {PROBE_TOP, "\"question\": \"\xFF\"", "2:14: error[E0203]", "0xFF"},
    {PROBE_TOP, "\"question\": \"a\",", "2:16: error[E0208]", NULL},
    {PROBE_TOP, "\"question\": \"a\" // b", "2:17: error[E0208]", "$comment"},

    // Machine types.
    {PROBE_TOP, "\"machine_types\": {\"M\": {\"price_usd_per_s\": 1, \"price_usd_per_h\": 1}}",
     "2:47: error[E0308]: /machine_types/M/price_usd_per_h", "both"},
    {PROBE_TOP, "\"machine_types\": {\"M\": {\"capacity\": -1}}",
     "2:37: error[E0304]: /machine_types/M/capacity", "\"unlimited\""},
    {PROBE_TOP, "\"machine_types\": {\"M\": {\"capacity\": \"lots\"}}",
     "2:37: error[E0303]: /machine_types/M/capacity", "got \"lots\""},
    {PROBE_TOP, "\"machine_types\": {\"M\": {\"price_usd_per_h\": -1}}",
     "2:44: error[E0304]: /machine_types/M/price_usd_per_h", NULL},
    {PROBE_TOP, "\"machine_types\": {\"M\": {\"price\": 1}}",
     "2:25: error[E0301]: /machine_types/M/price", "did you mean"},
    {PROBE_TOP, "\"machine_types\": {\"M\": 5}", "2:24: error[E0303]: /machine_types/M", NULL},
    {PROBE_TOP, "\"machine_types\": {\"GPU-A100\": {\"capacity\": 0}}",
     "1:78: error[E0405]: /apps/A/machine_type", "with capacity"},

    // Apps.
    {PROBE_APP, "\"min_concurrency\": 2.5", "2:20: error[E0304]: /apps/A/min_concurrency",
     "expected a whole number from 0 to 100000, got 2.5"},
    {PROBE_APP, "\"min_concurrency\": \"2\"", "2:20: error[E0303]: /apps/A/min_concurrency",
     "without quotes"},
    {PROBE_APP, "\"min_concurrency\": null", "2:20: error[E0303]: /apps/A/min_concurrency",
     "got null"},
    {PROBE_APP, "\"min_concurrency\": 3", "2:20: error[E0403]: /apps/A/min_concurrency",
     "max_concurrency is 2 unless"},
    {PROBE_APP, "\"min_concurrency\": 9, \"max_concurrency\": 8",
     "2:20: error[E0403]: /apps/A/min_concurrency", "not above max_concurrency (8), got 9"},
    {PROBE_APP, "\"max_concurency\": 8", "2:1: error[E0301]: /apps/A/max_concurency",
     "did you mean \"max_concurrency\"?"},
    {PROBE_APP, "\"max_concurrency\": 0", "2:20: error[E0304]: /apps/A/max_concurrency", NULL},
    {PROBE_APP, "\"keep_alive\": \"5 m\"", "2:15: error[E0306]: /apps/A/keep_alive", "no spaces"},
    {PROBE_APP, "\"keep_alive\": \"5x\"", "2:15: error[E0306]: /apps/A/keep_alive", "units are"},
    {PROBE_APP, "\"keep_alive\": \"5m\", \"keep_alive_s\": 300",
     "2:21: error[E0308]: /apps/A/keep_alive_s", "both"},
    {PROBE_APP, "\"keep_alive\": true", "2:15: error[E0303]: /apps/A/keep_alive",
     "or \"never\", got true"},
    {PROBE_APP, "\"keep_alive\": \"300000000d\"", "2:15: error[E0306]: /apps/A/keep_alive",
     "longest"},
    {PROBE_APP, "\"request_timeout\": \"0s\"", "2:20: error[E0304]: /apps/A/request_timeout",
     "at least 1ms"},
    {PROBE_APP, "\"scaling_delay\": \"2d\"", "2:18: error[E0304]: /apps/A/scaling_delay", "to 1d"},
    {PROBE_APP, "\"num_gpus\": 9", "2:13: error[E0304]: /apps/A/num_gpus", "from 1 to 8"},
    {PROBE_APP, "\"setup_failure\": 2", "2:18: error[E0304]: /apps/A/setup_failure", NULL},
    {PROBE_APP, "\"cancel_surplus_starts\": 1", "2:26: error[E0303]: /apps/A/cancel_surplus_starts",
     "true or false"},
    {PROBE_APP, "\"auth_mode\": \"publik\"", "2:14: error[E0305]: /apps/A/auth_mode",
     "\"private\", \"shared\" or \"public\", got \"publik\"; did you mean \"public\"?"},
    {PROBE_APP, "\"auth_mode\": 1", "2:14: error[E0303]: /apps/A/auth_mode", NULL},
    {PROBE_APP, "\"autoscaler\": \"fall\"", "2:15: error[E0305]: /apps/A/autoscaler",
     "did you mean \"fal\"?"},
    {PROBE_APP, "\"dispatch\": \"random\"", "2:13: error[E0305]: /apps/A/dispatch", NULL},
    {PROBE_APP, "\"price_usd_per_h\": 1", "2:1: error[E0301]: /apps/A/price_usd_per_h",
     "belongs in /machine_types/NAME"},
    {PROBE_APP, "\"traffic\": {}", "2:12: error[E0303]: /apps/A/traffic", "a list of sources"},

    // Distributions.
    {PROBE_APP, "\"setup\": 40", "2:10: error[E0303]: /apps/A/setup", "write \"40s\""},
    {PROBE_APP, "\"setup\": \"40\"", "2:10: error[E0306]: /apps/A/setup", "the unit is missing"},
    {PROBE_APP, "\"setup\": {\"lognormall\": {}}", "2:11: error[E0307]: /apps/A/setup/lognormall",
     "did you mean \"lognormal\"?"},
    {PROBE_APP, "\"setup\": {}", "2:10: error[E0307]: /apps/A/setup", NULL},
    {PROBE_APP, "\"setup\": {\"constant\": \"1s\", \"exponential\": \"1s\"}",
     "2:10: error[E0307]: /apps/A/setup", NULL},
    {PROBE_APP, "\"setup\": {\"lognormal\": {\"median\": \"1s\"}}",
     "2:24: error[E0302]: /apps/A/setup/lognormal/sigma", "median and sigma, or mean and cv"},
    {PROBE_APP, "\"setup\": {\"uniform\": {\"low\": \"2s\", \"high\": \"1s\"}}",
     "2:11: error[E0307]: /apps/A/setup/uniform", "low must not be above high"},
    {PROBE_APP, "\"setup\": {\"exponential\": 2}", "2:26: error[E0303]: /apps/A/setup/exponential",
     "write \"2s\""},
    {PROBE_APP, "\"setup\": {\"empirical\": {\"values\": [\"1s\", 2]}}",
     "2:42: error[E0303]: /apps/A/setup/empirical/values/1", "write \"2s\""},
    {PROBE_APP, "\"docker_pull\": {\"cached\": 0.5}",
     "2:16: error[E0302]: /apps/A/docker_pull/time", NULL},
    {PROBE_APP, "\"docker_pull\": {\"cached\": 2, \"time\": \"1s\"}",
     "2:27: error[E0304]: /apps/A/docker_pull/cached", NULL},

    // Responses.
    {PROBE_APP, "\"responses\": {\"200\": 0.1}", "2:15: error[E0301]: /apps/A/responses/200",
     "400 to 599"},
    {PROBE_APP, "\"responses\": {\"500\": 0.6, \"crash\": 0.5}",
     "2:14: error[E0407]: /apps/A/responses", "1.1"},
    {PROBE_APP, "\"responses\": {\"500\": -0.1}", "2:22: error[E0304]: /apps/A/responses/500",
     NULL},

    // Traffic.
    {PROBE_SOURCE, S, "1:102: error[E0302]: /apps/A/traffic/0/poisson", "one of \"poisson\""},
    {PROBE_SOURCE, P, "1:102: error[E0302]: /apps/A/traffic/0/service", "the key \"service\""},
    {PROBE_SOURCE, S ", " P ", \"renewal\": \"1s\"",
     "2:48: error[E0308]: /apps/A/traffic/0/renewal", "a second one"},
    {PROBE_SOURCE, S ", \"poisson\": {}",
     "2:29: error[E0302]: /apps/A/traffic/0/poisson/rate_per_s", NULL},
    {PROBE_SOURCE, S ", \"poisson\": {\"rate_per_s\": -1}",
     "2:44: error[E0304]: /apps/A/traffic/0/poisson/rate_per_s", NULL},
    {PROBE_SOURCE, S ", \"poisson\": {\"rate_per_s\": 1, \"rate_per_h\": 1}",
     "2:47: error[E0308]: /apps/A/traffic/0/poisson/rate_per_h", NULL},
    {PROBE_SOURCE, S ", \"poisson\": 3", "2:29: error[E0303]: /apps/A/traffic/0/poisson",
     "an object"},
    {PROBE_SOURCE, S ", \"renewal\": \"0s\"", "2:29: error[E0307]: /apps/A/traffic/0/renewal",
     "above 0"},
    {PROBE_SOURCE, S ", " P ", \"from\": \"2m\", \"until\": \"1m\"",
     "2:71: error[E0403]: /apps/A/traffic/0/until", NULL},
    {PROBE_SOURCE, S ", " P ", \"path\": \"direct\", \"max_attempts\": 3",
     "2:82: error[E0403]: /apps/A/traffic/0/max_attempts", "only the queue path"},
    {PROBE_SOURCE, S ", " P ", \"max_attempts\": 11",
     "2:64: error[E0304]: /apps/A/traffic/0/max_attempts", NULL},
    {PROBE_SOURCE, S ", " P ", \"caller\": \"\"", "2:58: error[E0401]: /apps/A/traffic/0/caller",
     NULL},
    {PROBE_SOURCE, S ", " P ", \"from\": \"1h\"", "2:56: warning[W0402]: /apps/A/traffic/0/from",
     NULL},
    {PROBE_SOURCE, S ", \"piecewise_constant\": {\"steps\": []}",
     "2:50: error[E0303]: /apps/A/traffic/0/piecewise_constant/steps", NULL},
    {PROBE_SOURCE,
     S ", \"piecewise_constant\": {\"steps\": [{\"from\": \"1s\", \"rate_per_s\": 1}]}",
     "2:60: error[E0403]: /apps/A/traffic/0/piecewise_constant/steps/0/from", "from \"0s\""},
    {PROBE_SOURCE,
     S ", \"piecewise_constant\": {\"steps\": [{\"from\": \"0s\", \"rate_per_s\": 1},"
       "{\"from\": \"0s\", \"rate_per_s\": 2}]}",
     "2:92: error[E0403]: /apps/A/traffic/0/piecewise_constant/steps/1/from", NULL},
    {PROBE_SOURCE,
     S ", \"piecewise_constant\": {\"steps\": [{\"from\": \"0s\", \"rate_per_s\": 1},"
       "{\"from\": \"9s\", \"rate_per_s\": 2}], \"repeat\": \"9s\"}",
     "2:40: error[E0403]: /apps/A/traffic/0/piecewise_constant", "\"repeat\""},
    {PROBE_SOURCE, S ", \"trace\": {}", "2:27: error[E0302]: /apps/A/traffic/0/trace/file", NULL},
    {PROBE_SOURCE, "\"trace\": {\"service\": \"s\", \"file\": 1}",
     "2:35: error[E0303]: /apps/A/traffic/0/trace/file", NULL},

    // Timeline.
    {PROBE_EVENT, "{\"at\": \"1h\", \"deploy\": {\"app\": \"A\"}}",
     "2:8: error[E0404]: /timeline/0/at", "before the horizon (1h)"},
    {PROBE_EVENT, "{\"deploy\": {\"app\": \"A\"}}", "2:1: error[E0302]: /timeline/0/at", NULL},
    {PROBE_EVENT, "{\"at\": \"1m\"}", "2:1: error[E0302]: /timeline/0/deploy", "one of \"deploy\""},
    {PROBE_EVENT, "{\"at\": \"1m\", \"deploy\": {}}", "2:24: error[E0302]: /timeline/0/deploy/app",
     NULL},
    {PROBE_EVENT, "{\"at\": \"1m\", \"deploy\": {\"app\": \"B\"}}",
     "2:32: error[E0401]: /timeline/0/deploy/app", "the name of an app, got \"B\""},
    {PROBE_EVENT, "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"roling\"}}",
     "2:49: error[E0305]: /timeline/0/deploy/strategy", "did you mean \"rolling\"?"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"min_ready\": 0}}",
     "2:50: error[E0304]: /timeline/0/deploy/min_ready", NULL},
    {PROBE_EVENT, "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"change\": {\"traffic\": []}}}",
     "2:48: error[E0406]: /timeline/0/deploy/change/traffic", "belongs to the app"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"change\": {\"good_within\": \"1s\"}}}",
     "2:48: error[E0406]: /timeline/0/deploy/change/good_within", NULL},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"change\": {\"setupp\": \"1s\"}}}",
     "2:48: error[E0301]: /timeline/0/deploy/change/setupp", "did you mean \"setup\"?"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"change\": {\"setup\": 1}}}",
     "2:57: error[E0303]: /timeline/0/deploy/change/setup", "write \"1s\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"change\": {\"max_concurrency\": 5}}}",
     "2:67: warning[W0401]: /timeline/0/deploy/change/max_concurrency", "reset_scale"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"scale\": {\"app\": \"A\", \"min_concurrency\": 3}}",
     "2:55: error[E0403]: /timeline/0/scale/min_concurrency", "not above max_concurrency (2)"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"scale\": {\"app\": \"A\", \"setup\": \"1s\"}}",
     "2:36: error[E0301]: /timeline/0/scale/setup", "belongs in /apps/NAME"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"capacity\": {\"machine_type\": \"GPU-A101\", \"capacity\": 3}}",
     "2:43: error[E0401]: /timeline/0/capacity/machine_type", "did you mean \"GPU-A100\"?"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"capacity\": {\"machine_type\": \"GPU-A100\"}}",
     "2:26: error[E0302]: /timeline/0/capacity/capacity", NULL},
    {PROBE_EVENT, "5", "2:1: error[E0303]: /timeline/0", "an object, got 5"},

    // Replications and expectations.
    {PROBE_TOP, "\"replications\": 0", "2:17: error[E0304]: /replications", "from 1"},
    {PROBE_TOP, "\"replications\": {\"min\": 9, \"max\": 3}",
     "2:35: error[E0403]: /replications/max", NULL},
    {PROBE_TOP, "\"replications\": {\"max\": 30}", "2:25: warning[W0404]: /replications/max",
     "until"},
    {PROBE_TOP,
     "\"replications\": {\"until\": [{\"metric\": \"unserved_time\", \"relative\": 0.1}]}",
     "2:39: error[E0401]: /replications/until/0/metric", "did you mean \"unserved_time_s\"?"},
    {PROBE_TOP, "\"replications\": {\"until\": [{\"metric\": \"arrivals\"}]}",
     "2:28: error[E0302]: /replications/until/0/relative", NULL},
    {PROBE_TOP, "\"expect\": [{\"metric\": \"arrivals\"}]", "2:12: error[E0302]: /expect/0/max",
     NULL},
    {PROBE_TOP, "\"expect\": [{\"metric\": \"arrivals\", \"min\": 2, \"max\": 1}]",
     "2:42: error[E0403]: /expect/0/min", "min not above max"},
    {PROBE_TOP, "\"expect\": [{\"metric\": \"arrivals\", \"min\": 2, \"app\": \"B\"}]",
     "2:52: error[E0401]: /expect/0/app", NULL},
    {PROBE_TOP, "\"expect\": [{\"metric\": \"wait_s\", \"max\": 2, \"quantile\": 0.42}]",
     "2:55: error[E0401]: /expect/0/quantile", "\"0.5\", \"0.9\""},
    {PROBE_TOP, "\"expect\": [{\"metric\": \"arrivals\", \"min\": 2, \"alternative\": \"b\"}]",
     "2:60: error[E0401]: /expect/0/alternative", NULL},
    {PROBE_TOP, "\"expect\": {}", "2:11: error[E0303]: /expect", "a list"},

    // Alternatives.
    {PROBE_TOP, "\"compare\": {}", "2:12: error[E0304]: /compare", NULL},
    {PROBE_TOP, "\"compare\": {\"x\": 1}", "2:18: error[E0303]: /compare/x", NULL},
    {PROBE_TOP, "\"compare\": {\"x\": {\"/apps/B/setup\": \"1s\"}}",
     "2:19: error[E0309]: /compare/x/~1apps~1B~1setup", "a path that exists"},
    {PROBE_TOP, "\"compare\": {\"x\": {\"apps\": 1}}", "2:19: error[E0309]: /compare/x/apps",
     "begins with \"/\""},
    {PROBE_TOP, "\"compare\": {\"x\": {\"/apps/A/setupp\": \"1s\"}}",
     "2:19: error[E0301]: /apps/A/setupp", "did you mean \"setup\"?"},
    {PROBE_TOP, "\"compare\": {\"x\": {\"/apps/A/setup\": 1}}", "2:36: error[E0303]: /apps/A/setup",
     NULL},
    {PROBE_TOP, "\"compare\": {\"x\": {\"/seed\": \"2\"}}", "2:19: error[E0406]: /compare/x/~1seed",
     "the same for all alternatives"},
};

static void each_wrong_input_gives_one_problem_at_its_place(void **state)
{
    (void)state;
    assert_true(sizeof wrong / sizeof *wrong >= 100);
    PROBE_ROWS(wrong);
}

static void a_whole_file_can_be_wrong_too(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"{\"warmpool\": 1",
         "t.json:1:15: error[E0202]: expected \",\" or \"}\" (opened at 1:1), got "
         "the end of the text\n"},
        {" \n", "t.json:2:1: error[E0202]: expected a value, got the end of the text\n"},
        {"\x7F"
         "ELF\x02\x01",
         "t.json:1:1: error[E0201]: expected a value, got \"\\u007f\"\n"},
        {"\x89PNG", "t.json:1:1: error[E0201]: expected a value, got the byte 0x89\n"},
        {"[]", "t.json:1:1: error[E0303]: expected an object, got a list\n"},
        {"{} {}",
         "t.json:1:4: error[E0209]: expected nothing after the end of the value, got \"{\"\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe probe = probe_load(rows[i].text, NULL);
        assert_false(probe.good);
        assert_string_equal(probe.messages, rows[i].message);
        probe_close(&probe);
    }
}

static void all_problems_come_at_once_and_in_order(void **state)
{
    (void)state;
    struct probe probe = probe_load("{\"warmpool\": 2,\n"
                                    " \"expect\": [{\"metric\": \"nothing\", \"max\": 1}],\n"
                                    " \"apps\": {\"A\": {\"setup\": 3, \"machine_type\": \"X\"}},\n"
                                    " \"horizon\": \"-1h\"}",
                                    NULL);
    assert_false(probe.good);
    static const char *const begins[] = {
        "t.json:1:1: error[E0302]: /title", "t.json:1:14: error[E0304]",
        "t.json:2:24: error[E0401]",        "t.json:3:26: error[E0303]",
        "t.json:3:45: error[E0401]",        "t.json:4:13: error[E0306]"};
    const char *at = probe.messages;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        assert_memory_equal(at, begins[i], strlen(begins[i]));
        at = strchr(at, '\n') + 1;
    }
    assert_string_equal(at, "");
    probe_close(&probe);
}

static void an_empty_object_lacks_what_must_be_given(void **state)
{
    (void)state;
    struct probe probe = probe_load("{}", NULL);
    assert_int_equal(diag_errors(probe.diag), 4);
    static const char *const keys[] = {"/warmpool", "/title", "/horizon", "/apps"};
    for (size_t i = 0; i < 4; i++)
        assert_non_null(strstr(probe.messages, keys[i]));
    probe_close(&probe);
}

static void defaults_fill_what_the_file_leaves_out(void **state)
{
    (void)state;
    struct probe probe =
        probe_right(PROBE_TOP, "\"x-note\": [1], \"$comment\": {}, \"$schema\": \"s\"");
    const struct scenario *s = &probe.scenario;
    assert_string_equal(s->seed_text, "1");
    assert_int_equal(s->seed, 1);
    assert_string_equal(s->defaults, "seed");
    assert_string_equal(s->question, "");
    assert_int_equal(s->replications.min, 10);
    assert_int_equal(s->replications.max, 10);
    assert_int_equal(s->alternative_count, 1);
    assert_string_equal(s->alternatives[0].name, "base");
    const struct scenario_config *c = probe_config(&probe);
    assert_string_equal(c->title, "t");
    assert_int_equal(c->horizon, 3600 * SIM_SECOND);
    assert_int_equal(c->warm_up, 0);
    assert_int_equal(c->series_step, 10 * SIM_SECOND);
    assert_int_equal(c->platform.capacity_retry, 20 * SIM_SECOND);
    assert_int_equal(c->limits.runners, 262144);
    assert_int_equal(c->app_count, 1);
    assert_int_equal(c->revision_count, 1);
    assert_string_equal(c->revisions[0].name, "1");
    assert_int_equal(c->apps[0].revisions, 1);
    probe_close(&probe);
}

static void the_largest_seed_is_read_exactly(void **state)
{
    (void)state;
    struct probe probe = probe_right(PROBE_TOP, "\"seed\": \"18446744073709551615\"");
    assert_true(probe.scenario.seed == UINT64_MAX);
    probe_close(&probe);
}

static void alternatives_are_those_of_compare_in_its_order(void **state)
{
    (void)state;
    struct probe probe = probe_right(
        PROBE_TOP,
        "\"compare\": {\"$comment\": 1, \"z\": {}, \"a\": {\"/apps/A/keep_alive\": \"7s\", "
        "\"/apps/A/machine_type\": [\"GPU-H100\", \"GPU-A100\"], \"/warm_up\": \"1m\"}}");
    const struct scenario *s = &probe.scenario;
    assert_int_equal(s->alternative_count, 2);
    assert_string_equal(s->alternatives[0].name, "z");
    assert_string_equal(s->alternatives[1].name, "a");
    const struct scenario_config *z = &s->alternatives[0].config, *a = &s->alternatives[1].config;
    assert_int_equal(z->revisions[0].scaling.keep_alive, 60 * SIM_SECOND);
    assert_int_equal(a->revisions[0].scaling.keep_alive, 7 * SIM_SECOND);
    assert_int_equal(z->revisions[0].machine_count, 1);
    assert_int_equal(a->revisions[0].machine_count, 2);
    assert_int_equal(z->warm_up, 0);
    assert_int_equal(a->warm_up, 60 * SIM_SECOND);
    probe_close(&probe);
}

static void overrides_go_into_the_scenario_and_its_resolved_text(void **state)
{
    (void)state;
    static const char *const sets[] = {"/seed=\"7\"",       "/apps/A/keep_alive=9s",
                                       "/title=plain text", "/apps/A/traffic=[]",
                                       "/question=1e400",   NULL};
    struct probe probe = probe_load(probe_text(PROBE_TOP, "\"replications\": 2"), sets);
    assert_string_equal(probe.messages, "");
    assert_int_equal(probe.scenario.seed, 7);
    assert_string_equal(probe.scenario.title, "plain text");
    assert_string_equal(probe.scenario.question, "1e400");
    assert_int_equal(probe_config(&probe)->revisions[0].scaling.keep_alive, 9 * SIM_SECOND);
    assert_string_equal(
        probe.scenario.resolved_json,
        "{\"warmpool\":1,\"title\":\"plain text\",\"horizon\":\"1h\",\"apps\":{\"A\":"
        "{\"machine_type\":\"GPU-A100\",\"keep_alive\":\"9s\",\"traffic\":[]}},"
        "\"replications\":2,\"seed\":\"7\",\"question\":\"1e400\"}");
    probe_close(&probe);
}

static void problems_of_overrides_name_the_option(void **state)
{
    (void)state;
    static const struct {
        const char *set, *message;
    } rows[] = {
        {"/apps/A/keep_alive=5",
         "--set: error[E0303]: /apps/A/keep_alive: expected a duration of at least 0s, or "
         "\"never\", got "
         "5; the unit is missing: write \"5s\", or 5 in a key that ends with \"_s\"\n"},
        {"/apps/A/keep_alife=5s",
         "--set: error[E0301]: /apps/A/keep_alife: expected a known key, got "
         "\"keep_alife\"; did you mean \"keep_alive\"?\n"},
        {"/aps/A/keep_alive=5s",
         "--set: error[E0309]: /aps/A/keep_alive: expected a path that exists, "
         "got \"/aps\"; did you mean \"apps\"?\n"},
        {"seed", "--set: error[E0309]: expected /json/pointer=value, got \"seed\"\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const sets[] = {rows[i].set, NULL};
        struct probe probe = probe_load(probe_text(PROBE_TOP, "\"replications\": 2"), sets);
        assert_false(probe.good);
        assert_string_equal(probe.messages, rows[i].message);
        probe_close(&probe);
    }
}

static void each_file_is_judged_by_its_own_problems(void **state)
{
    (void)state;
    struct probe probe = probe_open();
    struct lexer_source source = {"t.json", "{}", 2};
    struct scenario scenario;
    for (int i = 0; i < 2; i++)
        assert_false(scenario_load_text(&scenario, probe.arena, &source, NULL, 0, probe.diag));
    assert_int_equal(diag_errors(probe.diag), 4);
    source.text = probe_text(PROBE_TOP, "\"seed\": \"1\"");
    source.length = strlen(source.text);
    assert_true(scenario_load_text(&scenario, probe.arena, &source, NULL, 0, probe.diag));
    probe_close(&probe);
}

static void files_that_are_no_scenario_are_reported(void **state)
{
    (void)state;
    struct probe probe = probe_open();
    struct scenario scenario;
    assert_false(scenario_load(&scenario, probe.arena, "/nowhere/x.json", NULL, 0, probe.diag));
    assert_false(scenario_load(&scenario, probe.arena, "/tmp", NULL, 0, probe.diag));
    probe_listen(&probe);
    assert_string_equal(probe.messages,
                        "/nowhere/x.json: error[E0101]: expected a file, got none of that name\n"
                        "/tmp: error[E0102]: expected a file, got a directory\n");
    probe_close(&probe);
}

// Points take the place of the alternatives; a value that is refused is so at its own place.
static void points_are_alternatives_of_their_own(void **state)
{
    (void)state;
    const char *text = probe_text(
        PROBE_TOP, "\"seed\": \"9\", \"compare\": {\"a\": {}, \"b\": {\"/horizon\": \"2h\"}}");
    const struct scenario_override sets[] = {{.text = "/seed=\"11\""}};
    const struct scenario_source source = {{"t.json", text, strlen(text)}, sets, 1};
    const struct scenario_change changes[] = {
        {"/apps/A/min_concurrency", "2", {"t.json", 5, 6}, "/sweep/axes/x/0"},
        {"/apps/A/max_concurrency", "1.5", {"t.json", 7, 8}, "/sweep/axes/y/0"},
        {"/seed", "\"4\"", {"t.json", 9, 1}, "/sweep/axes/z/0"},
        {"/apps/B/x", "1", {"t.json", 9, 2}, "/sweep/axes/w/0"},
    };
    const struct scenario_point points[] = {{"none", NULL, 0},
                                            {"two", &changes[0], 1},
                                            {"half", &changes[1], 1},
                                            {"seed", &changes[2], 1},
                                            {"nowhere", &changes[3], 1}};
    struct probe probe = probe_open();
    struct scenario scenario;
    assert_true(scenario_load_points(&scenario, probe.arena, &source, points, 2, probe.diag));
    assert_int_equal(scenario.alternative_count, 2);
    assert_int_equal(scenario.seed, 11);
    assert_string_equal(scenario.alternatives[1].name, "two");
    assert_int_equal(scenario.alternatives[0].config.revisions[0].scaling.min_concurrency, 0);
    assert_int_equal(scenario.alternatives[1].config.revisions[0].scaling.min_concurrency, 2);
    assert_false(scenario_load_points(&scenario, probe.arena, &source, points, 5, probe.diag));
    probe_listen(&probe);
    static const char *const begins[] = {
        "t.json:7:8: error[E0304]: /apps/A/max_concurrency: expected a whole number",
        "\nt.json:9:1: error[E0406]: /sweep/axes/z/0: expected a path into the model",
        "\nt.json:9:2: error[E0309]: /sweep/axes/w/0: expected a path that exists",
    };
    for (size_t i = 0; i < 3; i++)
        if (!strstr(probe.messages, begins[i])) fail_msg("%s", probe.messages);
    probe_close(&probe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_wrong_input_gives_one_problem_at_its_place),
        cmocka_unit_test(a_whole_file_can_be_wrong_too),
        cmocka_unit_test(all_problems_come_at_once_and_in_order),
        cmocka_unit_test(an_empty_object_lacks_what_must_be_given),
        cmocka_unit_test(defaults_fill_what_the_file_leaves_out),
        cmocka_unit_test(the_largest_seed_is_read_exactly),
        cmocka_unit_test(alternatives_are_those_of_compare_in_its_order),
        cmocka_unit_test(overrides_go_into_the_scenario_and_its_resolved_text),
        cmocka_unit_test(problems_of_overrides_name_the_option),
        cmocka_unit_test(each_file_is_judged_by_its_own_problems),
        cmocka_unit_test(files_that_are_no_scenario_are_reported),
        cmocka_unit_test(points_are_alternatives_of_their_own),
    };
    return cmocka_run_group_tests_name("scenario", tests, NULL, NULL);
}
