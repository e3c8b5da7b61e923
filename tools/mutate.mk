# What tools/mutate.sh builds once for all its workers: sim/ and models/ as one shared object, which
# a change links anew, bench/ as another, and the tests of the models against both.
include Makefile

HERE := $(BUILD)/shared
LINK := gcc -std=c11 -w $(BASE) -O0 -g0 -Wl,-rpath,'$$ORIGIN' -L$(HERE)
CORE := $(patsubst %.c,$(BUILD)/%.o,$(filter sim/% models/%,$(SOURCES)))
REST := $(patsubst %.c,$(BUILD)/%.o,$(filter bench/%,$(SOURCES)))
JUDGES := $(wildcard tests/sim/test_*.c tests/models/test_*.c tests/laws/test_*.c)

.PHONY: mutants
mutants: $(HERE)/warmpool $(foreach test,$(JUDGES),$(HERE)/$(subst /,-,$(test:.c=)))

$(HERE)/libcore.so: $(CORE)
	mkdir -p $(@D) && gcc -shared -o $@ $^ -lgsl -lgslcblas -lm
$(HERE)/libbench.so: $(filter-out %/bench/main.o $(BUILD)/bench/cmd_%,$(REST)) $(HERE)/libcore.so
	gcc -shared -o $@ $(filter %.o,$^) -L$(HERE) -lcore $(LIBS)
$(HERE)/warmpool: $(filter %/bench/main.o $(BUILD)/bench/cmd_%,$(REST)) $(HERE)/libbench.so
	$(LINK) -o $@ $(filter %.o,$^) -lbench -lcore $(LIBS)

define judge
$(HERE)/$(subst /,-,$(1:.c=)): $(1) $(HERE)/libbench.so
	$$(LINK) -MF $$@.d -o $$@ $(1) -lbench -lcore -lcmocka $$(LIBS)
endef
$(foreach test,$(JUDGES),$(eval $(call judge,$(test))))
-include $(wildcard $(HERE)/*.d)
