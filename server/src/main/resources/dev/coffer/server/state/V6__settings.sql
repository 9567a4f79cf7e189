-- For H2 and for PostgreSQL alike.

-- A riddle for the holder of a key; gone when it was solved, or when it has expired.
CREATE TABLE key_challenge (
  id varchar(36) PRIMARY KEY,
  recipient varchar(100) NOT NULL,
  challenge varchar(4000) NOT NULL,
  answer_sha256 varchar(64) NOT NULL,
  actor varchar(200) NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  wrong_answers integer NOT NULL
);

-- When it was last shown that somebody holds a key, and how.
CREATE TABLE key_test (
  recipient varchar(100) PRIMARY KEY,
  tested_at timestamp(3) with time zone NOT NULL,
  actor varchar(200) NOT NULL,
  means varchar(20) NOT NULL
);

-- The protected databases whose own admins may sign in.
CREATE TABLE portal_sign_in (
  database_id varchar(400) PRIMARY KEY
);
