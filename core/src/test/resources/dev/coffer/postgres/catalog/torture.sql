-- Every feature of schema capture, for PostgreSQL 13 and later; loads with plain SQL.
-- The roles coffer_owner, coffer_reader and "Coffer ""Odd"" Role" have to exist.
CREATE EXTENSION IF NOT EXISTS plpgsql;
COMMENT ON SCHEMA public IS 'not the usual comment';
CREATE SCHEMA app AUTHORIZATION coffer_owner;
COMMENT ON SCHEMA app IS 'it''s the app''s \ schema';
CREATE SCHEMA "Odd ""Schema"".with dots";
CREATE SCHEMA "select";
GRANT USAGE ON SCHEMA app TO coffer_reader;
GRANT USAGE, CREATE ON SCHEMA "select" TO "Coffer ""Odd"" Role" WITH GRANT OPTION;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- Types
CREATE TYPE app.mood AS ENUM ('sad', 'it''s ok', 'back\slash', 'glücklich');
ALTER TYPE app.mood ADD VALUE 'first' BEFORE 'sad';
COMMENT ON TYPE app.mood IS 'a mood';
CREATE TYPE app.empty_enum AS ENUM ();
CREATE TYPE app.address AS (street text COLLATE "C", "Post Code" varchar(10), geo numeric(9,6)[]);
COMMENT ON COLUMN app.address."Post Code" IS 'composite column';
CREATE TYPE app.nested AS (home app.address, moods app.mood[]);
CREATE TYPE app.no_fields AS ();
CREATE DOMAIN app.positive AS integer DEFAULT 1 NOT NULL
  CONSTRAINT positive_check CHECK (VALUE > 0);
CREATE DOMAIN app.more_positive AS app.positive CONSTRAINT more CHECK (VALUE > 10);
CREATE DOMAIN app.c_text AS text COLLATE "C";
ALTER DOMAIN app.c_text ADD CONSTRAINT later CHECK (VALUE <> '') NOT VALID;
COMMENT ON DOMAIN app.positive IS 'a domain';
COMMENT ON CONSTRAINT positive_check ON DOMAIN app.positive IS 'a domain constraint';
CREATE FUNCTION app.looks_fine(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE DOMAIN app.checked AS text CONSTRAINT fine CHECK (app.looks_fine(VALUE));
COMMENT ON CONSTRAINT fine ON DOMAIN app.checked IS 'a separate domain constraint';
CREATE TYPE app.float_range AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE FUNCTION app.minutes(a time, b time) RETURNS float8 LANGUAGE sql IMMUTABLE
  AS 'SELECT extract(epoch FROM (a - b))::float8';
CREATE TYPE app.time_range AS RANGE (subtype = time, subtype_diff = app.minutes);
CREATE TYPE app.c_range AS RANGE (subtype = text, collation = "C", subtype_opclass = text_pattern_ops);
GRANT USAGE ON TYPE app.mood TO coffer_reader;
REVOKE USAGE ON TYPE app.address FROM PUBLIC;
ALTER TYPE app.mood OWNER TO coffer_owner;
ALTER DOMAIN app.positive OWNER TO coffer_owner;
CREATE TYPE app.only_a_shell;
CREATE COLLATION app.german FROM "C";
COMMENT ON COLLATION app.german IS 'a collation';
CREATE COLLATION app."Posix" (lc_collate = 'C', lc_ctype = 'POSIX');

-- A base type, by the server's own functions
CREATE TYPE app.label;
CREATE FUNCTION app.label_in(cstring) RETURNS app.label LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION app.label_out(app.label) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE app.label (INPUT = app.label_in, OUTPUT = app.label_out, LIKE = text, CATEGORY = 'S',
  DEFAULT = 'none', DELIMITER = ';', COLLATABLE = true);
COMMENT ON TYPE app.label IS 'a base type';

-- Functions
CREATE FUNCTION app.add(a integer, b integer DEFAULT 2, VARIADIC rest integer[] DEFAULT '{}')
  RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5 AS $$SELECT a + b -- "$1"$$;
COMMENT ON FUNCTION app.add(integer, integer, integer[]) IS 'adds';
CREATE FUNCTION app.rows_of(OUT a integer, OUT "B b" text) RETURNS SETOF record
  LANGUAGE sql STABLE ROWS 7 SECURITY DEFINER SET search_path = app, pg_temp SET work_mem = '8MB'
  AS 'SELECT 1, ''x''';
CREATE FUNCTION app.set_returning(integer) RETURNS TABLE (x integer, y text) LANGUAGE plpgsql LEAKPROOF
  AS $body$ BEGIN RETURN QUERY SELECT 1, 'quote '' and $$ dollars'; END $body$;
CREATE PROCEDURE app.do_it(INOUT x integer, y text DEFAULT 'why''s') LANGUAGE plpgsql
  AS $$ BEGIN x := x + 1; END $$;
COMMENT ON PROCEDURE app.do_it(integer, text) IS 'a procedure';
CREATE FUNCTION app."Odd ""Function""."("Arg One" text) RETURNS text LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION app.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE FUNCTION app.win() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE STRICT AS 'window_row_number';
ALTER FUNCTION app.add(integer, integer, integer[]) OWNER TO coffer_owner;
REVOKE ALL ON FUNCTION app.add(integer, integer, integer[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.add(integer, integer, integer[]) TO coffer_reader;
GRANT EXECUTE ON PROCEDURE app.do_it(integer, text) TO coffer_reader;
CREATE AGGREGATE app.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0',
  COMBINEFUNC = int4pl, PARALLEL = SAFE, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, MINITCOND = '0');
CREATE AGGREGATE app.count_all(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');
CREATE AGGREGATE app.my_percentile(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition,
  STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE AGGREGATE app.my_rank(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi,
  STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE AGGREGATE app.biggest(integer) (SFUNC = int4larger, STYPE = integer, SORTOP = >);
COMMENT ON AGGREGATE app.count_all(*) IS 'counts';
COMMENT ON AGGREGATE app.my_percentile(float8 ORDER BY anyelement) IS 'percentile';
GRANT EXECUTE ON FUNCTION app.total(integer) TO coffer_reader;
ALTER AGGREGATE app.total(integer) OWNER TO coffer_owner;

-- Operators
CREATE FUNCTION app.mood_lt(app.mood, app.mood) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'enum_lt';
CREATE FUNCTION app.mood_gt(app.mood, app.mood) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'enum_gt';
CREATE OPERATOR app.<<< (FUNCTION = app.mood_lt, LEFTARG = app.mood, RIGHTARG = app.mood,
  COMMUTATOR = OPERATOR(app.>>>), NEGATOR = OPERATOR(app.!<<<), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR app.>>> (FUNCTION = app.mood_gt, LEFTARG = app.mood, RIGHTARG = app.mood,
  COMMUTATOR = OPERATOR(app.<<<));
CREATE FUNCTION app.mood_ge(app.mood, app.mood) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'enum_ge';
CREATE OPERATOR app.!<<< (FUNCTION = app.mood_ge, LEFTARG = app.mood, RIGHTARG = app.mood, NEGATOR = OPERATOR(app.<<<));
CREATE FUNCTION app.negate(app.mood) RETURNS app.mood LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE OPERATOR app.- (FUNCTION = app.negate, RIGHTARG = app.mood);
COMMENT ON OPERATOR app.<<< (app.mood, app.mood) IS 'sadder';
COMMENT ON OPERATOR app.- (NONE, app.mood) IS 'prefix';
ALTER OPERATOR app.<<< (app.mood, app.mood) OWNER TO coffer_owner;
CREATE OPERATOR FAMILY app.int_family USING btree;
CREATE OPERATOR CLASS app.int_backwards FOR TYPE integer USING btree FAMILY app.int_family AS
  OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 btint4cmp(integer, integer);
ALTER OPERATOR FAMILY app.int_family USING btree ADD
  OPERATOR 1 > (integer, bigint), FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint);
CREATE OPERATOR CLASS app.box_class FOR TYPE circle USING gist AS STORAGE box,
  OPERATOR 15 <-> (circle, point) FOR ORDER BY float_ops,
  FUNCTION 1 gist_circle_consistent(internal, circle, smallint, oid, internal);
COMMENT ON OPERATOR CLASS app.int_backwards USING btree IS 'backwards';
COMMENT ON OPERATOR FAMILY app.int_family USING btree IS 'a family';
ALTER OPERATOR CLASS app.int_backwards USING btree OWNER TO coffer_owner;
CREATE FUNCTION app.to_mood(integer) RETURNS app.mood LANGUAGE sql IMMUTABLE AS 'SELECT NULL::app.mood';
CREATE CAST (integer AS app.mood) WITH FUNCTION app.to_mood(integer) AS ASSIGNMENT;
CREATE CAST (app.address AS text) WITH INOUT AS IMPLICIT;
CREATE CAST (app.label AS text) WITHOUT FUNCTION;
COMMENT ON CAST (integer AS app.mood) IS 'a cast';
CREATE DEFAULT CONVERSION app.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION app.latin IS 'a conversion';
CREATE ACCESS METHOD second_heap TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD "Gist 2" TYPE INDEX HANDLER gisthandler;
COMMENT ON ACCESS METHOD second_heap IS 'an access method';
CREATE FUNCTION app.from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE STRICT AS 'prsd_headline';
CREATE TRANSFORM FOR app.address LANGUAGE plpgsql (FROM SQL WITH FUNCTION app.from_sql(internal));
COMMENT ON TRANSFORM FOR app.address LANGUAGE plpgsql IS 'a transform';
CREATE TRUSTED LANGUAGE "Other Language" HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
COMMENT ON LANGUAGE "Other Language" IS 'a language';
GRANT USAGE ON LANGUAGE "Other Language" TO coffer_reader;
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;

-- Text search
CREATE TEXT SEARCH PARSER app.my_parser (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end,
  HEADLINE = prsd_headline, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE app.my_template (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY app.my_dict (TEMPLATE = app.my_template, STOPWORDS = 'english', Accept = 'false');
CREATE TEXT SEARCH DICTIONARY app.stem (TEMPLATE = snowball, language = 'english');
CREATE TEXT SEARCH CONFIGURATION app.config (PARSER = app.my_parser);
ALTER TEXT SEARCH CONFIGURATION app.config ADD MAPPING FOR asciiword, word WITH app.my_dict, app.stem, simple;
CREATE TEXT SEARCH CONFIGURATION app."Copy" (COPY = english);
ALTER TEXT SEARCH CONFIGURATION app.config OWNER TO coffer_owner;
COMMENT ON TEXT SEARCH CONFIGURATION app.config IS 'a configuration';
COMMENT ON TEXT SEARCH DICTIONARY app.my_dict IS 'a dictionary';
COMMENT ON TEXT SEARCH PARSER app.my_parser IS 'a parser';
COMMENT ON TEXT SEARCH TEMPLATE app.my_template IS 'a template';

-- Sequences
CREATE SEQUENCE app.plain;
CREATE SEQUENCE app."Down" AS smallint INCREMENT -3 MINVALUE -100 MAXVALUE 50 START 20 CACHE 5 CYCLE;
COMMENT ON SEQUENCE app."Down" IS 'a sequence';
GRANT USAGE, SELECT ON SEQUENCE app.plain TO coffer_reader;
ALTER SEQUENCE app.plain OWNER TO coffer_owner;
SELECT setval('app."Down"', 17, false);

-- Tables
CREATE TABLE app.customers (
  id bigint GENERATED ALWAYS AS IDENTITY (START 1000 INCREMENT 5) PRIMARY KEY,
  code serial,
  email text COLLATE "C" NOT NULL DEFAULT 'nobody@shop.example',
  mood app.mood DEFAULT 'it''s ok',
  score app.more_positive,
  home app.address,
  tags text[] DEFAULT ARRAY['a', 'b''c'],
  born date DEFAULT '1999-12-31',
  seen timestamptz DEFAULT '2020-02-03 04:05:06.789+00',
  span interval DEFAULT '1 mon 2 days 03:04:05',
  ratio float8 DEFAULT 0.1,
  small numeric(5,2) DEFAULT 1.10,
  upper_email text GENERATED ALWAYS AS (upper(email)) STORED,
  note app.checked,
  doc xml DEFAULT '<a/>',
  bits bit varying(7) DEFAULT B'101',
  CONSTRAINT email_check CHECK (email LIKE '%@%'),
  CONSTRAINT "Odd ""Check""" CHECK (ratio > 0) NO INHERIT,
  CONSTRAINT email_unique UNIQUE (email) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT function_check CHECK (app.looks_fine(email))
) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);
ALTER TABLE app.customers ADD CONSTRAINT later_check CHECK (code > 0) NOT VALID;
ALTER TABLE app.customers ALTER COLUMN note SET STORAGE EXTERNAL, ALTER COLUMN email SET STATISTICS 321,
  ALTER COLUMN ratio SET (n_distinct = -0.5), ALTER COLUMN born SET STATISTICS 0;
ALTER TABLE app.customers DROP COLUMN bits;
ALTER TABLE app.customers ADD COLUMN bits2 bit(3);
COMMENT ON TABLE app.customers IS 'customers'' table';
COMMENT ON COLUMN app.customers.email IS E'a tab\tand a line\nbreak \\ and ''quotes''';
COMMENT ON CONSTRAINT email_check ON app.customers IS 'inline check';
COMMENT ON CONSTRAINT later_check ON app.customers IS 'separate check';
COMMENT ON CONSTRAINT customers_pkey ON app.customers IS 'the key';
ALTER TABLE app.customers OWNER TO coffer_owner;
GRANT SELECT ON app.customers TO coffer_reader;
GRANT SELECT (id, email), UPDATE (email) ON app.customers TO "Coffer ""Odd"" Role";
GRANT INSERT ON app.customers TO PUBLIC;
CREATE TABLE "Odd ""Schema"".with dots"."Täble ""x"".y  z" (
  "select" integer CONSTRAINT "Kéy" PRIMARY KEY,
  "Col ""q"".dot" text DEFAULT E'back\\slash and ''quote''',
  "ünïcödé 漢字 🙂" integer,
  "a_name_of_exactly_63_bytes_which_is_the_longest_that_is_legal_" text UNIQUE,
  " leading and trailing " boolean);
COMMENT ON COLUMN "Odd ""Schema"".with dots"."Täble ""x"".y  z"."Col ""q"".dot" IS 'odd';
CREATE TABLE "select"."table" ("from" integer, "where" text);
CREATE TABLE app.no_columns ();
CREATE UNLOGGED TABLE app.unlogged (id integer GENERATED BY DEFAULT AS IDENTITY, x text);
CREATE TABLE app.of_type OF app.address (PRIMARY KEY ("Post Code"), street WITH OPTIONS NOT NULL DEFAULT 'x');
CREATE TABLE app.other_method (a integer) USING second_heap;
CREATE TABLE app.self_default (id integer, x text);
CREATE FUNCTION app.count_self(app.self_default) RETURNS integer LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION app.next_self() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'x'; END $$;
ALTER TABLE app.self_default ALTER x SET DEFAULT app.next_self();
ALTER TABLE app.self_default ADD CONSTRAINT self CHECK (app.count_self(self_default) > 0);
CREATE TABLE app.parent (id integer NOT NULL, kind text DEFAULT 'parent', amount numeric CHECK (amount > 0));
CREATE TABLE app.child (extra text NOT NULL) INHERITS (app.parent);
ALTER TABLE app.child ALTER kind SET DEFAULT 'child', ALTER kind SET NOT NULL;
CREATE TABLE app.second_parent (id integer, more text);
CREATE TABLE app.grandchild (id integer, own integer DEFAULT 7) INHERITS (app.child, app.second_parent);
CREATE TABLE app.items (id integer PRIMARY KEY, customer bigint, parent integer, during tsrange,
  price numeric, CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&) WHERE (price > 0),
  CONSTRAINT item_key UNIQUE (customer, parent) INCLUDE (price));
ALTER TABLE app.items ADD CONSTRAINT to_customer FOREIGN KEY (customer) REFERENCES app.customers (id)
  ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE app.items ADD CONSTRAINT to_self FOREIGN KEY (parent) REFERENCES app.items NOT VALID;
COMMENT ON CONSTRAINT to_self ON app.items IS 'a link';
CREATE TABLE app.first_of_two (id integer PRIMARY KEY, other integer);
CREATE TABLE app.second_of_two (id integer PRIMARY KEY, other integer REFERENCES app.first_of_two);
ALTER TABLE app.first_of_two ADD FOREIGN KEY (other) REFERENCES app.second_of_two MATCH FULL ON DELETE SET DEFAULT;
CREATE TABLE app.full_identity (a integer);
ALTER TABLE app.full_identity REPLICA IDENTITY FULL;
CREATE TABLE app.no_identity (a integer);
ALTER TABLE app.no_identity REPLICA IDENTITY NOTHING;
CREATE TABLE app.index_identity (a integer NOT NULL, b integer NOT NULL);
CREATE UNIQUE INDEX identity_index ON app.index_identity (a);
ALTER TABLE app.index_identity REPLICA IDENTITY USING INDEX identity_index;

-- Partitions, one with its columns in another order
CREATE TABLE app.events (at date NOT NULL, kind text DEFAULT 'k', id bigint, amount numeric CHECK (amount >= 0),
  PRIMARY KEY (id, at, kind)) PARTITION BY RANGE (at);
CREATE TABLE app.events_2024 PARTITION OF app.events (kind DEFAULT 'k24') FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE app.events_2025 (amount numeric CONSTRAINT events_amount_check CHECK (amount >= 0), gone integer,
  id bigint NOT NULL, kind text NOT NULL, at date NOT NULL, CONSTRAINT own_check CHECK (id > 0));
ALTER TABLE app.events_2025 DROP COLUMN gone;
ALTER TABLE app.events ATTACH PARTITION app.events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE app.events_rest PARTITION OF app.events DEFAULT PARTITION BY LIST (kind);
CREATE TABLE app.events_rest_a PARTITION OF app.events_rest FOR VALUES IN ('a', 'it''s');
CREATE TABLE app.events_rest_b PARTITION OF app.events_rest DEFAULT PARTITION BY HASH (id);
CREATE TABLE app.events_rest_b0 PARTITION OF app.events_rest_b FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE app.events_rest_b1 PARTITION OF app.events_rest_b FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE INDEX events_kind ON app.events (kind);
CREATE INDEX events_only ON ONLY app.events (amount);
CREATE INDEX "Own Name" ON app.events_2024 (amount);
ALTER INDEX app.events_only ATTACH PARTITION app."Own Name";
CREATE TABLE app.of_events (id bigint, at date, kind text, FOREIGN KEY (id, at, kind) REFERENCES app.events ON DELETE CASCADE);
CREATE TABLE app.from_events (id bigint, customer bigint REFERENCES app.customers) PARTITION BY LIST (id);
CREATE TABLE app.from_events_1 PARTITION OF app.from_events FOR VALUES IN (1);
CREATE TABLE app.by_expression (a text, b integer) PARTITION BY RANGE (lower(a) COLLATE "C" text_pattern_ops, (b + 1));

-- Indexes
CREATE INDEX expression_index ON app.items ((price * 2), parent DESC NULLS LAST) INCLUDE (id) WHERE price IS NOT NULL;
ALTER INDEX app.expression_index ALTER COLUMN 1 SET STATISTICS 77;
CREATE INDEX gin_index ON app.customers USING gin (tags) WITH (fastupdate = off);
CREATE INDEX "Odd ""Index""" ON app.customers (email COLLATE "POSIX" text_pattern_ops);
COMMENT ON INDEX app."Odd ""Index""" IS 'an index';
ALTER TABLE app.customers CLUSTER ON "Odd ""Index""";
CREATE INDEX backwards ON app.items (parent app.int_backwards);
CREATE STATISTICS app.stats (ndistinct, dependencies, mcv) ON customer, parent FROM app.items;
ALTER STATISTICS app.stats SET STATISTICS 55;
ALTER STATISTICS app.stats OWNER TO coffer_owner;
COMMENT ON STATISTICS app.stats IS 'statistics';

-- Views
CREATE VIEW app.active (id, "The Mail") WITH (security_barrier) AS
  SELECT id, email FROM app.customers WHERE mood <> 'sad' WITH CASCADED CHECK OPTION;
ALTER VIEW app.active ALTER COLUMN "The Mail" SET DEFAULT 'view default';
COMMENT ON VIEW app.active IS 'a view';
COMMENT ON COLUMN app.active."The Mail" IS 'a view column';
CREATE VIEW app.on_view AS SELECT a.*, row_number() OVER w AS n FROM app.active a WINDOW w AS (ORDER BY id);
ALTER VIEW app.on_view OWNER TO coffer_owner;
GRANT SELECT ON app.on_view TO coffer_reader;
CREATE VIEW app.group_by_key AS SELECT c.*, count(*) AS c FROM app.customers c JOIN app.items i ON i.customer = c.id GROUP BY c.id;
CREATE VIEW app.over_group AS SELECT id, c FROM app.group_by_key;
CREATE TABLE app.uses_view_type (v app.group_by_key);
CREATE VIEW app.ring_a AS SELECT 1 AS x, 'a'::text COLLATE "C" AS y;
CREATE VIEW app.ring_b AS SELECT x, y FROM app.ring_a;
CREATE OR REPLACE VIEW app.ring_a AS SELECT x, y FROM app.ring_b;
CREATE RECURSIVE VIEW app.numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 100;
CREATE FUNCTION app.of_view(app.on_view) RETURNS text LANGUAGE sql AS 'SELECT ''x''';
CREATE VIEW app.by_function AS SELECT app.of_view(v) FROM app.on_view v;
CREATE MATERIALIZED VIEW app.zz_first WITH (fillfactor = 60) AS SELECT id, email FROM app.customers;
CREATE MATERIALIZED VIEW app.aa_second AS SELECT count(*) AS n FROM app.zz_first;
CREATE MATERIALIZED VIEW app.empty_one AS SELECT n FROM app.aa_second WITH NO DATA;
CREATE MATERIALIZED VIEW app.by_key AS SELECT c.id, c.email FROM app.customers c GROUP BY c.id;
CREATE UNIQUE INDEX zz_first_key ON app.zz_first (id);
ALTER MATERIALIZED VIEW app.zz_first ALTER COLUMN email SET STATISTICS 42;
COMMENT ON MATERIALIZED VIEW app.zz_first IS 'a materialized view';
ALTER MATERIALIZED VIEW app.zz_first OWNER TO coffer_owner;
GRANT SELECT ON app.zz_first TO coffer_reader;

-- Rules, triggers, policies
CREATE RULE on_insert AS ON INSERT TO app.on_view DO INSTEAD INSERT INTO app.customers (email) VALUES (NEW."The Mail");
CREATE RULE also AS ON UPDATE TO app.items WHERE OLD.price <> NEW.price DO ALSO (UPDATE app.second_of_two SET other = 1; DELETE FROM app.no_columns);
ALTER TABLE app.items DISABLE RULE also;
COMMENT ON RULE also ON app.items IS 'a rule';
CREATE TRIGGER touch BEFORE INSERT OR UPDATE OF email, mood ON app.customers FOR EACH ROW
  WHEN (NEW.email IS NOT NULL) EXECUTE FUNCTION app.touch('arg', 'it''s');
CREATE TRIGGER always AFTER DELETE ON app.customers REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.touch();
ALTER TABLE app.customers ENABLE ALWAYS TRIGGER always;
CREATE TRIGGER "Off" AFTER TRUNCATE ON app.customers EXECUTE FUNCTION app.touch();
ALTER TABLE app.customers DISABLE TRIGGER "Off";
CREATE CONSTRAINT TRIGGER deferred AFTER INSERT ON app.items DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE TRIGGER instead INSTEAD OF INSERT ON app.active FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE TRIGGER on_all AFTER INSERT ON app.events FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE app.events_2024 DISABLE TRIGGER on_all;
COMMENT ON TRIGGER touch ON app.customers IS 'a trigger';
ALTER TABLE app.customers ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.items ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.items FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.customers FOR SELECT TO coffer_reader, coffer_owner USING (email = current_user);
CREATE POLICY "No ""Way""" ON app.customers AS RESTRICTIVE FOR INSERT WITH CHECK (id IN (SELECT customer FROM app.items));
COMMENT ON POLICY own ON app.customers IS 'a policy';
CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('CREATE AGGREGATE', 'DROP FUNCTION') EXECUTE FUNCTION app.on_ddl();
ALTER EVENT TRIGGER watch DISABLE;
COMMENT ON EVENT TRIGGER watch IS 'an event trigger';

-- Elsewhere
CREATE FOREIGN DATA WRAPPER wrapper OPTIONS (debug 'true', "Odd Option" 'it''s');
CREATE SERVER server TYPE 'kind' VERSION '1.0' FOREIGN DATA WRAPPER wrapper OPTIONS (host 'db.example', port '5432');
CREATE USER MAPPING FOR PUBLIC SERVER server;
CREATE USER MAPPING FOR "Coffer ""Odd"" Role" SERVER server;
CREATE FOREIGN TABLE app.remote (id integer OPTIONS (key 'true') NOT NULL, x text DEFAULT 'x',
  CHECK (id > 0)) SERVER server OPTIONS (table_name 'it''s');
COMMENT ON FOREIGN TABLE app.remote IS 'a foreign table';
COMMENT ON SERVER server IS 'a server';
COMMENT ON FOREIGN DATA WRAPPER wrapper IS 'a wrapper';
GRANT USAGE ON FOREIGN SERVER server TO coffer_reader;
GRANT USAGE ON FOREIGN DATA WRAPPER wrapper TO coffer_reader WITH GRANT OPTION;
CREATE PUBLICATION everything FOR ALL TABLES;
CREATE PUBLICATION few FOR TABLE app.items, ONLY app.parent WITH (publish = 'insert, delete');
CREATE PUBLICATION via_root FOR TABLE app.events WITH (publish_via_partition_root = true);
COMMENT ON PUBLICATION few IS 'a publication';
SELECT lo_create(4711);
COMMENT ON LARGE OBJECT 4711 IS 'a large object';
ALTER LARGE OBJECT 4711 OWNER TO coffer_owner;
GRANT SELECT ON LARGE OBJECT 4711 TO coffer_reader;
SELECT lo_create(4712);

-- Privileges in odd constellations
ALTER DEFAULT PRIVILEGES FOR ROLE coffer_owner IN SCHEMA app GRANT SELECT ON TABLES TO coffer_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE coffer_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE "Coffer ""Odd"" Role" GRANT USAGE ON SEQUENCES TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE coffer_owner GRANT ALL ON SCHEMAS TO coffer_reader WITH GRANT OPTION;
GRANT SELECT ON app.items TO coffer_reader WITH GRANT OPTION;
SET SESSION AUTHORIZATION coffer_reader;
GRANT SELECT ON app.items TO "Coffer ""Odd"" Role";
RESET SESSION AUTHORIZATION;
REVOKE DELETE ON app.items FROM CURRENT_USER;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO coffer_reader;
REVOKE SELECT ON pg_catalog.pg_tables FROM PUBLIC;
