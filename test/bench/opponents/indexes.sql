-- Chosen by EXPLAIN (ANALYZE) on the country, with and without overwrites: covering B-trees, so that every
-- question is an index-only scan. GiST over the two ranges was 4 times slower, a sequential scan 3 times.
CREATE INDEX history_unit_latest ON household_status_history
  (unit_id, standard, effective_from, effective_to) INCLUDE (status, members)
  WHERE recorded_to = 'infinity' AND status < 3;
CREATE INDEX history_unit_known ON household_status_history
  (unit_id, standard, recorded_from, effective_from) INCLUDE (effective_to, recorded_to, status, members)
  WHERE status < 3;
CREATE INDEX history_latest ON household_status_history
  (standard, effective_from) INCLUDE (effective_to, status, members)
  WHERE recorded_to = 'infinity' AND status < 3;
CREATE INDEX history_known ON household_status_history
  (standard, recorded_from, effective_from) INCLUDE (effective_to, recorded_to, status, members)
  WHERE status < 3;
-- For the writer, which looks for the row to close.
CREATE INDEX history_household ON household_status_history (household_id, standard)
  WHERE recorded_to = 'infinity';

CREATE INDEX total_unit ON unit_total
  (unit_id, effective_from) INCLUDE (effective_to, recorded_from, recorded_to, households, persons);
CREATE INDEX total_latest ON unit_total (effective_from) INCLUDE (effective_to, households, persons)
  WHERE recorded_to = 'infinity';
CREATE INDEX total_known ON unit_total
  (recorded_from, effective_from) INCLUDE (effective_to, recorded_to, households, persons);
