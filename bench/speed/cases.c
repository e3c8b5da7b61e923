#include "bench/speed/cases.h"

#include <stddef.h>

static const char mm1[] =
    "{\"warmpool\":1,\"title\":\"M/M/1\",\"horizon\":\"1s\",\"replications\":1,"
    "\"machine_types\":{\"X\":{\"price_usd_per_h\":1}},"
    "\"apps\":{\"A\":{\"machine_type\":\"X\",\"autoscaler\":\"fixed\",\"max_concurrency\":1,"
    "\"initial_runners\":1,\"traffic\":[{\"poisson\":{\"rate_per_s\":1},"
    "\"service\":{\"exponential\":{\"mean\":\"1s\"}}}]}}}";

static const char pool[] =
    "{\"warmpool\":1,\"title\":\"keep-alive pool\",\"horizon\":\"1s\",\"replications\":1,"
    "\"machine_types\":{\"X\":{\"price_usd_per_h\":1}},"
    "\"apps\":{\"A\":{\"machine_type\":\"X\",\"autoscaler\":\"lambda\",\"keep_alive\":\"600s\","
    "\"dispatch\":\"most_recently_created\",\"max_concurrency\":100000,"
    "\"traffic\":[{\"path\":\"direct\",\"poisson\":{\"rate_per_s\":1},"
    "\"service\":{\"exponential\":{\"mean\":\"1.991s\"}}}]}}}";

static const char rollout[] =
    "{\"warmpool\":1,\"title\":\"rolling deploy\",\"horizon\":\"1s\",\"replications\":1,"
    "\"apps\":{\"MyApp\":{\"machine_type\":[\"GPU-A100\",\"GPU-H100\"],\"min_concurrency\":2,"
    "\"max_concurrency\":8,\"keep_alive\":\"5m\",\"setup_failure\":0.01,"
    "\"docker_pull\":{\"cached\":0.8,\"time\":{\"lognormal\":{\"median\":\"20s\",\"sigma\":0.6}}},"
    "\"setup\":{\"lognormal\":{\"median\":\"25s\",\"sigma\":0.5}},"
    "\"traffic\":[{\"poisson\":{\"rate_per_s\":1},"
    "\"service\":{\"lognormal\":{\"mean\":\"3s\",\"cv\":0.4}}}]}},"
    "\"timeline\":[{\"at\":\"1h\",\"deploy\":{\"app\":\"MyApp\",\"strategy\":\"rolling\","
    "\"change\":{\"setup\":\"40s\"}}}]}";

// 1,199 requests a second on average, 1.04e8 a day.
static const char day[] =
    "{\"warmpool\":1,\"title\":\"a day of 1e8 requests\",\"horizon\":\"1s\",\"replications\":1,"
    "\"machine_types\":{\"X\":{\"price_usd_per_h\":1}},"
    "\"apps\":{\"A\":{\"machine_type\":\"X\",\"min_concurrency\":10,\"max_concurrency\":1000,"
    "\"setup\":\"5s\",\"traffic\":[{\"piecewise_constant\":{\"repeat\":\"24h\",\"steps\":["
    "{\"from\":\"0s\",\"rate_per_s\":400},{\"from\":\"6h\",\"rate_per_s\":1200},"
    "{\"from\":\"10h\",\"rate_per_s\":2000},{\"from\":\"18h\",\"rate_per_s\":930}]},"
    "\"service\":{\"exponential\":{\"mean\":\"80ms\"}}}]}}}";

static const char replay[] =
    "{\"warmpool\":1,\"title\":\"trace replay\",\"horizon\":\"1s\",\"replications\":1,"
    "\"machine_types\":{\"X\":{\"price_usd_per_h\":1}},"
    "\"apps\":{\"A\":{\"machine_type\":\"X\",\"max_concurrency\":100,\"initial_runners\":10,"
    "\"traffic\":[{\"trace\":{\"file\":\"trace.csv\",\"arrival\":\"at\",\"service\":\"work\"}}]}}}";

const struct speed_case speed_cases[] = {
    {"mm1", "M/M/1, rho 0.9", "customers", mm1, .9, 1e6, REFERENCE_MM1, 0, false},
    {"pool-1.8", "keep-alive pool, 1.8 busy", "requests", pool, .9, 1e6, REFERENCE_POOL, 0, false},
    {"pool-18", "keep-alive pool, 18 busy", "requests", pool, 9, 1e5, REFERENCE_POOL, 0, false},
    {"pool-179", "keep-alive pool, 179 busy", "requests", pool, 90, 1e4, REFERENCE_POOL, 0, false},
    {"pool-1790", "keep-alive pool, 1,790 busy", "requests", pool, 900, 1e3, REFERENCE_POOL, 0,
     false},
    {"pool-17900", "keep-alive pool, 17,900 busy", "requests", pool, 9000, 1e2, REFERENCE_POOL, 0,
     false},
    {"rolling", "the seed app with a rolling deploy", "requests", rollout, .9, 1e6,
     REFERENCE_YARDSTICK, 0, false},
    {"replay", "a trace in CSV", "rows", replay, 0, 2e5, REFERENCE_YARDSTICK, 0, false},
    {"threads", "64 replications of pool-18, 2 threads", "requests", pool, 9, 9e3,
     REFERENCE_ONE_THREAD, 2, false},
    {"day", "a day of 1e8 requests", "requests", day, 0, 86400, REFERENCE_YARDSTICK, 0, true},
    {.name = NULL},
};
