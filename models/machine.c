#include "models/machine.h"

#include <math.h>

// Hardware: seed page "Deploy to Production" (types XS to GPU-B200) and the newer machine-type page (XL, L40,
// RTX and RTX PRO types).  Prices, USD for each GPU-hour: list prices of 2026-09 for H100, H200,
// B200 and RTXPRO6000; the A100's from the last public price page that listed it.  No price was ever
// published for the CPU types, A6000, L40, RTX4090, RTX5090 and the 80 GB A100.

#define UNLIMITED UINT32_MAX
#define PER_H(usd) ((usd) / 3600.0)
#define NO_PRICE NAN
#define AT_ONCE {.kind = DIST_CONSTANT}

#define CPU(name, vcpu, ram, source)                                                               \
    {name, vcpu, ram, 0, false, NO_PRICE, UNLIMITED, AT_ONCE, source}
#define GPU(name, vcpu, ram, vram, price, source)                                                  \
    {name, vcpu, ram, vram, true, price, UNLIMITED, AT_ONCE, source}

const struct machine_config machine_catalogue[] = {
    // name, vCPU, RAM GB, VRAM GB, USD/s, source
    CPU("XS", 0.5, 0.5, "seed page; no public price"),
    CPU("S", 1, 1, "seed page (the default type); no public price"),
    CPU("M", 2, 2, "seed page; no public price"),
    CPU("L", 4, 15, "seed page; no public price"),
    GPU("GPU-A6000", 10, 18, 48, NO_PRICE, "seed page; no public price"),
    GPU("GPU-A100", 12, 60, 40, PER_H(0.99), "seed page; 0.99 USD/h on the price page of 2025"),
    GPU("GPU-H100", 12, 112, 80, PER_H(3.99), "seed page; list price 2026-09"),
    GPU("GPU-H200", 12, 112, 141, PER_H(4.50), "seed page; list price 2026-09"),
    GPU("GPU-B200", 24, 112, 192, PER_H(6.25), "seed page; list price 2026-09"),
    GPU("GPU-A100-40GB", 12, 60, 40, PER_H(0.99), "seed page, text; 0.99 USD/h as GPU-A100"),
    GPU("GPU-A100-80GB", 12, 60, 80, NO_PRICE, "seed page, text; no public price"),
    CPU("XL", 8, 30, "machine-type page 2026; no public price"),
    GPU("GPU-L40", 6, 100, 48, NO_PRICE, "machine-type page 2026; no public price"),
    GPU("GPU-RTX4090", 12, 48, 24, NO_PRICE, "machine-type page early 2026; no public price"),
    GPU("GPU-RTX5090", 14, 60, 32, NO_PRICE, "machine-type page early 2026; no public price"),
    GPU("GPU-RTXPRO6000", 6, 100, 96, PER_H(2.99), "machine-type page 2026; list price 2026-09"),
    {.name = NULL},
};
