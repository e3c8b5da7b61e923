# warmpool.  make | make check | make tidy | make install      VARIANT=debug|asan|tsan|release|O0|O3   CC=gcc|clang
CC ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
VARIANT ?= release
PREFIX ?= /usr/local
BUILD ?= build/$(VARIANT)-$(notdir $(CC))
V ?= 0

WARN := -std=c11 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
        -Wvla -Wswitch-enum -Wundef -Werror
# -ffp-contract=off: gcc and clang fuse a*b+c differently, and then the last bits of results differ.
BASE := -g -ffp-contract=off -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I. -pthread -MMD -MP
FLAGS_release := -O2
FLAGS_debug := -O1 -DSIM_CHECKS_SLOW
FLAGS_asan := -O1 -DSIM_CHECKS_SLOW -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_tsan := -O1 -fsanitize=thread
FLAGS_O0 := -O0
FLAGS_O3 := -O3
MODE := $(FLAGS_$(VARIANT))
$(if $(MODE),,$(error VARIANT=$(VARIANT) is not one of release debug asan tsan O0 O3))
COMPILE := $(CC) $(WARN) $(BASE) $(MODE) $(CFLAGS)
LIBS := -lgsl -lgslcblas -lcjson -lz -lm

SOURCES := $(wildcard sim/*.c models/*.c bench/*.c bench/*/*.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
LIBRARY := $(BUILD)/libwarmpool.a
TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/*/test_*.c))
PROGRAM := $(BUILD)/warmpool
say = $(if $(filter 0,$(V)),@printf '%-5s %s\n' $(1) $(2);)
hide = $(if $(filter 0,$(V)),@)

JUDGED := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/theory/test_*.c tests/peers/test_*.c))

.PHONY: all check tidy fuzz swarm golden validation rollouts mutate perfgate perfgate-store install clean
.SECONDARY:
all: $(PROGRAM)
ifeq ($(VARIANT),release)
	$(hide)ln -sfn $(PROGRAM) warmpool
endif

$(LIBRARY): $(filter-out $(BUILD)/bench/main.o,$(OBJECTS))
	$(call say,AR,$@)rm -f $@ && ar rcs $@ $^
$(PROGRAM): $(BUILD)/bench/main.o $(LIBRARY)
	$(call say,LD,$@)$(COMPILE) -o $@ $^ $(LIBS)
# gcc copies the halves of Philox's products to and fro when it may split them.
$(BUILD)/sim/rng.o: COMPILE += $(if $(findstring gcc,$(CC)),-fno-split-wide-types)
$(BUILD)/%.o: %.c Makefile
	$(hide)mkdir -p $(@D)
	$(call say,CC,$<)$(COMPILE) -c -o $@ $<
# A test includes the .c it tests, so that statics are visible; the linker then leaves the library's copy out.
$(BUILD)/tests/%: tests/%.c $(LIBRARY) Makefile
	$(hide)mkdir -p $(@D)
	$(call say,LD,$@)$(COMPILE) -o $@ $< $(LIBRARY) -lcmocka $(LIBS)

check: all $(TESTS)
	@WARMPOOL=$(abspath $(PROGRAM)) CC="$(CC)" VARIANT=$(VARIANT) sh tests/run.sh $(TESTS) $(wildcard tests/cli/*.sh)
tidy: $(OBJECTS)
	@OBJECTS="$(OBJECTS)" CC="$(CC)" sh tools/tidy.sh
fuzz:
	@sh tools/fuzz.sh
swarm: $(BUILD)/tests/swarm/swarm
	@mkdir -p build && $< $(or $(COUNT),10000) $(SEED)
golden: all
	@WARMPOOL=$(abspath $(PROGRAM)) sh tools/golden.sh
validation: all $(JUDGED)
	@WARMPOOL=$(abspath $(PROGRAM)) TESTS="$(JUDGED)" sh tools/validation.sh
rollouts: all
	@WARMPOOL=$(abspath $(PROGRAM)) sh tools/rollouts.sh
mutate:
	@sh tools/mutate.sh $(or $(COUNT),200) $(or $(SEED),1) $(FILES)
perfgate: all
	@WARMPOOL=$(abspath $(PROGRAM)) sh tools/perfgate.sh
perfgate-store: all
	@WARMPOOL=$(abspath $(PROGRAM)) sh tools/perfgate.sh --store
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/warmpool/scenarios
	install -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/warmpool
	install -m 644 scenarios/*.json scenarios/*.jsonl scenarios/*.csv $(DESTDIR)$(PREFIX)/share/warmpool/scenarios
clean:
	rm -rf build warmpool

-include $(OBJECTS:.o=.d) $(TESTS:=.d) $(BUILD)/tests/swarm/swarm.d
