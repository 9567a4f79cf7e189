-- For H2 and for PostgreSQL alike.

-- Requests that came with an Idempotency-Key, for a day. Neither the key nor what was asked is here.
CREATE TABLE idempotent_request (
  -- SHA-256 of the caller and the key.
  id varchar(64) PRIMARY KEY,
  -- SHA-256 of what was asked.
  request_sha256 varchar(64) NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  -- When the server that answers it last said so.
  seen_at timestamp(3) with time zone NOT NULL,
  -- None while it is being answered.
  status integer,
  location varchar(1000),
  -- The answer, sealed with what only the caller knows, in Base64.
  answer text
);
CREATE INDEX idempotent_request_by_time ON idempotent_request (created_at);
