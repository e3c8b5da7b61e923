// Bad input: settings that contradict each other or have no effect together, names that nobody
// knows, times outside the run.  Each gives exactly one problem, at its place.

#include "tests/bench/probe.h"

// A fragment of a scenario that is right but for it; `@` marks where the problem is, unless it is
// not in the fragment.
struct pair_row {
    enum probe_place place;
    const char *fragment, *problem, *has;
};

static const struct pair_row pairs[] = {
    // Of scaling.
    {PROBE_APP, "\"min_concurrency\": @5, \"max_concurrency\": 4",
     "error[E0403]: /apps/A/min_concurrency", "min_concurrency not above max_concurrency (4)"},
    {PROBE_APP, "\"min_concurrency\": @3", "error[E0403]: /apps/A/min_concurrency",
     "max_concurrency is 2 unless it is given"},
    {PROBE_APP, "\"initial_runners\": @5, \"max_concurrency\": 4",
     "error[E0403]: /apps/A/initial_runners", "not above max_concurrency (4)"},
    {PROBE_APP, "\"initial_runners\": @3", "error[E0403]: /apps/A/initial_runners",
     "is 2 unless it is given"},
    {PROBE_APP, "\"keep_alive\": \"1m\", @\"keep_alive_s\": 60",
     "error[E0308]: /apps/A/keep_alive_s", "both"},
    {PROBE_APP, "\"autoscaler\": @\"none\"", "error[E0305]: /apps/A/autoscaler", "\"fixed\""},
    {PROBE_APP, "\"autoscaler\": \"fixed\", \"cancel_surplus_starts\": @true",
     "warning[W0404]: /apps/A/cancel_surplus_starts", "always wants max_concurrency"},
    {PROBE_APP, "\"autoscaler\": \"fixed\", \"min_concurrency\": @1",
     "warning[W0404]: /apps/A/min_concurrency", "\"fixed\""},
    {PROBE_APP, "\"autoscaler\": \"lambda\", \"scaling_delay\": @\"1s\"",
     "warning[W0404]: /apps/A/scaling_delay", "\"lambda\""},
    {PROBE_APP, "\"autoscaler\": \"lambda\", \"concurrency_buffer\": @1",
     "warning[W0404]: /apps/A/concurrency_buffer", "\"lambda\""},
    {PROBE_APP, "\"autoscaler_perc_of\": @\"requests\"",
     "warning[W0404]: /apps/A/autoscaler_perc_of", "concurrency_buffer_perc"},
    {PROBE_APP, "\"autoscaler_buffer_mode\": @\"max\"",
     "warning[W0404]: /apps/A/autoscaler_buffer_mode", "there is no buffer"},
    // Of starting and stopping.
    {PROBE_APP, "\"setup\": @\"11m\"", "warning[W0406]: /apps/A/setup",
     "longer than startup_timeout"},
    {PROBE_APP, "\"setup_s\": @30, \"startup_timeout\": \"20s\"", "warning[W0406]: /apps/A/setup_s",
     "most starts fail"},
    {PROBE_APP, "\"teardown\": @\"6s\"", "warning[W0406]: /apps/A/teardown",
     "longer than termination_grace_period"},
    {PROBE_APP, "\"termination_grace_period\": @\"61m\"",
     "error[E0304]: /apps/A/termination_grace_period", "from 0s to 1h"},
    {PROBE_APP, "\"docker_pull\": {\"cached\": 0.5, @\"nodes\": 4, \"time\": \"9s\"}",
     "error[E0308]: /apps/A/docker_pull/nodes", "both"},
    {PROBE_APP, "\"docker_pull\": {\"cached\": @1.5, \"time\": \"9s\"}",
     "error[E0304]: /apps/A/docker_pull/cached", "from 0 to 1"},
    {PROBE_APP, "\"docker_pull\": @{\"cached\": 0.5}", "error[E0302]: /apps/A/docker_pull/time",
     "\"time\""},
    {PROBE_APP, "\"cache_lifetime\": @\"1h\"", "warning[W0404]: /apps/A/cache_lifetime",
     "first_in_region_factor"},
    {PROBE_APP,
     "\"setup\": {\"ladder\": [{\"step\": \"weights\", \"size_gb\": 9, \"tier\": @\"nvme\"}]}",
     "error[E0401]: /apps/A/setup/ladder/0/tier", "a tier of /platform/tiers"},
    {PROBE_APP,
     "\"setup\": {\"ladder\": [{\"step\": \"a\", \"time\": \"1s\"}, {\"step\": @\"a\", \"time\": "
     "\"1s\"}]}",
     "error[E0403]: /apps/A/setup/ladder/1/step", "each step once"},
    {PROBE_APP, "\"setup\": {\"ladder\": [{\"step\": \"a\", \"time\": \"1s\", @\"size_gb\": 1}]}",
     "error[E0308]: /apps/A/setup/ladder/0/size_gb", "both"},
    {PROBE_APP, "\"setup\": {\"ladder\": [@{\"step\": \"a\"}]}",
     "error[E0302]: /apps/A/setup/ladder/0/time", "\"size_gb\""},
    {PROBE_APP, "\"setup\": {\"ladder\": @[]}", "error[E0304]: /apps/A/setup/ladder",
     "1 to 16 steps"},
    // Of requests.
    {PROBE_APP, "\"responses\": @{\"500\": 0.7, \"503\": 0.5}", "error[E0407]: /apps/A/responses",
     "they add up to 1.2"},
    {PROBE_APP, "\"responses\": {@\"200\": 0.5}", "error[E0301]: /apps/A/responses/200",
     "400 to 599"},
    {PROBE_APP, "\"responses\": {\"400\": {\"probability\": 0.1, @\"needs_retry\": true}}",
     "error[E0403]: /apps/A/responses/400/needs_retry", "5xx or a 429"},
    {PROBE_APP, "\"responses\": {\"crash\": {\"probability\": 0.1, @\"stop_runner\": true}}",
     "error[E0403]: /apps/A/responses/crash/stop_runner", "sends no headers"},
    {PROBE_APP, "\"retry\": {\"timeout\": 3}, \"skip_retry_conditions\": [@\"timeout\"]",
     "error[E0403]: /apps/A/skip_retry_conditions/0", "gives no budget"},
    {PROBE_APP, "\"skip_retry_conditions\": [@\"client_error\"]",
     "error[E0305]: /apps/A/skip_retry_conditions/0", "\"connection_error\""},
    {PROBE_APP, "\"health_check_failure\": @0.5", "warning[W0404]: /apps/A/health_check_failure",
     "never answers 500"},
    {PROBE_APP, "\"fails_at\": @\"uniform\"", "warning[W0404]: /apps/A/fails_at",
     "never answers with an error"},
    {PROBE_APP, "\"sick_response\": @503", "warning[W0404]: /apps/A/sick_response", "sick_after"},
    {PROBE_APP, "\"slowdown\": @\"processor_sharing\"", "warning[W0404]: /apps/A/slowdown",
     "max_multiplexing"},
    {PROBE_APP, "\"max_multiplexing\": 4, \"slowdown\": {\"factor\": 1, @\"table\": [1]}",
     "error[E0308]: /apps/A/slowdown/table", "both"},
    {PROBE_APP, "\"max_multiplexing\": 4, \"slowdown\": {\"table\": [@2, 3]}",
     "error[E0403]: /apps/A/slowdown/table/0", "1 for a request alone"},
    {PROBE_APP, "\"max_multiplexing\": 4, \"slowdown\": {\"table\": [1, @0.5]}",
     "error[E0304]: /apps/A/slowdown/table/1", "from 1"},
    {PROBE_APP, "\"hint_slots\": @4", "warning[W0404]: /apps/A/hint_slots", "dispatch is not"},
    {PROBE_APP, "\"dispatch\": @\"hint\"", "warning[W0404]: /apps/A/dispatch", "\"hints\""},
    {PROBE_APP, "\"dispatch\": @\"random\"", "error[E0305]: /apps/A/dispatch", "\"round_robin\""},
    {PROBE_APP, "\"endpoints\": [\"/a\", @\"/a\"]", "error[E0403]: /apps/A/endpoints/1",
     "each endpoint once"},
    {PROBE_APP, "\"endpoints\": [@\"a\"]", "error[E0401]: /apps/A/endpoints/0", "begins with"},
    {PROBE_APP, "\"endpoints\": @[]", "error[E0303]: /apps/A/endpoints", "1 to 100"},
    // Of money.
    {PROBE_APP, "\"shared_idle\": @\"absorbed\"", "warning[W0404]: /apps/A/shared_idle",
     "never in shared mode"},
    {PROBE_APP, "\"unit_price_usd\": @0.1", "warning[W0404]: /apps/A/unit_price_usd",
     "billable_units"},
    {PROBE_SOURCE, "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", @\"billable_units\": 1",
     "error[E0403]: /apps/A/traffic/0/billable_units", "unit_price_usd"},
    // Of machines.
    {PROBE_APP, "\"x-\": 0}, \"B\": {\"machine_type\": @\"GPU-L40\"",
     "error[E0402]: /apps/B/machine_type", "price_usd_per_h"},
    {PROBE_APP, "\"x-\": 0}, \"B\": {\"machine_type\": [\"GPU-A100\", @\"GPU-A100\"]",
     "error[E0403]: /apps/B/machine_type/1", "each machine type once"},
    {PROBE_TOP, "\"prices\": \"committed\"", "error[E0402]: /apps/A/machine_type",
     "/machine_types/GPU-A100/price_usd_per_s"},
    {PROBE_TOP, "\"prices\": @\"spot\"", "error[E0305]: /prices", "\"committed\""},
    {PROBE_TOP,
     "\"machine_types\": {\"GPU-A100\": {\"price_usd_per_s\": 1, @\"price_usd_per_h\": 1}}",
     "error[E0308]: /machine_types/GPU-A100/price_usd_per_h", "both"},
    {PROBE_TOP, "\"machine_types\": {\"GPU-A100\": {\"capacity\": 0}}",
     "error[E0405]: /apps/A/machine_type", "capacity is 0 all the time"},
    {PROBE_TOP, "\"machine_types\": {\"GPU-A100\": {\"capacity\": @{}}}",
     "error[E0304]: /machine_types/GPU-A100/capacity", "at least one region"},
    {PROBE_TOP, "\"machine_types\": {\"GPU-A100\": {\"reclaim_notice\": @\"1m\"}}",
     "warning[W0404]: /machine_types/GPU-A100/reclaim_notice", "nothing is ever reclaimed"},
    {PROBE_TOP,
     "\"machine_types\": {\"GPU-A100\": {\"surge\": [{\"from\": \"1m\", \"until\": @\"1m\", "
     "\"factor\": 2}]}}",
     "error[E0403]: /machine_types/GPU-A100/surge/0/until", "after"},
    {PROBE_TOP,
     "\"machine_types\": {\"GPU-A100\": {\"surge\": [{\"until\": \"9m\", \"factor\": 2}, "
     "@{\"from\": \"8m\", \"until\": \"12m\", \"factor\": 2}]}}",
     "error[E0403]: /machine_types/GPU-A100/surge/1", "do not overlap"},
    {PROBE_TOP,
     "\"machine_types\": {\"GPU-A100\": {\"surge\": [@{\"from\": \"1h\", \"until\": \"2h\", "
     "\"factor\": 2}]}}",
     "warning[W0402]: /machine_types/GPU-A100/surge/0", "after the horizon"},
    {PROBE_APP, "\"valid_regions\": [@\"us-west\"]", "error[E0401]: /apps/A/valid_regions/0",
     "capacity names the regions"},
    // Of the platform.
    {PROBE_TOP, "\"platform\": {\"crash_backoff\": @\"11m\"}",
     "error[E0403]: /platform/crash_backoff", "not above crash_backoff_max (10m)"},
    {PROBE_TOP, "\"platform\": {\"crash_backoff_max\": @\"20s\"}",
     "error[E0403]: /platform/crash_backoff_max", "not below crash_backoff (30s)"},
    {PROBE_TOP, "\"platform\": {\"retry_base_s\": @40}", "error[E0403]: /platform/retry_base_s",
     "not above retry_max (30s)"},
    {PROBE_TOP, "\"platform\": {\"retry_base\": @\"9s\", \"retry_max\": \"0s\"}",
     "error[E0403]: /platform/retry_base", "retry_max (0s)"},
    {PROBE_TOP, "\"platform\": {\"capacity_retry\": @\"5s\"}",
     "warning[W0404]: /platform/capacity_retry", "capacity_wakeup"},
    {PROBE_TOP, "\"platform\": {\"tiers\": {\"nvme\": @0}}", "error[E0304]: /platform/tiers/nvme",
     "above 0 GB/s"},
    // Of the run.
    {PROBE_TOP, "\"warm_up\": @\"1h\"", "error[E0403]: /warm_up", "shorter than the horizon"},
    {PROBE_TOP, "\"series_step\": @\"1us\"", "error[E0304]: /series_step", "1ms"},
    {PROBE_TOP, "\"defaults\": @\"newest\"", "error[E0305]: /defaults", "\"current\""},
    {PROBE_TOP, "\"seed\": @42", "error[E0303]: /seed", "put it in quotes"},
    {PROBE_TOP, "\"seed\": @\"-1\"", "error[E0304]: /seed", "from 0"},
    {PROBE_TOP, "\"replications\": {\"min\": 9, \"max\": @2}", "error[E0403]: /replications/max",
     "max not below min (9)"},
    {PROBE_TOP, "\"replications\": {\"min\": 2, \"max\": @9}", "warning[W0404]: /replications/max",
     "only min"},
    {PROBE_TOP, "\"replications\": {\"until\": [{\"metric\": @\"wait\", \"relative\": 0.1}]}",
     "error[E0401]: /replications/until/0/metric", "the name of a metric"},
    {PROBE_TOP, "\"replications\": {\"until\": [@{\"metric\": \"cost_usd\"}]}",
     "error[E0302]: /replications/until/0/relative", "\"absolute\""},
    {PROBE_TOP, "\"replications\": @0", "error[E0304]: /replications", "from 1"},
    // Of traffic.
    {PROBE_SOURCE, "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", @\"renewal\": \"1s\"",
     "error[E0308]: /apps/A/traffic/0/renewal", "a second one"},
    {PROBE_SOURCE, "\"poisson\": {\"rate_per_s\": 1, @\"rate_per_h\": 1}, \"service\": \"1s\"",
     "error[E0308]: /apps/A/traffic/0/poisson/rate_per_h", "a second one"},
    {PROBE_SOURCE, "\"poisson\": {\"rate_per_s\": @-1}, \"service\": \"1s\"",
     "error[E0304]: /apps/A/traffic/0/poisson/rate_per_s", "from 0"},
    {PROBE_SOURCE, "\"renewal\": @\"0s\", \"service\": \"1s\"",
     "error[E0307]: /apps/A/traffic/0/renewal", "a mean above 0"},
    {PROBE_SOURCE,
     "\"piecewise_constant\": {\"steps\": [{\"from\": @\"1m\", \"rate_per_s\": 1}]}, \"service\": "
     "\"1s\"",
     "error[E0403]: /apps/A/traffic/0/piecewise_constant/steps/0/from", "a first step from"},
    {PROBE_SOURCE,
     "\"piecewise_constant\": {\"steps\": [{\"from\": \"0s\", \"rate_per_s\": 1}, {\"from\": "
     "@\"0s\", \"rate_per_s\": 2}]}, \"service\": \"1s\"",
     "error[E0403]: /apps/A/traffic/0/piecewise_constant/steps/1/from", "after the step before"},
    {PROBE_SOURCE,
     "\"piecewise_constant\": @{\"repeat\": \"1m\", \"steps\": [{\"from\": \"0s\", \"rate_per_s\": "
     "1}, {\"from\": \"1m\", \"rate_per_s\": 2}]}, \"service\": \"1s\"",
     "error[E0403]: /apps/A/traffic/0/piecewise_constant", "\"repeat\" after"},
    {PROBE_SOURCE, "\"closed_loop\": {\"users\": @0, \"think\": \"1s\"}, \"service\": \"1s\"",
     "error[E0304]: /apps/A/traffic/0/closed_loop/users", "from 1"},
    {PROBE_SOURCE, "\"closed_loop\": @{\"users\": 2}, \"service\": \"1s\"",
     "error[E0302]: /apps/A/traffic/0/closed_loop/think", "\"think\""},
    {PROBE_SOURCE,
     "\"closed_loop\": {\"users\": 2, \"think\": \"1s\"}, @\"batch\": 2, \"service\": \"1s\"",
     "error[E0403]: /apps/A/traffic/0/batch", "who arrives when"},
    {PROBE_SOURCE, "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", \"batch\": @0",
     "error[E0304]: /apps/A/traffic/0/batch", "from 1"},
    {PROBE_SOURCE,
     "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", \"from\": \"9m\", \"until\": @\"9m\"",
     "error[E0403]: /apps/A/traffic/0/until", "\"until\" after \"from\""},
    {PROBE_SOURCE, "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", \"from\": @\"1h\"",
     "warning[W0402]: /apps/A/traffic/0/from", "never speaks"},
    {PROBE_SOURCE, "\"poisson\": {\"rate_per_s\": 1}, \"service\": @\"61m\"",
     "warning[W0406]: /apps/A/traffic/0/service", "longer than request_timeout"},
    {PROBE_SOURCE, "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", \"endpoint\": @\"/b\"",
     "error[E0401]: /apps/A/traffic/0/endpoint", "endpoints"},
    {PROBE_SOURCE,
     "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", \"caller\": @\"anonymous\"",
     "warning[W0407]: /apps/A/traffic/0/caller", "\"public\" admits anyone"},
    {PROBE_SOURCE, "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", \"caller\": @\"acme\"",
     "warning[W0407]: /apps/A/traffic/0/caller", "\"shared\" admits"},
    {PROBE_SOURCE, "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", \"hints\": @5",
     "warning[W0404]: /apps/A/traffic/0/hints", "dispatch is not \"hint\""},
    {PROBE_SOURCE,
     "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", \"path\": \"direct\", "
     "\"max_attempts\": @3",
     "error[E0403]: /apps/A/traffic/0/max_attempts", "1 on the direct path"},
    {PROBE_SOURCE,
     "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", \"no_retry\": true, \"max_attempts\": "
     "@3",
     "error[E0403]: /apps/A/traffic/0/max_attempts", "1 with \"no_retry\""},
    {PROBE_SOURCE,
     "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", \"path\": \"websocket\", "
     "@\"priority\": \"low\"",
     "error[E0403]: /apps/A/traffic/0/priority", "on a websocket"},
    {PROBE_SOURCE,
     "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", \"path\": \"websocket\", "
     "@\"start_timeout\": \"9s\"",
     "error[E0403]: /apps/A/traffic/0/start_timeout", "on a websocket"},
    {PROBE_TOP, "\"callers\": {@\"acme\": {\"concurrency_limit\": 2}}",
     "error[E0401]: /callers/acme", "the caller of some source"},
    {PROBE_TOP, "\"callers\": {@\"owner\": {\"concurrency_limit\": 2}}",
     "error[E0401]: /callers/owner", "an account of its own"},
    {PROBE_APP,
     "\"auth_mode\": \"public\", \"traffic\": [{\"caller\": \"acme\", \"poisson\": "
     "{\"rate_per_s\": 1}, \"service\": \"1s\"}]}}, \"callers\": {\"acme\": "
     "{\"concurrency_limit\": @2",
     "warning[W0404]: /callers/acme/concurrency_limit", "no app in shared mode"},
    // Of events.
    {PROBE_EVENT, "{\"at\": @\"1h\", \"deploy\": {\"app\": \"A\"}}", "error[E0404]: /timeline/0/at",
     "before the horizon (1h)"},
    {PROBE_EVENT, "{\"at\": @\"2h\", \"scale\": {\"app\": \"A\", \"max_concurrency\": 3}}",
     "error[E0404]: /timeline/0/at", "before the horizon (1h)"},
    {PROBE_EVENT, "{\"at_s\": @-1, \"deploy\": {\"app\": \"A\"}}", "error[E0304]: /timeline/0/at_s",
     "at least 0"},
    {PROBE_EVENT, "@{\"deploy\": {\"app\": \"A\"}}", "error[E0302]: /timeline/0/at", "\"at\""},
    {PROBE_EVENT, "@{\"at\": \"1m\"}", "error[E0302]: /timeline/0/deploy", "\"kill\""},
    {PROBE_EVENT, "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\"}, @\"scale\": {\"app\": \"A\"}}",
     "error[E0308]: /timeline/0/scale", "a second one"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"deploy\": {\"app\": @\"B\"}}",
     "error[E0401]: /timeline/0/deploy/app", "the name of an app"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"restart\": {\"app\": @\"B\"}}",
     "error[E0401]: /timeline/0/restart/app", "the name of an app"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"rollback\": {\"app\": @\"B\"}}",
     "error[E0401]: /timeline/0/rollback/app", "the name of an app"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"kill\": {\"app\": @\"B\"}}",
     "error[E0401]: /timeline/0/kill/app", "the name of an app"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"scale\": {\"app\": @\"B\"}}",
     "error[E0401]: /timeline/0/scale/app", "the name of an app"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"flush\": {\"app\": @\"B\"}}",
     "error[E0401]: /timeline/0/flush/app", "the name of an app"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"flush\": {\"app\": \"A\", \"caller\": @\"acme\"}}",
     "error[E0401]: /timeline/0/flush/caller", "the name of a caller"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"capacity\": {\"machine_type\": @\"GPU-A1\", \"capacity\": 3}}",
     "error[E0401]: /timeline/0/capacity/machine_type", "\"GPU-A100\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"capacity\": {\"machine_type\": @\"GPU-H100\", \"capacity\": 3}}",
     "warning[W0404]: /timeline/0/capacity/machine_type", "no app uses"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"capacity\": {\"machine_type\": \"GPU-A100\", \"region\": @\"mars\", "
     "\"capacity\": 3}}",
     "error[E0401]: /timeline/0/capacity/region", "names the regions"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"capacity\": @{\"machine_type\": \"GPU-A100\"}}",
     "error[E0302]: /timeline/0/capacity/capacity", "\"capacity\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"maintenance\": {\"machine_type\": @\"GPU-H100\", \"runners\": 3}}",
     "warning[W0404]: /timeline/0/maintenance/machine_type", "no app uses"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"maintenance\": {\"machine_type\": \"GPU-A100\", \"runners\": @\"some\"}}",
     "error[E0305]: /timeline/0/maintenance/runners", "\"all\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"maintenance\": {\"machine_type\": \"GPU-A100\", \"runners\": @0}}",
     "error[E0304]: /timeline/0/maintenance/runners", "from 1"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"scale\": @{\"app\": \"A\"}}",
     "warning[W0404]: /timeline/0/scale", "it changes nothing"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"scale\": {\"app\": \"A\", \"min_concurrency\": @3}}",
     "error[E0403]: /timeline/0/scale/min_concurrency", "max_concurrency (2)"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"kill\": {\"app\": @\"A\"}}",
     "error[E0403]: /timeline/0/kill/app", "\"ephemeral\""},
    {PROBE_EVENT, "{\"at\": \"1m\", @\"rollback\": {\"app\": \"A\"}}",
     "error[E0403]: /timeline/0/rollback", "a deploy before"},
    {PROBE_EVENT, "{\"at\": \"1m\", @\"rollback\": {\"app\": \"A\", \"to\": \"1\"}}",
     "error[E0403]: /timeline/0/rollback", "a deploy before"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\"}}, {\"at\": \"2m\", \"rollback\": {\"app\": "
     "\"A\", \"to\": @\"3\"}}",
     "error[E0401]: /timeline/1/rollback/to", "\"1\" to \"2\""},
    {PROBE_APP,
     "\"deployment\": \"ephemeral\"}}, \"timeline\": [{\"at\": \"1m\", \"kill\": {\"app\": "
     "\"A\"}}, {\"at\": \"2m\", \"deploy\": @{\"app\": \"A\"}}], \"x-\": {\"\": {",
     "error[E0404]: /timeline/1/deploy", "after the app was killed"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\"}}, {\"at\": \"2m\", \"rollback\": {\"app\": "
     "\"A\", \"auth_mode\": @\"open\"}}",
     "error[E0305]: /timeline/1/rollback/auth_mode", "\"shared\""},
    // Of rollouts.
    {PROBE_EVENT, "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": @\"fast\"}}",
     "error[E0305]: /timeline/0/deploy/strategy", "\"blue_green\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"recreate\", @\"detach\": "
     "true}}",
     "error[E0403]: /timeline/0/deploy/detach", "strategy \"rolling\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"blue_green\", \"drain_old\": "
     "@\"one_for_one\"}}",
     "warning[W0405]: /timeline/0/deploy/drain_old", "\"rolling\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"recreate\", \"min_ready\": "
     "@2}}",
     "warning[W0405]: /timeline/0/deploy/min_ready", "\"rolling\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"recreate\", "
     "\"verify_attempts\": @2}}",
     "warning[W0405]: /timeline/0/deploy/verify_attempts", "\"rolling\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"recreate\", \"steps\": "
     "@[{\"weight\": 5, \"for\": \"1m\"}]}}",
     "warning[W0405]: /timeline/0/deploy/steps", "\"canary\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"rolling\", \"abort_above\": "
     "@0.1}}",
     "warning[W0405]: /timeline/0/deploy/abort_above", "\"canary\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"rolling\", \"max_surge\": @2}}",
     "warning[W0405]: /timeline/0/deploy/max_surge", "\"rolling_update\""},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"rolling_update\", "
     "\"max_surge\": 0, \"max_unavailable\": @0}}",
     "error[E0403]: /timeline/0/deploy/max_unavailable", "no runner could ever"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"rolling_update\", "
     "\"max_surge\": @\"101%\"}}",
     "error[E0304]: /timeline/0/deploy/max_surge", "\"100%\""},
    {PROBE_EVENT, "{\"at\": \"1m\", \"deploy\": @{\"app\": \"A\", \"strategy\": \"canary\"}}",
     "error[E0302]: /timeline/0/deploy/steps", "\"canary\" needs"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"canary\", \"steps\": @[]}}",
     "error[E0303]: /timeline/0/deploy/steps", "a list of steps"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"canary\", \"steps\": "
     "[{\"weight\": @101, \"for\": \"1m\"}]}}",
     "error[E0304]: /timeline/0/deploy/steps/0/weight", "to 100"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"canary\", \"steps\": "
     "[{\"weight\": 9, \"for\": \"1m\"}, {\"weight\": @5, \"for\": \"1m\"}]}}",
     "error[E0403]: /timeline/0/deploy/steps/1/weight", "not below that of the step before"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"canary\", \"steps\": "
     "@[{\"weight\": 9, \"for\": \"59m\"}]}}",
     "warning[W0402]: /timeline/0/deploy/steps", "never switches"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"canary\", \"steps\": "
     "[{\"weight\": 9, \"for\": @\"0s\"}]}}",
     "error[E0304]: /timeline/0/deploy/steps/0/for", "1ms"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"change\": {@\"traffic\": []}}}",
     "error[E0406]: /timeline/0/deploy/change/traffic", "belongs to the app"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"change\": {@\"initial_runners\": 2}}}",
     "error[E0406]: /timeline/0/deploy/change/initial_runners", "belongs to the app"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"change\": {\"keep_alive\": @\"9s\"}}}",
     "warning[W0401]: /timeline/0/deploy/change/keep_alive", "survive a deploy"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"change\": {\"machine_type\": @\"GPU-Z9\"}}}",
     "error[E0401]: /timeline/0/deploy/change/machine_type", "a machine type"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"change\": {\"setup\": {\"lognormal\": "
     "@{\"median\": \"9s\"}}}}}",
     "error[E0302]: /timeline/0/deploy/change/setup/lognormal/sigma", "mean and cv"},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"reset_scale\": true, \"change\": "
     "{\"min_concurrency\": @9}}}",
     "error[E0403]: /timeline/0/deploy/change/min_concurrency", "max_concurrency (2)"},
    // Of capacity.
    {PROBE_APP,
     "\"min_concurrency\": @5, \"max_concurrency\": 9}}, \"machine_types\": {\"GPU-A100\": "
     "{\"capacity\": 4}}, \"x-\": {\"\": {",
     "warning[W0403]: /apps/A/min_concurrency", "room for 4 runners"},
    {PROBE_APP,
     "\"num_gpus\": @8}}, \"machine_types\": {\"GPU-A100\": {\"capacity\": 4}}, \"x-\": {\"\": {",
     "warning[W0403]: /apps/A/num_gpus", "no runner ever fits"},
    {PROBE_APP,
     "\"min_concurrency\": 2}, \"B\": {\"machine_type\": \"GPU-A100\", \"min_concurrency\": @3, "
     "\"max_concurrency\": 3}}, \"machine_types\": {\"GPU-A100\": {\"capacity\": 4}}, \"x-\": "
     "{\"\": {",
     "warning[W0403]: /apps/B/min_concurrency", NULL},
    {PROBE_EVENT,
     "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"rolling\", \"min_ready\": "
     "@5}}], \"machine_types\": {\"GPU-A100\": {\"capacity\": 4}}, \"x-\": [",
     "warning[W0403]: /timeline/0/deploy/min_ready", "it stalls"},
    // Of the experiment.
    {PROBE_TOP, "\"expect\": [{\"metric\": @\"waits\", \"max\": 1}]",
     "error[E0401]: /expect/0/metric", "\"wait_s\""},
    {PROBE_TOP, "\"expect\": [{\"metric\": @\"series_runners\", \"max\": 1}]",
     "error[E0401]: /expect/0/metric", "is drawn"},
    {PROBE_TOP, "\"expect\": [@{\"metric\": \"arrivals\"}]", "error[E0302]: /expect/0/max",
     "\"min\", \"max\" or both"},
    {PROBE_TOP, "\"expect\": [{\"metric\": \"arrivals\", \"min\": @2, \"max\": 1}]",
     "error[E0403]: /expect/0/min", "min not above max"},
    {PROBE_TOP, "\"expect\": [{\"metric\": \"arrivals\", \"max\": 1, \"alternative\": @\"b\"}]",
     "error[E0401]: /expect/0/alternative", "the name of an alternative"},
    {PROBE_TOP, "\"expect\": [{\"metric\": \"requests\", \"max\": 1, \"outcome\": @\"okay\"}]",
     "error[E0401]: /expect/0/outcome", "\"ok\""},
    {PROBE_TOP, "\"expect\": [{\"metric\": \"arrivals\", \"max\": 1, @\"outcome\": \"ok\"}]",
     "error[E0403]: /expect/0/outcome", "a label of arrivals"},
    {PROBE_TOP,
     "\"expect\": [{\"metric\": \"cost_revision_usd\", \"max\": 1, \"revision\": @\"2\"}]",
     "error[E0401]: /expect/0/revision", "a revision"},
    {PROBE_TOP, "\"expect\": [{\"metric\": \"rollout_switch_s\", \"max\": 1, \"rollout\": @\"1\"}]",
     "error[E0401]: /expect/0/rollout", "there is none"},
    {PROBE_TOP, "\"expect\": [{\"metric\": \"billed_s\", \"max\": 1, \"state\": @\"idle\"}]",
     "error[E0401]: /expect/0/state", "\"IDLE\""},
    {PROBE_TOP, "\"expect\": [{\"metric\": \"machine_s\", \"max\": 1, \"region\": @\"us\"}]",
     "error[E0401]: /expect/0/region", "there is none"},
    {PROBE_TOP, "\"compare\": @{}", "error[E0304]: /compare", "1 to 256"},
    {PROBE_TOP, "\"compare\": {\"a\": {@\"/apps/B/min_concurrency\": 1}}",
     "error[E0309]: /compare/a/~1apps~1B~1min_concurrency", "a path that exists"},
    {PROBE_TOP, "\"compare\": {\"a\": {@\"/seed\": \"2\"}}", "error[E0406]: /compare/a/~1seed",
     "the same for all alternatives"},
    {PROBE_TOP, "\"compare\": {\"a\": {@\"apps\": 1}}", "error[E0309]: /compare/a/apps",
     "begins with"},
    {PROBE_TOP, "\"compare\": {\"a\": {}, @\"a\": {}}", "error[E0204]", "\"a\""},
    {PROBE_TOP, "\"compare\": {\"a\": {}, \"b\": @{}}", "warning[W0404]: /compare/b",
     "the same as alternative \"a\""},
    {PROBE_TOP, "\"compare\": {\"a\": {\"/apps/A/min_concurrency\": @-1}}",
     "error[E0304]: /apps/A/min_concurrency", "from 0"},
};

// "t.json:LINE:COLUMN: " of the mark, which is taken out of the text.
static void take_mark(char *fragment, char *begins, size_t size)
{
    unsigned line = 2, column = 1;
    char *mark = strchr(fragment, '@');
    if (!mark) {
        snprintf(begins, size, "t.json:");
        return;
    }
    for (const char *at = fragment; at < mark; at++, column++)
        if (*at == '\n') line++, column = 0;
    memmove(mark, mark + 1, strlen(mark));
    snprintf(begins, size, "t.json:%u:%u: ", line, column);
}

static bool fits(const struct probe *probe, const struct pair_row *row, const char *begins)
{
    size_t problems = diag_errors(probe->diag) + diag_warnings(probe->diag);
    const char *message = strstr(probe->messages, row->problem);
    bool warning = strncmp(row->problem, "warning", 7) == 0;
    if (problems != 1 || !message || probe->good != warning) return false;
    if (strncmp(probe->messages, begins, strlen(begins)) != 0) return false;
    const char *end = message + strlen(row->problem);
    if (*end != ':') return false;
    return !row->has || strstr(end, row->has);
}

static void what_contradicts_itself_is_said(void **state)
{
    (void)state;
    size_t count = sizeof pairs / sizeof *pairs, misses = 0;
    for (size_t i = 0; i < count; i++) {
        char fragment[1024], begins[64];
        snprintf(fragment, sizeof fragment, "%s", pairs[i].fragment);
        take_mark(fragment, begins, sizeof begins);
        struct probe probe = probe_fragment(pairs[i].place, fragment);
        bool right = fits(&probe, &pairs[i], begins);
        if (!right)
            print_error("%s\nwanted %s%s: ... %s\ngot    %s\n", fragment, begins, pairs[i].problem,
                        pairs[i].has ? pairs[i].has : "", probe.messages);
        misses += !right;
        probe_close(&probe);
    }
    print_message("    %zu contradictions\n", count);
    assert_true(count >= 150);
    assert_int_equal(misses, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_contradicts_itself_is_said)};
    return cmocka_run_group_tests_name("bad_pairs", tests, NULL, NULL);
}
