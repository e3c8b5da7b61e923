#include "models/machine.h"

#include <math.h>

// Hardware: seed page "Deploy to Production" (types XS to GPU-B200) and the newer machine-type page
// (XL, L40, RTX and RTX PRO types).  Prices, USD for each GPU-hour: list prices of 2026-09 for
// H100, H200, B200 and RTXPRO6000; the A100's from the last public price page that listed it.  The
// second price is the "as low as" of the same pages, which asks for a commitment.  No price was
// ever published for the CPU types, A6000, L40, RTX4090, RTX5090 and the 80 GB A100.

#define UNLIMITED UINT32_MAX
#define PER_H(usd) ((usd) / 3600.0)
#define NO_PRICE NAN

#define CPU(type, cores, ram, from)                                                                \
    {                                                                                              \
        .name = (type), .vcpu = (cores), .ram_gb = (ram), .price_usd_per_s = NO_PRICE,             \
        .committed_usd_per_s = NO_PRICE, .capacity = UNLIMITED, .source = (from)                   \
    }
#define GPU(type, cores, ram, vram, price, committed, from)                                        \
    {                                                                                              \
        .name = (type), .vcpu = (cores), .ram_gb = (ram), .vram_gb = (vram), .gpu = true,          \
        .price_usd_per_s = (price), .committed_usd_per_s = (committed), .capacity = UNLIMITED,     \
        .source = (from)                                                                           \
    }

const struct machine_config machine_catalogue[] = {
    // name, vCPU, RAM GB, VRAM GB, USD/s, the same under a commitment, source
    CPU("XS", 0.5, 0.5, "seed page; no public price"),
    CPU("S", 1, 1, "seed page (the default type); no public price"),
    CPU("M", 2, 2, "seed page; no public price"),
    CPU("L", 4, 15, "seed page; no public price"),
    GPU("GPU-A6000", 10, 18, 48, NO_PRICE, NO_PRICE, "seed page; no public price"),
    GPU("GPU-A100", 12, 60, 40, PER_H(0.99), NO_PRICE,
        "seed page; 0.99 USD/h on the price page of 2025"),
    GPU("GPU-H100", 12, 112, 80, PER_H(3.99), PER_H(1.89), "seed page; list price 2026-09"),
    GPU("GPU-H200", 12, 112, 141, PER_H(4.50), PER_H(2.10), "seed page; list price 2026-09"),
    GPU("GPU-B200", 24, 112, 192, PER_H(6.25), PER_H(3.49), "seed page; list price 2026-09"),
    GPU("GPU-A100-40GB", 12, 60, 40, PER_H(0.99), NO_PRICE,
        "seed page, text; 0.99 USD/h as GPU-A100"),
    GPU("GPU-A100-80GB", 12, 60, 80, NO_PRICE, NO_PRICE, "seed page, text; no public price"),
    CPU("XL", 8, 30, "machine-type page 2026; no public price"),
    GPU("GPU-L40", 6, 100, 48, NO_PRICE, NO_PRICE, "machine-type page 2026; no public price"),
    GPU("GPU-RTX4090", 12, 48, 24, NO_PRICE, NO_PRICE,
        "machine-type page early 2026; no public price"),
    GPU("GPU-RTX5090", 14, 60, 32, NO_PRICE, NO_PRICE,
        "machine-type page early 2026; no public price"),
    GPU("GPU-RTXPRO6000", 6, 100, 96, PER_H(2.99), PER_H(1.10),
        "machine-type page 2026; list price 2026-09"),
    {.name = NULL},
};
