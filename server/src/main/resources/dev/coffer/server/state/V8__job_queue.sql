-- For H2 and for PostgreSQL alike.

-- What is to be done, in words that any server understands; empty where only the server knows that was asked.
ALTER TABLE job ADD COLUMN work varchar(40) DEFAULT '' NOT NULL;
-- JSON; empty where there is no such description.
ALTER TABLE job ADD COLUMN arguments text DEFAULT '' NOT NULL;
-- Which server has it; empty while any may take it.
ALTER TABLE job ADD COLUMN server varchar(60) DEFAULT '' NOT NULL;
-- Whether somebody wants it to end.
ALTER TABLE job ADD COLUMN cancel_asked boolean DEFAULT FALSE NOT NULL;
-- How far it is, as JSON; empty before it has begun.
ALTER TABLE job ADD COLUMN progress varchar(2000) DEFAULT '' NOT NULL;
-- The code of the error by which it failed; empty where none is known.
ALTER TABLE job ADD COLUMN error varchar(40) DEFAULT '' NOT NULL;

-- Of db-scheduler 16: the jobs that wait, and those that a server has taken.
CREATE TABLE job_queue (
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
CREATE INDEX job_queue_by_time ON job_queue (execution_time);
CREATE INDEX job_queue_by_heartbeat ON job_queue (last_heartbeat);
