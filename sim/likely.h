#pragma once

// For the compiler, where a branch nearly always goes one way: that way then lies straight ahead.
#define LIKELY(condition) __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)
