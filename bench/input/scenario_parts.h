#pragma once

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "bench/input/object.h"
#include "bench/input/scenario.h"

// The parts of a scenario file, one module each, and what they share: one alternative under
// construction.
//
// scenario_parts_read() reads them in the order of the prototypes below, because later parts name
// what earlier ones define.  A part that is wrong is reported and read on, so that one run shows
// all problems; the config is then not used.

enum { // so that no file can ask for more memory than there is
    APPS_MAX = 1000,
    SOURCES_MAX = 10000,
    CALLERS_MAX = 1000,
    TIMELINE_MAX = 10000,
    ENDPOINTS_MAX = 100,
};

struct app_parts {                 // of an app, besides its app_config
    const cJSON *node;             // its object in the file
    const cJSON *current;          // that object as of the latest revision
    struct revision_config first;  // its first revision
    struct scaling_config runtime; // settings at the latest point in time (A4)
    const cJSON *endpoints;        // the list, or NULL: one endpoint, "/"
    uint32_t deploys;              // read so far
    bool killed;                   // by an event read so far (D1)
};

struct checked_trace { // a trace that was read through, for all alternatives that have it; a list
    struct checked_trace *next;
    const char *key; // what the scenario says about it
    const struct trace_spec *spec;
    struct trace_summary summary;
    const uint32_t *counts; // of a trace of counts, by minute
    bool good;
};

struct parts {
    struct reader reader;
    const char *folder;             // of the scenario file with its last slash, or ""
    struct checked_trace **checked; // shared by all alternatives
    uint32_t strategy;              // of a deploy that names none (R8)
    bool compares;                  // the file has alternatives: effects are not asked about
    struct scenario_config *config;
    bool warm_up_auto; // to be found by pilot runs
    struct machine_config *machines;
    const char *regions[REGIONS]; // by region_id - 1
    uint32_t region_count;
    struct app_config *apps;
    struct app_parts *app_parts;
    struct revision_config *revisions;
    const cJSON **revision_nodes; // the objects that the revisions were read from
    struct traffic_config *traffic;
    const cJSON *source; // the one of them that is being read
    struct trace_spec *traces;
    struct caller_config *callers;
    struct timeline_config *timeline;
    const cJSON **timeline_nodes; // by row: the object under "deploy" and the like
    cJSON **trees;                // made on the way, deleted by scenario_parts_close()
    uint32_t tree_count;
};

// All of one alternative from the top object; the keys of the experiment are not read here.
void scenario_parts_read(struct parts *parts, struct object *top);
void scenario_parts_close(struct parts *parts);

void scenario_machines_read(struct parts *parts, const cJSON *node);
void scenario_apps_read(struct parts *parts, const cJSON *node);
void scenario_traffic_read(struct parts *parts);
void scenario_timeline_read(struct parts *parts, const cJSON *node);
// The autoscaler of an app; and, once all is read, whether one that looks ahead can do so.
void scenario_autoscaler_read(struct parts *parts, struct object *object, struct app_config *app);
void scenario_autoscaler_check(const struct parts *parts);
void scenario_capacity_check(struct parts *parts);

// {"nvme": 12, "datacenter": 7}: bandwidths of the platform (P3).
void scenario_tiers_read(struct parts *parts, const cJSON *node);
// The keys of how a runner starts and how it is checked: setup, docker_pull, health_check.
void scenario_start_reserve(struct object *object); // before the tables are read
void scenario_start_read(struct parts *parts, struct object *object,
                         struct revision_config *revision);

// The keys of a revision, from an app's object or from what a deploy makes of it.
void scenario_revision_read(struct parts *parts, struct object *object,
                            struct revision_config *revision);
// min_concurrency is not above max_concurrency; `node` is where they stand.
void scenario_revision_check_scaling(struct parts *parts, const cJSON *node,
                                     const struct scaling_config *scaling);

// The keys of a rollout, from a deploy or a rollback; and the other events that move runners (R3 to
// R7, D1).
void scenario_rollout_read(struct parts *parts, struct object *object,
                           struct timeline_config *event);
void scenario_rollback_read(struct parts *parts, const cJSON *node, struct timeline_config *event,
                            bool has_app);
void scenario_restart_read(struct parts *parts, const cJSON *node, struct timeline_config *event);
void scenario_kill_read(struct parts *parts, const cJSON *node, struct timeline_config *event,
                        bool has_app);

// Names to ids; false: unknown, reported.
bool scenario_machines_find(struct parts *parts, const cJSON *node, uint32_t *machine);
bool scenario_regions_find(struct parts *parts, const cJSON *node, uint32_t *region);
// The row of a type, any row of which is given, in a region; false: it has no capacity there.
bool scenario_machines_row(const struct parts *parts, uint32_t type, uint32_t region,
                           uint32_t *row);
bool scenario_apps_find(struct parts *parts, const cJSON *node, uint32_t *app);

// "7 apps at most".
void scenario_parts_too_many(struct parts *parts, const cJSON *node, uint32_t limit,
                             const char *what);
