// Rooms: see room.h. A room is a chain of blocks; each new one is larger, and giving back keeps only the largest that
// is not too large to keep.
#include "edition/room.h"

#include <pthread.h>
#include <stdlib.h>

enum { FIRST_BYTES = 256 * 1024, KEPT_BYTES = 8 * 1024 * 1024, ALIGNMENT = 64 };

struct block {
    struct block *before;
    size_t capacity;
};

struct room {
    struct room *next;   // in the pool
    struct block *block; // the newest
    size_t used;
    bool failed;
};

struct room_pool {
    pthread_mutex_t mutex;
    struct room *idle;
};

// A block's bytes begin behind its head, aligned as the block itself.
static char *bytes_of(struct block *block)
{
    return (char *)block + ALIGNMENT;
}

static size_t round_up(size_t bytes)
{
    return (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static struct block *block_new(size_t capacity, struct block *before)
{
    struct block *block = aligned_alloc(ALIGNMENT, ALIGNMENT + round_up(capacity));
    if (block != NULL) {
        *block = (struct block){before, round_up(capacity)};
    }
    return block;
}

static void free_blocks(struct block *block)
{
    while (block != NULL) {
        struct block *before = block->before;
        free(block);
        block = before;
    }
}

struct room_pool *room_pool_new(void)
{
    struct room_pool *pool = calloc(1, sizeof *pool);
    if (pool != NULL) {
        (void)pthread_mutex_init(&pool->mutex, NULL);
    }
    return pool;
}

void room_pool_free(struct room_pool **pool)
{
    if (*pool == NULL) {
        return;
    }
    while ((*pool)->idle != NULL) {
        struct room *room = (*pool)->idle;
        (*pool)->idle = room->next;
        free_blocks(room->block);
        free(room);
    }
    (void)pthread_mutex_destroy(&(*pool)->mutex);
    free(*pool);
    *pool = NULL;
}

static struct room *room_new(void)
{
    struct room *room = calloc(1, sizeof *room);
    if (room != NULL && (room->block = block_new(FIRST_BYTES, NULL)) == NULL) {
        free(room);
        return NULL;
    }
    return room;
}

struct room *room_borrow(struct room_pool *pool)
{
    (void)pthread_mutex_lock(&pool->mutex);
    struct room *room = pool->idle;
    pool->idle = room == NULL ? NULL : room->next;
    (void)pthread_mutex_unlock(&pool->mutex);
    return room != NULL ? room : room_new();
}

void room_return(struct room_pool *pool, struct room *room)
{
    while (room->block->before != NULL && room->block->capacity > KEPT_BYTES) {
        struct block *before = room->block->before;
        free(room->block);
        room->block = before;
    }
    free_blocks(room->block->before);
    room->block->before = NULL;
    room->used = 0;
    room->failed = false;
    (void)pthread_mutex_lock(&pool->mutex);
    room->next = pool->idle;
    pool->idle = room;
    (void)pthread_mutex_unlock(&pool->mutex);
}

void *room_take(struct room *room, size_t bytes)
{
    size_t size = round_up(bytes);
    if (room->block->capacity - room->used < size) {
        size_t doubled = room->block->capacity * 2;
        struct block *block = block_new(size > doubled ? size : doubled, room->block);
        if (block == NULL) {
            room->failed = true;
            return NULL;
        }
        room->block = block;
        room->used = 0;
    }
    char *taken = bytes_of(room->block) + room->used;
    room->used += size;
    return taken;
}

bool room_failed(const struct room *room)
{
    return room->failed;
}
