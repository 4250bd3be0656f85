-- How good a batch of daily records is, from 0 to 1, with how many rows have each flaw and what stands out in it; null
-- for batches of other kinds and for those that came before this was looked at.
alter table memory.ingest_batch add column quality double precision;
alter table memory.ingest_batch add column assessment jsonb;
