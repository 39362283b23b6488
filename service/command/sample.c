// meibo sample DIR
#include <stdio.h>

#include "command/command.h"
#include "register/sample.h"

static bool read_number(const char *name, const char *text, uint64_t most, uint64_t *value)
{
    if (!str_to_u64(str_of(text), most, value)) {
        (void)fprintf(stderr, "meibo sample: --%s needs a whole number up to %llu, is \"%s\"\n", name,
                      (unsigned long long)most, text);
        return false;
    }
    return true;
}

int command_sample(const struct call *call)
{
    const char *directory = NULL;
    const char *registrants = "24000";
    const char *seed = "1";
    uint64_t count;
    uint64_t seed_value;
    size_t operands;
    struct fault fault = {{0}};
    const struct option_spec specs[] = {{"registrants", &registrants, NULL}, {"seed", &seed, NULL}};
    if (!command_options(call, specs, 2, &directory, 1, &operands) ||
        !read_number("registrants", registrants, SAMPLE_REGISTRANTS_MAX, &count) ||
        !read_number("seed", seed, UINT64_MAX, &seed_value)) {
        return EXIT_USAGE;
    }
    if (operands != 1) {
        (void)fprintf(stderr, "meibo sample: name the folder to write to (see --help)\n");
        return EXIT_USAGE;
    }
    struct sample_plan plan = {(uint32_t)count, seed_value, clock_tokyo_day(clock_now())};
    enum err err = sample_write(directory, plan, &fault);
    return err == ERR_OK ? EXIT_DONE : command_failed("sample", err, &fault);
}
