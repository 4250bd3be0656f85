-- The market figures are about, as its source names it; null for what is about all of them. A new column without a
-- default costs rows that have no region nothing.
alter table memory.entity add column region text;
alter table memory.item add column region text;
