#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/input/diag.h"
#include "bench/input/lexer.h"
#include "bench/input/trace.h"
#include "models/config.h"
#include "models/metrics.h"
#include "sim/arena.h"

// A scenario file, read strictly and resolved: every default filled in, every name looked up, one
// scenario_config for each alternative.  The keys of the model come from the tables of
// models/config.h; this module adds the keys of the experiment.

// What is asked of a number over the replications.
struct statistic {
    enum statistic_kind { STATISTIC_MEAN, STATISTIC_QUANTILE, STATISTIC_ANY } kind;
    double quantile;  // STATISTIC_QUANTILE: 0.95 for "p95"
    const char *text; // as the file has it; NULL: not given
};

struct replication_rule { // stop when the interval's half-width is at most the larger of the two
    const char *metric;
    struct statistic stat;
    double relative, absolute; // NaN: not given
};

struct replication_plan {
    uint32_t min, max;
    const struct replication_rule *until;
    size_t until_count;
    double confidence; // of all intervals; 0: 0.95
    bool bonferroni;   // the rules shall hold together with that confidence
};

struct expectation {
    const char *metric;
    struct statistic stat;
    const char *labels[LABELS]; // NULL: any
    const char *alternative;    // NULL: all
    double min, max;            // NaN: not given
    struct diag_place place;
};

struct metric_choice { // the columns of a metric that have these labels
    const char *metric;
    const char *labels[LABELS]; // NULL: any
};

struct zone { // differences of this number up to `width` do not matter
    const char *metric;
    double width; // > 0
};

enum selection_procedure { SELECTION_NONE, SELECTION_KN, SELECTION_OCBA };

struct selection_plan { // which number decides between the alternatives, and how
    const char *metric; // NULL: none
    const char *labels[LABELS];
    uint32_t procedure; // enum selection_procedure
    bool smallest;      // is best
    double confidence;  // of KN
    double zone;        // of the metric; 0: none
    uint32_t first;     // replications of each alternative before anything is decided
    uint32_t budget;    // replications of all alternatives
    const struct zone *zones;
    size_t zone_count;
};

enum study_kind { STUDY_TERMINATING, STUDY_STEADY_STATE, STUDY_CYCLIC, STUDY_UNSAID };
extern const char *const study_kind_names[]; // ends with NULL

struct alternative {
    const char *name; // "base" in a file without `compare`
    struct scenario_config config;
    const struct scenario_config *twin; // the same without rollouts; NULL: not asked for
    const struct trace_spec *traces; // by traffic source; path NULL for sources that are not traces
    bool warm_up_auto;               // config.warm_up is 0 until pilot runs have found it
};

struct scenario {
    const char *path, *title, *question;
    const char *defaults; // "seed" or "current": what an absent strategy means (R8)
    const char *seed_text;
    uint64_t seed;
    enum study_kind study;
    sim_time cycle; // of a cyclic study
    struct replication_plan replications;
    const struct alternative *alternatives;
    size_t alternative_count;
    const struct expectation *expectations;
    size_t expectation_count;
    const struct sweep_plan *sweep;   // bench/input/scenario_sweep.h; NULL: none
    const struct search_plan *search; // bench/input/scenario_search.h; NULL: none
    struct selection_plan selection;
    const char
        *resolved_json; // the file after --set, as canonical JSON text: goes into result.json
};

struct scenario_override { // --set /json/pointer=value
    const char *text;
    // Done only where a top-level key of the file is an object, or is none.
    enum override_when { OVERRIDE_ALWAYS, OVERRIDE_IF_OBJECT, OVERRIDE_UNLESS_OBJECT } when;
    const char *key;
};

struct scenario_source { // what a scenario is read from, again and again
    struct lexer_source text;
    const struct scenario_override *overrides;
    size_t override_count;
};

struct scenario_change { // of a point of a sweep: as --set does
    const char *pointer;
    const char *json;        // the value's text
    struct diag_place place; // where somebody wrote it
    const char *name;        // how a problem names the change: a pointer of its own
};
struct scenario_point {
    const char *name;
    const struct scenario_change *changes;
    size_t count;
};

// False: diag says why (all problems at once).  Traces are opened and read through once, so that a
// bad row is found here and not in the middle of a run.
bool scenario_load(struct scenario *scenario, struct arena *arena, const char *path,
                   const struct scenario_override *overrides, size_t override_count,
                   struct diag *diag);

// The same for a text in memory; source->file names it in messages, and traces are looked for in
// its folder.
bool scenario_load_text(struct scenario *scenario, struct arena *arena,
                        const struct lexer_source *source,
                        const struct scenario_override *overrides, size_t override_count,
                        struct diag *diag);

// Reads the alternatives of a scenario that is known to be right, but instead of those in its file
// one for each point: the file with the point's changes.  The places and names of problems are
// those of the changes.
bool scenario_load_points(struct scenario *scenario, struct arena *arena,
                          const struct scenario_source *source, const struct scenario_point *points,
                          size_t count, struct diag *diag);
