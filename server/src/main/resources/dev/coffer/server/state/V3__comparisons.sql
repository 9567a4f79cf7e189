-- For H2 and for PostgreSQL alike.

-- What differed, in counts and names. The records are in no database.
CREATE TABLE comparison (
  id varchar(36) PRIMARY KEY,
  -- Empty for the moment before the job is taken on.
  job_id varchar(36) NOT NULL,
  backup varchar(300) NOT NULL,
  -- Empty where it is the database.
  other varchar(300) NOT NULL,
  wanted_tables text NOT NULL,
  actor varchar(200) NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  -- JSON; empty until it is done.
  report text NOT NULL
);
CREATE INDEX comparison_by_time ON comparison (created_at);
