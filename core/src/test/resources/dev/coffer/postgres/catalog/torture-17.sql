-- What PostgreSQL 17 adds.
CREATE COLLATION app.built_in (provider = builtin, locale = 'C.UTF-8');
CREATE TABLE app.identity_parts (id integer GENERATED ALWAYS AS IDENTITY, kind text) PARTITION BY LIST (kind);
CREATE TABLE app.identity_parts_a PARTITION OF app.identity_parts FOR VALUES IN ('a');
CREATE TABLE app.identity_parts_b (kind text, id integer NOT NULL);
ALTER TABLE app.identity_parts ATTACH PARTITION app.identity_parts_b FOR VALUES IN ('b');
GRANT MAINTAIN ON app.identity_parts TO coffer_reader;
CREATE TABLE app.excluded (a integer, b integer, EXCLUDE USING btree (a WITH =, b WITH =)) PARTITION BY LIST (a);
CREATE TABLE app.excluded_1 PARTITION OF app.excluded FOR VALUES IN (1);
