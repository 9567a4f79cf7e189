-- What PostgreSQL 18 adds.
CREATE TABLE app.virtual_columns (a integer, twice integer GENERATED ALWAYS AS (a * 2) VIRTUAL,
  thrice integer GENERATED ALWAYS AS (a * 3) STORED);
CREATE TABLE app.not_nulls (a integer CONSTRAINT "Own Name" NOT NULL, b integer CONSTRAINT no_heir NOT NULL NO INHERIT,
  c integer, d integer PRIMARY KEY, e integer);
ALTER TABLE app.not_nulls ADD CONSTRAINT later NOT NULL c NOT VALID;
COMMENT ON CONSTRAINT "Own Name" ON app.not_nulls IS 'a named not-null constraint';
COMMENT ON CONSTRAINT later ON app.not_nulls IS 'an unchecked not-null constraint';
CREATE TABLE app.not_nulls_child (f integer NOT NULL, CONSTRAINT own NOT NULL e) INHERITS (app.not_nulls);
CREATE TABLE app.not_enforced (a integer CONSTRAINT loose CHECK (a > 0) NOT ENFORCED,
  d integer CONSTRAINT loose_link REFERENCES app.not_nulls NOT ENFORCED);
CREATE TABLE app.temporal (id int4range, valid daterange, PRIMARY KEY (id, valid WITHOUT OVERLAPS));
CREATE TABLE app.temporal_link (id int4range, valid daterange, parent int4range,
  FOREIGN KEY (parent, PERIOD valid) REFERENCES app.temporal (id, PERIOD valid));
CREATE PUBLICATION generated FOR TABLE app.virtual_columns WITH (publish_generated_columns = stored);
CREATE TABLE app.not_null_parts (id integer CONSTRAINT part_id NOT NULL, kind text NOT NULL) PARTITION BY LIST (kind);
CREATE TABLE app.not_null_parts_a PARTITION OF app.not_null_parts FOR VALUES IN ('a');
CREATE TABLE app.not_null_parts_b (kind text CONSTRAINT other_kind NOT NULL, id integer CONSTRAINT other_id NOT NULL);
ALTER TABLE app.not_null_parts ATTACH PARTITION app.not_null_parts_b FOR VALUES IN ('b');
CREATE DOMAIN app.named_not_null AS text CONSTRAINT must_be NOT NULL;
ALTER DEFAULT PRIVILEGES FOR ROLE coffer_owner GRANT SELECT ON LARGE OBJECTS TO coffer_reader;
