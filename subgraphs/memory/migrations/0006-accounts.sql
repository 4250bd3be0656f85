-- The account of a source that figures are of; null where the source names none. With it, what the source no longer
-- reports for an account and days can be taken back.
alter table memory.entity add column account text;
