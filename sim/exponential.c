#include "sim/exponential.h"

void exponential_units(const uint64_t *words, double *out)
{
    for (int i = 0; i < EXPONENTIAL_BATCH; i++)
        out[i] = exponential_unit(words[i]);
}
