-- For H2 and for PostgreSQL alike.

CREATE TABLE schedule (
  id varchar(36) PRIMARY KEY,
  name varchar(100) NOT NULL UNIQUE,
  cron varchar(200) NOT NULL,
  zone varchar(60) NOT NULL,
  kind varchar(20) NOT NULL,
  reason varchar(600) NOT NULL,
  paused boolean NOT NULL,
  -- When it runs next; none while it is paused, or when its cron names no day at all.
  next_at timestamp(3) with time zone,
  last_at timestamp(3) with time zone,
  last_good boolean NOT NULL,
  last_outcome varchar(2000) NOT NULL,
  -- The runs that fell out since the last one in time.
  missed integer NOT NULL,
  missed_since timestamp(3) with time zone
);

-- How many backups stay: one row once somebody has said so.
CREATE TABLE retention_rule (
  id integer PRIMARY KEY,
  active boolean NOT NULL,
  newest integer NOT NULL,
  daily integer NOT NULL,
  weekly integer NOT NULL,
  monthly integer NOT NULL,
  yearly integer NOT NULL,
  zone varchar(60) NOT NULL
);

-- Of db-scheduler 16: what is due, and which server is at it.
CREATE TABLE scheduled_tasks (
  task_name varchar(100) NOT NULL,
  task_instance varchar(100) NOT NULL,
  task_data bytea,
  execution_time timestamp(6) with time zone NOT NULL,
  picked boolean NOT NULL,
  picked_by varchar(200),
  last_success timestamp(6) with time zone,
  last_failure timestamp(6) with time zone,
  consecutive_failures integer,
  last_heartbeat timestamp(6) with time zone,
  version bigint NOT NULL,
  priority smallint,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_by_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_by_heartbeat ON scheduled_tasks (last_heartbeat);
