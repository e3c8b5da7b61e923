#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/output/figure.h"

// What a figure writes, as texts.

struct drawn { // what a figure wrote
    char *script, *data;
    size_t script_size, data_size;
};

static inline struct drawn drawn_by(struct figure figure, void (*draw)(const struct figure *figure))
{
    struct drawn d = {NULL, NULL, 0, 0};
    figure.script = open_memstream(&d.script, &d.script_size);
    figure.data = open_memstream(&d.data, &d.data_size);
    draw(&figure);
    fclose(figure.script);
    fclose(figure.data);
    return d;
}

static inline void drawn_free(struct drawn *d)
{
    free(d->script);
    free(d->data);
}
