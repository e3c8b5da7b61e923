#pragma once

// Where each key of a scenario belongs, for the hint after a key that stands at the wrong place.

// "/timeline/N/deploy" for "strategy"; NULL: no key of that name exists anywhere.
const char *homes_of(const char *key);
