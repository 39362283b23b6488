// Rooms: what is taken stays whole until it is given back, and comes empty again.
#include "edition/room.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// More than there is must be refused, and not end the program.
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}
const char *__tsan_default_options(void);
const char *__tsan_default_options(void)
{
    return "allocator_may_return_null=1";
}

enum { PIECES = 600 };
static const size_t TOO_MUCH = (size_t)1 << 56;

static size_t size_of(size_t i)
{
    return i * i % 5000 + i % 3;
}

// Pieces of all sizes, through several blocks: aligned, apart from each other, and as they were written.
static void fill_and_check(struct room *room)
{
    unsigned char *pieces[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = room_take(room, size_of(i));
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % 64, 0);
        memset(pieces[i], (int)(i % 251), size_of(i));
    }
    for (size_t i = 0; i < PIECES; i++) {
        for (size_t k = 0; k < size_of(i); k++) {
            assert_int_equal(pieces[i][k], i % 251);
        }
    }
    assert_false(room_failed(room));
}

static void test_pieces(void **state)
{
    (void)state;
    struct room_pool *pool = room_pool_new();
    assert_non_null(pool);
    for (int round = 0; round < 3; round++) {
        struct room *room = room_borrow(pool);
        assert_non_null(room);
        fill_and_check(room);
        room_return(pool, room);
    }
    room_pool_free(&pool);
    assert_null(pool);
    room_pool_free(&pool);
}

// A piece larger than any block so far; the next ones stand behind it.
static void test_a_large_piece(void **state)
{
    (void)state;
    enum { LARGE = 10 << 20 };
    struct room_pool *pool = room_pool_new();
    struct room *room = room_borrow(pool);
    char *small = room_take(room, 10);
    memset(small, 'a', 10);
    char *large = room_take(room, LARGE);
    memset(large, 'b', LARGE);
    char *after = room_take(room, 10);
    memset(after, 'c', 10);
    assert_memory_equal(small, "aaaaaaaaaa", 10);
    assert_int_equal(large[0], 'b');
    assert_int_equal(large[LARGE - 1], 'b');
    assert_memory_equal(after, "cccccccccc", 10);
    room_return(pool, room);
    room_pool_free(&pool);
}

// A returned room is the next one borrowed, and needs no new memory for what it has held before.
static void test_kept(void **state)
{
    (void)state;
    struct room_pool *pool = room_pool_new();
    struct room *first = room_borrow(pool);
    struct room *second = room_borrow(pool);
    assert_ptr_not_equal(first, second);
    char *large = room_take(first, 5 << 20);
    memset(large, 0, 5 << 20);
    room_return(pool, first);
    struct room *again = room_borrow(pool);
    assert_ptr_equal(again, first);
    assert_ptr_equal(room_take(again, 5 << 20), large);
    room_return(pool, again);
    room_return(pool, second);
    room_pool_free(&pool);
}

static void test_no_memory(void **state)
{
    (void)state;
    struct room_pool *pool = room_pool_new();
    struct room *room = room_borrow(pool);
    char *before = room_take(room, 10);
    memset(before, 'a', 10);
    assert_false(room_failed(room));
    assert_null(room_take(room, TOO_MUCH));
    assert_true(room_failed(room));
    char *after = room_take(room, 10); // there may be room for less; the failure stays
    memset(after, 'b', 10);
    assert_memory_equal(before, "aaaaaaaaaa", 10);
    assert_true(room_failed(room));
    room_return(pool, room);
    room = room_borrow(pool);
    assert_false(room_failed(room));
    assert_non_null(room_take(room, 10));
    room_return(pool, room);
    room_pool_free(&pool);
}

// Borrowing, writing and giving back from several threads: nobody gets a room that somebody else is in.
static void *work(void *context)
{
    struct room_pool *pool = context;
    uintptr_t faults = 0;
    for (int i = 0; i < 500; i++) {
        struct room *room = room_borrow(pool);
        uint64_t *mine = room_take(room, sizeof *mine);
        *mine = (uint64_t)(uintptr_t)&faults + (uint64_t)i;
        struct room *other = room_borrow(pool);
        uint64_t *second = room_take(other, sizeof *second);
        *second = 0;
        faults += *mine != (uint64_t)(uintptr_t)&faults + (uint64_t)i ? 1 : 0;
        room_return(pool, room);
        room_return(pool, other);
    }
    return (void *)faults;
}

static void test_threads(void **state)
{
    (void)state;
    enum { THREADS = 4 };
    struct room_pool *pool = room_pool_new();
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, work, pool), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *faults = NULL;
        assert_int_equal(pthread_join(threads[i], &faults), 0);
        assert_null(faults);
    }
    room_pool_free(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces),    cmocka_unit_test(test_a_large_piece), cmocka_unit_test(test_kept),
        cmocka_unit_test(test_no_memory), cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
