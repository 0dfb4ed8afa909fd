DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_owner') THEN
    CREATE ROLE app_owner LOGIN;
    CREATE ROLE app_reader LOGIN;
  END IF;
END $$;
CREATE DATABASE app OWNER app_owner CONNECTION LIMIT 40;
COMMENT ON DATABASE app IS 'everybody''s "notes"';
REVOKE ALL ON DATABASE app FROM PUBLIC;
GRANT CONNECT ON DATABASE app TO app_reader;
GRANT TEMPORARY ON DATABASE app TO app_reader WITH GRANT OPTION;
ALTER DATABASE app SET work_mem = '7MB';
ALTER DATABASE app SET search_path = "$user", public, "An odd, ""old"" one";
ALTER ROLE app_reader IN DATABASE app SET statement_timeout = '90s';
ALTER ROLE app_owner IN DATABASE app SET app.mood = 'it''s \fine';
\connect app
CREATE EXTENSION pg_trgm;
CREATE EXTENSION hstore;
CREATE SCHEMA "An odd, ""old"" one" AUTHORIZATION app_owner;
CREATE TABLE migrations (number integer PRIMARY KEY);
ALTER TABLE migrations OWNER TO app_owner;
