// The sample register as a whole: how many people registered when, and the four files. See sample.h.
#include "register/sample.h"

#include "register/sample_completions.h"
#include "register/sample_courses.h"
#include "register/sample_file.h"
#include "register/sample_person.h"
#include "register/sample_rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FIRST_COHORT_YEAR = 2017, LAST_YEAR = 2150, COHORT_MONTHS = 6, DIRECTORY_MODE = 0755 };

// How many registered each half year from 2017-04-01, roughly; the first ones and the last who could use the old exams
// (2018-10-01) stand out. Afterwards the last pair goes on.
static const uint32_t cohort_weights[] = {4000, 2400, 1900, 5200, 900, 950, 850, 600, 700, 700,
                                          800,  650,  800,  700,  850, 650, 850, 650, 800, 620};

enum output { OUT_OPERATORS, OUT_COURSES, OUT_REGISTER, OUT_COMPLETIONS, OUT_COUNT };

static const char *const output_names[OUT_COUNT] = {"operators.ndjson", "courses.ndjson", "register.ndjson",
                                                    "completions.ndjson"};

struct outputs {
    struct sample_file files[OUT_COUNT];
};

static void outputs_fini(struct outputs *outputs)
{
    for (int i = 0; i < OUT_COUNT; i++) {
        sample_file_fini(&outputs->files[i]);
    }
}

static void free_pointer(struct sample_world **world)
{
    free(*world);
}

static day_t first_cohort(void)
{
    return day_from_ymd((struct ymd){FIRST_COHORT_YEAR, 4, 1});
}

static uint32_t cohort_weight(size_t index)
{
    size_t known = sizeof cohort_weights / sizeof cohort_weights[0];
    return index < known ? cohort_weights[index] : cohort_weights[known - 2 + (index - known) % 2];
}

static day_t cohort_day(size_t index)
{
    return day_add_months(first_cohort(), COHORT_MONTHS * (int)index);
}

static size_t cohorts_until(day_t today)
{
    size_t count = 0;
    while (cohort_day(count) <= today) {
        count++;
    }
    return count;
}

static enum err check_plan(const struct sample_plan *plan, struct fault *fault)
{
    if (plan->registrants < 1 || plan->registrants > SAMPLE_REGISTRANTS_MAX) {
        return err_set(fault, ERR_INVALID, "a sample register has 1 to %d registrants", SAMPLE_REGISTRANTS_MAX);
    }
    if (plan->today < first_cohort() || plan->today > day_from_ymd((struct ymd){LAST_YEAR, 12, 31})) {
        return err_set(fault, ERR_INVALID, "a sample register's day lies between 2017-04-01 and %d-12-31", LAST_YEAR);
    }
    return ERR_OK;
}

static enum err open_outputs(struct outputs *outputs, const char *directory, struct fault *fault)
{
    if (mkdir(directory, DIRECTORY_MODE) != 0 && errno != EEXIST) {
        return err_set(fault, ERR_IO, "cannot make directory %s: %s", directory, strerror(errno));
    }
    for (int i = 0; i < OUT_COUNT; i++) {
        enum err err = sample_file_open(&outputs->files[i], directory, output_names[i], fault);
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}

static enum err finish_outputs(struct outputs *outputs, struct fault *fault)
{
    for (int i = 0; i < OUT_COUNT; i++) {
        enum err err = sample_file_finish(&outputs->files[i], fault);
        if (err != ERR_OK) {
            return err;
        }
    }
    for (int i = 0; i < OUT_COUNT; i++) {
        enum err err = sample_file_commit(&outputs->files[i], fault);
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}

static enum err write_person(struct sample_world *world, number_t number, day_t registered_on, struct outputs *outputs,
                             struct fault *fault)
{
    struct sample_person person;
    struct sample_history history;
    sample_person_make(world, number, registered_on, &person);
    sample_completions_make(&world->plan, &person.row, &history);
    sample_rows_write_registrant(&outputs->files[OUT_REGISTER].buf, &person.row);
    sample_rows_write_completions(&outputs->files[OUT_COMPLETIONS].buf, number, &history);
    enum err err = sample_file_pour(&outputs->files[OUT_REGISTER], fault);
    return err == ERR_OK ? sample_file_pour(&outputs->files[OUT_COMPLETIONS], fault) : err;
}

static enum err write_people(struct sample_world *world, struct outputs *outputs, struct fault *fault)
{
    size_t cohorts = cohorts_until(world->plan.today);
    uint64_t total = 0;
    for (size_t i = 0; i < cohorts; i++) {
        total += cohort_weight(i);
    }
    uint64_t weight_so_far = 0;
    number_t number = 1;
    for (size_t i = 0; i < cohorts; i++) {
        weight_so_far += cohort_weight(i);
        uint64_t last = world->plan.registrants * weight_so_far / total;
        for (; number <= last; number++) {
            enum err err = write_person(world, number, cohort_day(i), outputs, fault);
            if (err != ERR_OK) {
                return err;
            }
        }
    }
    return ERR_OK;
}

enum err sample_write(const char *directory, struct sample_plan plan, struct fault *fault)
{
    __attribute__((cleanup(outputs_fini))) struct outputs outputs = {0};
    __attribute__((cleanup(free_pointer))) struct sample_world *world = NULL;
    enum err err = check_plan(&plan, fault);
    if (err != ERR_OK) {
        return err;
    }
    world = malloc(sizeof *world);
    if (world == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for the sample register");
    }
    sample_world_init(world, plan);
    err = open_outputs(&outputs, directory, fault);
    if (err != ERR_OK) {
        return err;
    }
    sample_courses_write_operators(&outputs.files[OUT_OPERATORS].buf);
    sample_courses_write(&outputs.files[OUT_COURSES].buf, plan.today);
    err = write_people(world, &outputs, fault);
    return err == ERR_OK ? finish_outputs(&outputs, fault) : err;
}
