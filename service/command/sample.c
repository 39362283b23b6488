// meibo sample DIR
#include "register/sample.h"
#include "command/command.h"

static void read_number(const struct call *call, const char *name, const char *text, uint64_t most, uint64_t *value)
{
    if (!str_to_u64(str_of(text), most, value)) {
        command_mistake(call, "--%s needs a whole number up to %llu, is \"%.100s\"", name, (unsigned long long)most,
                        text);
    }
}

int command_sample(const struct call *call)
{
    const char *directory = NULL;
    const char *registrants = "24000";
    const char *seed = "1";
    uint64_t count = 0;
    uint64_t seed_value = 0;
    size_t operands;
    struct fault fault = {{0}};
    const struct option_spec specs[] = {{"registrants", &registrants, NULL}, {"seed", &seed, NULL}};
    bool good = command_options(call, specs, 2, &directory, 1, &operands);
    read_number(call, "registrants", registrants, SAMPLE_REGISTRANTS_MAX, &count);
    read_number(call, "seed", seed, UINT64_MAX, &seed_value);
    if (operands != 1) {
        command_mistake(call, "name the folder to write to (see --help)");
    }
    if (!good || command_is_wrong(call)) {
        return EXIT_USAGE;
    }
    struct sample_plan plan = {(uint32_t)count, seed_value, clock_tokyo_day(clock_now())};
    enum err err = sample_write(directory, plan, &fault);
    return err == ERR_OK ? EXIT_DONE : command_failed("sample", err, &fault);
}
