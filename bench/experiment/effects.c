#include "bench/experiment/effects.h"

#include <math.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"
#include "bench/experiment/summary.h"
#include "sim/check.h"

void effects_of(double *responses, unsigned factors)
{
    SIM_CHECK(factors <= EFFECTS_FACTORS_MAX);
    size_t runs = (size_t)1 << factors;
    for (size_t step = 1; step < runs; step *= 2)
        for (size_t i = 0; i < runs; i++) {
            if (i & step) continue;
            double low = responses[i], high = responses[i | step];
            responses[i] = low + high;
            responses[i | step] = high - low;
        }
    responses[0] /= (double)runs;
    for (size_t i = 1; i < runs; i++)
        responses[i] /= (double)runs / 2;
}

void effects_summarise(const struct effects_input *input, struct summary *summaries)
{
    size_t runs = (size_t)1 << input->factors;
    double *effects = memory_new(sizeof *effects, runs * (input->replications + (size_t)1));
    for (uint32_t r = 0; r < input->replications; r++) {
        double *own = &effects[r * runs];
        for (size_t run = 0; run < runs; run++)
            own[run] = input->values[run][r * input->strides[run]];
        effects_of(own, input->factors); // what is NaN makes all of them NaN
    }
    for (size_t mask = 0; mask < runs; mask++)
        summaries[mask] =
            summary_of((struct sample){&effects[mask], runs, input->replications}, SUMMARY_LEVEL);
    free(effects);
}
