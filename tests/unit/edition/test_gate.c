// The gate under threads: nobody ever sees an edition that was freed or half made. Meant for the thread sanitizer, and
// for the address sanitizer, which would see the use of a freed one.
#include "edition/gate.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "tests/unit/edition/by_hand.h"

#define GATE_AUTO __attribute__((cleanup(gate_free)))

enum { READERS = 4, PUBLICATIONS = 300 };

static struct gate *gate_of(void)
{
    struct gate *gate = NULL;
    struct fault fault = {""};
    assert_int_equal(gate_new(&gate, &fault), ERR_OK);
    return gate;
}

// An edition whose publication is also the number of its only registrant.
static struct edition *edition_of(number_t publication)
{
    struct fault fault = {""};
    BUILDER_AUTO struct builder *builder = NULL;
    struct edition_head head = {publication, publication, day("2026-06-15")};
    assert_int_equal(builder_new(head, &builder, &fault), ERR_OK);
    struct registrant r = named_person(publication);
    add_person(builder, &r, NULL);
    return finish(&builder);
}

static void test_empty(void **state)
{
    (void)state;
    GATE_AUTO struct gate *gate = gate_of();
    assert_null(gate_enter(gate));
    gate_leave(gate, NULL);
}

static void test_replaced(void **state)
{
    (void)state;
    GATE_AUTO struct gate *gate = gate_of();
    for (number_t i = 1; i <= 3; i++) {
        struct edition *edition = edition_of(i);
        const struct edition *given = edition;
        gate_replace(gate, &edition);
        assert_null(edition);
        const struct edition *first = gate_enter(gate);
        const struct edition *second = gate_enter(gate);
        assert_ptr_equal(first, given);
        assert_ptr_equal(second, given);
        gate_leave(gate, first);
        gate_leave(gate, second);
    }
    gate_free(&gate);
    assert_null(gate);
}

struct place {
    struct gate *gate;
    atomic_bool started;
    atomic_bool replaced;
    pthread_t id;
};

static void *replace(void *context)
{
    struct place *place = context;
    struct edition *edition = edition_of(2);
    atomic_store(&place->started, true);
    gate_replace(place->gate, &edition);
    atomic_store(&place->replaced, true);
    return NULL;
}

// The new one is seen while a reader is still with the old one; the replacer waits for that reader.
static void test_old_one_stays_until_left(void **state)
{
    (void)state;
    GATE_AUTO struct gate *gate = gate_of();
    struct edition *edition = edition_of(1);
    gate_replace(gate, &edition);
    const struct edition *old = gate_enter(gate);
    struct place place = {.gate = gate};
    assert_int_equal(pthread_create(&place.id, NULL, replace, &place), 0);
    const struct edition *seen = old;
    while (seen == old) {
        (void)sched_yield();
        seen = gate_enter(gate);
        gate_leave(gate, seen);
    }
    assert_true(atomic_load(&place.started));
    assert_false(atomic_load(&place.replaced));
    assert_int_equal(edition_get_head(old)->publication, 1);
    assert_int_equal(edition_find(old, 1), 0);
    gate_leave(gate, old);
    assert_int_equal(pthread_join(place.id, NULL), 0);
    assert_true(atomic_load(&place.replaced));
}

struct reader {
    struct gate *gate;
    const atomic_bool *over;
    long entered;
    int faults; // asserting is for the main thread
    pthread_t id;
};

static int count_faults(const struct edition *edition, int64_t before)
{
    struct query query = everyone();
    struct page page;
    query.name = STR("見本太郎");
    int64_t publication = edition_get_head(edition)->publication;
    bool found = query_people(edition, &query, &page, NULL) == ERR_OK && page.count == 1 &&
                 edition_number(edition, page.ids[0]) == publication;
    return (found ? 0 : 1) + (publication < before ? 1 : 0); // never back to an older one
}

static void *read_on(void *context)
{
    struct reader *reader = context;
    int64_t before = 0;
    while (!atomic_load(reader->over)) {
        const struct edition *edition = gate_enter(reader->gate);
        if (edition != NULL) {
            reader->faults += count_faults(edition, before);
            before = edition_get_head(edition)->publication;
            reader->entered++;
        }
        gate_leave(reader->gate, edition);
        (void)sched_yield(); // let the one who replaces have the mutex
    }
    return NULL;
}

static void test_many_readers(void **state)
{
    (void)state;
    GATE_AUTO struct gate *gate = gate_of();
    atomic_bool over = false;
    struct reader readers[READERS];
    for (int i = 0; i < READERS; i++) {
        readers[i] = (struct reader){.gate = gate, .over = &over};
        assert_int_equal(pthread_create(&readers[i].id, NULL, read_on, &readers[i]), 0);
    }
    for (number_t i = 1; i <= PUBLICATIONS; i++) {
        struct edition *edition = edition_of(i);
        gate_replace(gate, &edition);
        (void)sched_yield();
    }
    atomic_store(&over, true);
    for (int i = 0; i < READERS; i++) {
        assert_int_equal(pthread_join(readers[i].id, NULL), 0);
        assert_int_equal(readers[i].faults, 0);
    }
    const struct edition *last = gate_enter(gate);
    assert_int_equal(edition_get_head(last)->publication, PUBLICATIONS);
    gate_leave(gate, last);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_replaced),
        cmocka_unit_test(test_old_one_stays_until_left),
        cmocka_unit_test(test_many_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
