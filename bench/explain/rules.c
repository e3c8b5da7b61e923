#include "bench/explain/rules.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#define SEED "fal docs, Deploy to Production (the seed page)"
#define TYPES "fal docs, Machine Types; prices: fal.ai/pricing, 2026-09"
#define RUNNERS "fal docs, Understand Runners"
#define SCALE "fal docs, Scale Your Application"
#define RETRIES "fal docs, Retries"
#define REQUESTS "fal docs, Requests"
#define MARKET "fal docs, Publishing to the Marketplace; Model API pricing"
#define OURS "warmpool's own"

const struct rule rules[] = {
    {"M1", "machine types",
     "A machine type has vCPU, RAM, GPUs, VRAM, a price for each billed second of a runner (times "
     "num_gpus for GPU types) and a capacity, which may change. A price that nobody publishes must "
     "be given.",
     TYPES},
    {"M2", "fallback lists",
     "An app names one type or an ordered list. A start takes the first one with room; each runner "
     "is billed as the type that it got. A changed list concerns new runners only.",
     TYPES},
    {"M3", "shared capacity",
     "All apps share the capacity of a type. A start that finds no room waits in PENDING and goes "
     "on when room frees up (capacity_wakeup), or looks again every 20 s.",
     RUNNERS},
    {"M4", "regions",
     "A type may have capacity by region, and an app a list of regions where it may run: types are "
     "tried first, then the regions of each.",
     "fal's Python SDK, option valid_regions"},
    {"P1", "states of a runner",
     "States and moves are the platform's own: PENDING, DOCKER_PULL, SETUP, IDLE, RUNNING, "
     "DRAINING, "
     "TERMINATING, TERMINATED, and CRASH_BACKOFF before a start. See `explain states`.",
     RUNNERS},
    {"P2", "what is billed",
     "SETUP, IDLE, RUNNING, DRAINING and TERMINATING are billed at one rate; the other states are "
     "not.",
     "fal docs, Pricing"},
    {"P3", "how long a start takes",
     "Every stage has a distribution of its own. An image is cached with a probability, or by a "
     "model of nodes that remember; setup() may be a ladder of steps that add up.",
     "fal docs, Understand Runners; Caching"},
    {"P4", "keep_alive",
     "An idle runner stops when keep_alive has passed since the end of its last request, but never "
     "below the floor. Without min_concurrency and buffer, a new runner that got no request stops "
     "after 10 s.",
     SCALE},
    {"P5", "failed starts",
     "startup_timeout bounds SETUP. Each failed start adds 30 s to the delay before every later "
     "start of the app, 10 minutes at most; one success wakes all of them and clears it.",
     RUNNERS},
    {"P6", "stopping",
     "SIGTERM; no new requests; those in flight go on until done, or until "
     "termination_grace_period "
     "(5 s, from SIGTERM) cuts them; teardown() runs inside the same budget. A cut queue request "
     "is "
     "retried, a cut direct one fails.",
     "fal docs, App Lifecycle; Scale Your Application"},
    {"P7", "faults",
     "Runners crash or fall sick; health checks (every 15 s, 5 s, 3 failures, start period 30 s) "
     "replace sick ones; hosts are taken down, machines taken back, capacity lost.",
     "fal docs, Add a Health Check Endpoint; GPU Health"},
    {"Q1", "paths",
     "queue: kept until done, first come first served, at most 10 attempts. direct and stream wait "
     "on the connection and are not retried. websocket holds a slot for a session.",
     REQUESTS},
    {"Q2", "priorities", "Low priority is served only when no normal request waits.",
     "fal docs, Common Parameters"},
    {"Q3", "what a response does",
     "The status decides what happens to the runner and to the request; headers may override it; "
     "conditions have retry budgets. See `explain responses`.",
     RETRIES},
    {"Q4", "timeouts",
     "request_timeout (3600 s) bounds each attempt: the runner is killed, the request retried. "
     "start_timeout is a deadline for processing to start, from submission: then 504.",
     RETRIES},
    {"Q5", "back-off of retries",
     "The n-th retry waits min(30 s, 2^n s), give or take half of it at random; the length is our "
     "reading, the platform's is not published.",
     "fal client, retry settings (the same shape)"},
    {"Q6", "cancelling",
     "A caller may give up: in the queue the request is removed; in flight the app may stop "
     "(cooperative) or go on to the end (ignored).",
     "fal docs, Handle Cancellations"},
    {"Q7", "multiplexing",
     "A runner serves up to max_multiplexing requests at once; they may slow each other down.",
     SCALE},
    {"Q8", "dispatch",
     "A request goes to a runner with a free slot: round robin, or by another policy. See `explain "
     "policies`.",
     "fal docs, Optimize Routing Behavior"},
    {"Q9", "limits",
     "max_queue_length rejects with 429. In shared mode callers may have a limit of requests in "
     "progress at once; waiting does not count.",
     "fal docs, Concurrency Limits; Queue"},
    {"A1", "the platform's autoscaler",
     "target = clamp(max(min_concurrency, need + buffer), 0, max_concurrency) with need = "
     "ceil(load "
     "/ max_multiplexing), load = in flight and queued for scaling_delay; starts under way count. "
     "keep_alive alone scales down. The formula is our reading of published examples.",
     SCALE},
    {"A2", "defaults",
     "keep_alive 60 s, min 0, max 2, no buffer, multiplexing 1, scaling_delay 0, request_timeout "
     "3600 s, startup_timeout 600 s, grace period 5 s.",
     "fal's Python SDK; Scale Your Application"},
    {"A3", "other autoscalers",
     "Models of other platforms to compare with. See `explain policies`.",
     "SimFaaS (Mahmoudi and Khazaei 2021) for lambda"},
    {"A4", "settings at run time",
     "A scale event changes settings at once. A deploy keeps settings changed at run time, unless "
     "it "
     "says reset_scale, and brings its own of all others.",
     "fal docs, Scaling Configuration"},
    {"R1", "recreate",
     "The alias switches at once. The deploy starts nothing: the next request, or the floor, does. "
     "Old idle runners stop, busy ones drain.",
     SEED},
    {"R2", "rolling",
     "A runner of the new revision is started, on top of max_concurrency; when min_ready of them "
     "are "
     "ready the alias switches and the old ones drain. If it fails, the deploy is aborted.",
     SEED},
    {"R3", "rolling with detach",
     "The alias moves first; requests wait for the new revision; failed starts are not rolled "
     "back.",
     "fal CLI, deploy --detach"},
    {"R4", "restart",
     "All runners of a revision are replaced side by side, each new one lets one old one drain; "
     "force kills them at once.",
     "fal CLI, apps rollout"},
    {"R5", "strategies for research",
     "k8s_recreate, rolling_update, blue_green and canary with automatic rollback. See `explain "
     "policies`.",
     "Kubernetes docs, Deployments"},
    {"R6", "rollouts and capacity",
     "Draining runners do not count towards the new revision's max_concurrency. Without capacity a "
     "rollout stalls, and the report says so.",
     TYPES},
    {"R7", "rollback", "An earlier revision becomes the active one again, by the same strategies.",
     "fal docs, Rollbacks"},
    {"R8", "the default strategy",
     "A deploy that names no strategy is recreate under \"defaults\": \"seed\" and rolling under "
     "\"current\"; the report says which.",
     SEED "; fal CLI since 2025-10"},
    {"D1", "ephemeral apps",
     "fal run: the app lives as long as its process; then all of it goes, requests in flight too. "
     "Public by default.",
     SEED},
    {"D2", "persistent apps", "fal deploy: the app stays. Private by default.", SEED},
    {"C1", "who may call",
     "private: the owner and the team. shared: everybody with an account. public: everybody. Other "
     "calls get 401 or 403 and touch no runner.",
     SEED},
    {"C2", "who pays",
     "The owner pays billed seconds. In shared mode callers pay their own use: units x price, or "
     "their requests' seconds; nothing for 5xx and for waiting. Seconds that no request covers go "
     "to the owner, or to nobody (shared_idle).",
     MARKET},
    {"C3", "a change of mode", "The mode belongs to the alias; a deploy changes it at the switch.",
     SEED},
    {"C4", "all modes side by side",
     "The same run is priced under all three modes, with the same traffic.", OURS},
    {"C5", "the money law",
     "owner + callers + absorbed = sum over runners of billed seconds x rate, when callers pay by "
     "the second.",
     OURS},
    {"T1", "sources of requests",
     "Arrivals at a rate that may change, renewals, batches, closed loops of users, traces.", OURS},
    {"T2", "traces",
     "Files of recorded requests are replayed row by row; memory does not grow with their length.",
     OURS},
    {"T3", "distributions",
     "Every time may be a constant or a distribution. See `explain distributions`.", OURS},
    {"O1", "time and order",
     "Time is a whole number of nanoseconds. Simultaneous events run by phase, then in the order "
     "in "
     "which they were scheduled.",
     OURS},
    {"O2", "chance",
     "Random numbers are addressed by seed, replication, stream, entity and draw: the same seed "
     "gives the same bytes, and a policy that draws more shifts nobody else's numbers.",
     OURS},
    {NULL, NULL, NULL, NULL},
};

// "P4" at the start of a text, as a word: the letter and the digits; 0: none.
static size_t number_at(const char *text)
{
    if (!strchr("MPQARDCTO", text[0]) || text[0] == '\0') return 0;
    return isdigit((unsigned char)text[1]) && !isalnum((unsigned char)text[2]) ? 2 : 0;
}

bool rules_named(const char *text, const char *number)
{
    char before = ' ';
    for (const char *at = text; *at; before = *at++) {
        size_t length = isalnum((unsigned char)before) ? 0 : number_at(at);
        if (length == 0) continue;
        if (strncmp(at, number, length) == 0) return true;
        bool range = strncmp(at + length, " to ", 4) == 0 && at[length + 4] == at[0];
        if (range && at[0] == number[0] && at[1] <= number[1] && number[1] <= at[length + 5])
            return true;
    }
    return false;
}
