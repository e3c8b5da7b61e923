// Keys of the distributions.  Those with plain arguments are rows of sim/dist.h; here are those
// with lists.

#include "bench/input/key_forms.h"

const struct keys keys_arguments = {
    .id = "arguments", .what = "a distribution", .file = "sim/dist_forms.c", .distribution = true};

static const struct key empirical_rows[] = {
    {"values", KEY_REQUIRED, true, NULL, "values that were seen (T3)",
     LIST(1, 100000, FORM(TIME(0, 1e9)))},
    {"weights", KEY_OPTIONAL, false, "(equal)", "how often each was seen (T3)",
     LIST(1, 100000, FORM(NUMBER(0, 1e300)))},
    {0},
};
const struct keys keys_empirical = {.id = "empirical",
                                    .what = "one of the given values, each as likely as its weight",
                                    .file = __FILE__,
                                    .rows = {empirical_rows}};

static const struct key quantiles_rows[] = {
    {"points", KEY_REQUIRED, true, NULL,
     "pairs of a probability and a value, rising, as [0.5, \"2s\"] (T3)",
     LIST(1, 100000, FORM(POINT))},
    {0},
};
const struct keys keys_quantiles = {.id = "quantiles",
                                    .what = "straight lines between the given quantiles",
                                    .file = __FILE__,
                                    .rows = {quantiles_rows}};

static const struct key hyperexponential_rows[] = {
    {"probabilities", KEY_REQUIRED, false, NULL, "how likely each branch is (T3)",
     LIST(1, 100000, FORM(NUMBER(0, 1e300)))},
    {"means", KEY_REQUIRED, true, NULL, "mean of each branch (T3)",
     LIST(1, 100000, FORM(TIME(0, 1e9)))},
    {0},
};
const struct keys keys_hyperexponential = {
    .id = "hyperexponential",
    .what = "one of several exponentials: coefficient of variation above 1",
    .file = __FILE__,
    .rows = {hyperexponential_rows}};

static const struct key mixture_rows[] = {
    {"parts", KEY_REQUIRED, false, NULL, "distributions with their weights (T3)",
     LIST(1, 100000, FORM(OBJECT(keys_mixture_part)))},
    {0},
};
const struct keys keys_mixture = {.id = "mixture",
                                  .what =
                                      "one of several distributions, each as likely as its weight",
                                  .file = __FILE__,
                                  .rows = {mixture_rows}};

static const struct key mixture_part_rows[] = {
    {"weight", KEY_REQUIRED, false, NULL, "how likely the part is (T3)", NUMBER(0, 1e300)},
    {"dist", KEY_REQUIRED, false, NULL, "a distribution (T3)", DIST},
    {0},
};
const struct keys keys_mixture_part = {.id = "mixture_part",
                                       .what = "a part of a mixture",
                                       .file = __FILE__,
                                       .rows = {mixture_part_rows}};
