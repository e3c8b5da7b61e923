#pragma once

#include "tests/bench/drawn.h"
#include "tests/bench/fixture_sweep.h"

#include "bench/output/sweep_figure.h"

// What a picture of a sweep writes, as texts.

struct swept_figure { // all that a sweep_figure points to
    struct column *columns;
    struct sweep_figure f;
};

static inline struct swept_figure swept_figure_of(const struct swept *s, size_t column)
{
    struct swept_figure own = {0};
    own.columns = sweep_columns(&s->result, &own.f.count);
    own.f.result = &s->result;
    own.f.columns = own.columns;
    own.f.column = column;
    return own;
}

static inline struct drawn swept_drawn(const struct swept *s, size_t column,
                                       void (*draw)(const struct sweep_figure *f))
{
    struct drawn d = {NULL, NULL, 0, 0};
    struct swept_figure own = swept_figure_of(s, column);
    own.f.figure.script = open_memstream(&d.script, &d.script_size);
    own.f.figure.data = open_memstream(&d.data, &d.data_size);
    draw(&own.f);
    fclose(own.f.figure.script);
    fclose(own.f.figure.data);
    free(own.columns);
    return d;
}

static inline bool swept_wanted(const struct swept *s, bool (*wanted)(const struct sweep_figure *f))
{
    struct swept_figure own = swept_figure_of(s, 0);
    bool is = wanted(&own.f);
    free(own.columns);
    return is;
}

static inline void swept_has(const char *text, const char *wanted)
{
    if (!strstr(text, wanted)) fail_msg("expected %s in\n%s", wanted, text);
}
