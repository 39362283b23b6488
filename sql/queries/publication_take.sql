-- Locks the head until the transaction ends, and gives the number that this transaction publishes.
-- Columns: number bigint. Index: publication_head_pkey.
select h.number + 1 from meibo.publication_head h for update;
