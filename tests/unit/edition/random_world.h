// The world of the tests with random searches: a register, its edition, memory, and words for what went wrong.
// MEIBO_SEED=N starts with the register of that seed.
#ifndef MEIBO_TESTS_RANDOM_WORLD_H
#define MEIBO_TESTS_RANDOM_WORLD_H

#include "tests/unit/edition/describe.h"
#include "tests/unit/edition/random_filters.h"

#include <stdio.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLOW_BUILD 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SLOW_BUILD 1
#endif
#endif
#ifdef SLOW_BUILD
enum { REGISTERS = 150 };
#else
enum { REGISTERS = 1000 };
#endif
enum { ROOM_BYTES = 16 << 20, FIRST_SEED = 20260615 };

struct world {
    uint64_t seed;
    struct drawing draw;
    struct buf texts;  // of the register
    struct buf typed;  // of the query being drawn and asked
    struct buf spoken; // for a person
    struct known_register *known;
    struct item_lists *lists;
    struct edition *edition;
    struct facet_counts *facets, *expected_facets; // FACET_COUNT of them; one
    struct page *page;
};

static struct world world;

static inline int set_up(void **state)
{
    (void)state;
    room_open(&world.texts, ROOM_BYTES);
    room_open(&world.typed, ROOM_BYTES);
    buf_init(&world.spoken, 1 << 20);
    world.known = calloc(1, sizeof *world.known);
    world.lists = calloc(1, sizeof *world.lists);
    world.facets = calloc(FACET_COUNT, sizeof *world.facets);
    world.expected_facets = calloc(1, sizeof *world.expected_facets);
    world.page = calloc(1, sizeof *world.page);
    bool whole = world.known != NULL && world.lists != NULL && world.facets != NULL && world.expected_facets != NULL &&
                 world.page != NULL;
    return whole ? 0 : -1;
}

static inline int tear_down(void **state)
{
    (void)state;
    edition_free(&world.edition);
    buf_fini(&world.texts);
    buf_fini(&world.typed);
    buf_fini(&world.spoken);
    free(world.known);
    free(world.lists);
    free(world.facets);
    free(world.expected_facets);
    free(world.page);
    return 0;
}

static inline void open_world(uint64_t seed)
{
    edition_free(&world.edition);
    buf_clear(&world.texts);
    world.seed = seed;
    world.draw = (struct drawing){{seed}, &world.texts};
    draw_register(&world.draw, world.known, world.lists);
    world.edition = build_register(world.known);
    world.draw.room = &world.typed;
}

static inline void for_each_register(uint64_t count, void (*check)(void))
{
    const char *asked = getenv("MEIBO_SEED");
    uint64_t first = asked == NULL ? FIRST_SEED : strtoull(asked, NULL, 10);
    for (uint64_t i = 0; i < count; i++) {
        open_world(first + i);
        check();
    }
}

// Mostly someone in force: the others have little to be found by.
static inline const struct known *draw_known(void)
{
    const struct known *person = NULL;
    for (int i = 0; i < 3 && (person == NULL || !person->in_force); i++) {
        person = &world.known->people[draw(&world.draw.dice, world.known->n)];
    }
    return person;
}

// --- what went wrong ---

static inline void say_first(const struct query *query, const char *what)
{
    buf_clear(&world.spoken);
    buf_add_format(&world.spoken, "MEIBO_SEED=%llu: %s\n", (unsigned long long)world.seed, what);
    say_query(&world.spoken, query);
}

static inline void give_up(void)
{
    print_error("%s", buf_text(&world.spoken));
    fail();
}

static inline const struct known *known_of(number_t number)
{
    for (size_t i = 0; i < world.known->n; i++) {
        if (world.known->people[i].r.number == number) {
            return &world.known->people[i];
        }
    }
    return NULL;
}

#endif
