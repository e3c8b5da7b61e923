#include "bench/experiment/welch.h"

size_t welch_average(const double *values, size_t count, size_t window, double *out)
{
    if (window >= count) return 0;
    for (size_t i = 0; i < count - window; i++) {
        size_t reach = i < window ? i : window;
        double sum = 0;
        for (size_t at = i - reach; at <= i + reach; at++)
            sum += values[at];
        out[i] = sum / (double)(2 * reach + 1);
    }
    return count - window;
}
