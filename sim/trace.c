#include "sim/trace.h"

#include <stddef.h>

// FNV-1a, 64 bits, over bytes in a fixed order, so that the value does not depend on the machine.

static uint64_t fold_byte(uint64_t hash, uint64_t byte)
{
    return (hash ^ (byte & 0xFF)) * UINT64_C(0x100000001B3);
}

static uint64_t fold_number(uint64_t hash, uint64_t number)
{
    for (int shift = 0; shift < 64; shift += 8)
        hash = fold_byte(hash, number >> shift);
    return hash;
}

// The closing zero keeps ("ab", "c") and ("a", "bc") apart, the opening one NULL and "".
static uint64_t fold_text(uint64_t hash, const char *text)
{
    hash = fold_byte(hash, text != NULL);
    for (; text && *text; text++)
        hash = fold_byte(hash, (unsigned char)*text);
    return fold_byte(hash, 0);
}

void trace_hash_start(struct trace_hash *hash)
{
    *hash = (struct trace_hash){.value = UINT64_C(0xCBF29CE484222325)};
}

void trace_hash_record(void *context, const struct trace_record *record)
{
    struct trace_hash *hash = context;
    uint64_t value = fold_number(hash->value, (uint64_t)record->at);
    value = fold_text(value, record->what);
    value = fold_text(value, record->detail);
    value = fold_number(value, record->who);
    hash->value = fold_number(value, record->arg);
    hash->records++;
}
