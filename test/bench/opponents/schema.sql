-- A history table as an engineer would keep it: one row for each stretch of days in which nothing changed, as
-- it was known from one day to another; the end of each range is exclusive.
CREATE TABLE unit (unit_id integer PRIMARY KEY, code text NOT NULL UNIQUE, level text NOT NULL);

-- Which communes a unit consists of, itself included where it is one.
CREATE TABLE unit_closure (ancestor integer NOT NULL, commune integer NOT NULL, PRIMARY KEY (ancestor, commune));

CREATE TABLE unit_total (
  unit_id integer NOT NULL,
  households integer NOT NULL,
  persons integer NOT NULL,
  effective_from date NOT NULL,
  effective_to date NOT NULL,
  recorded_from date NOT NULL,
  recorded_to date NOT NULL
);

CREATE TABLE household_status_history (
  household_id integer NOT NULL,
  unit_id integer NOT NULL,
  standard smallint NOT NULL,
  status smallint NOT NULL,
  members smallint NOT NULL,
  effective_from date NOT NULL,
  effective_to date NOT NULL,
  recorded_from date NOT NULL,
  recorded_to date NOT NULL
);
