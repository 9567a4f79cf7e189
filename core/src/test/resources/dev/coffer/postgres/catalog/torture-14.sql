-- What PostgreSQL 14 adds.
CREATE FUNCTION app.atomic(x integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT x + 1; SELECT count(*)::integer FROM app.items; END;
CREATE FUNCTION app.grouped() RETURNS SETOF bigint LANGUAGE sql
  BEGIN ATOMIC SELECT c.id FROM (SELECT c.id, c.email FROM app.customers c GROUP BY c.id) c; END;
CREATE PROCEDURE app.with_out(IN a integer, OUT b integer) LANGUAGE plpgsql AS $$ BEGIN b := a; END $$;
COMMENT ON PROCEDURE app.with_out IS 'out';
GRANT EXECUTE ON PROCEDURE app.with_out TO coffer_reader;
CREATE TABLE app.compressed (a text COMPRESSION pglz, b text);
CREATE TYPE app.named_range AS RANGE (subtype = float8, multirange_type_name = app."Many Ranges");
CREATE STATISTICS app.expression_stats ON (price * 2), customer FROM app.items;
