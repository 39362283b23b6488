// Scratch memory of one query: taken in pieces, given back as a whole. An edition keeps the rooms of its readers, so
// that a query allocates nothing after the first ones.
#ifndef MEIBO_EDITION_ROOM_H
#define MEIBO_EDITION_ROOM_H

#include <stdbool.h>
#include <stddef.h>

struct room;
struct room_pool;

struct room_pool *room_pool_new(void); // NULL: no memory
void room_pool_free(struct room_pool **pool);

// An empty room; NULL: no memory. Any thread; back with room_return.
struct room *room_borrow(struct room_pool *pool);
void room_return(struct room_pool *pool, struct room *room);

// Uninitialised, aligned for vectors, good until the room goes back. NULL: no memory; then room_failed() for ever
// after.
void *room_take(struct room *room, size_t bytes);
bool room_failed(const struct room *room);

#endif
