-- What PostgreSQL 15 adds.
CREATE TABLE app.nulls (a integer, b integer, UNIQUE NULLS NOT DISTINCT (a));
CREATE UNIQUE INDEX nulls_index ON app.nulls (b) NULLS NOT DISTINCT;
CREATE VIEW app.invoker WITH (security_invoker = true) AS SELECT a FROM app.nulls;
CREATE PUBLICATION rows_of FOR TABLE app.nulls (a, b) WHERE (a > 1);
CREATE PUBLICATION schema_of FOR TABLES IN SCHEMA "select", TABLE app.nulls WHERE (b > 1);
CREATE TABLE app.item_pairs (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE app.set_null (a integer, b integer,
  FOREIGN KEY (a, b) REFERENCES app.item_pairs ON DELETE SET NULL (b));
CREATE UNLOGGED SEQUENCE app.unlogged_sequence;
