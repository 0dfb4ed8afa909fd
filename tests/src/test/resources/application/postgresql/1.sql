CREATE TABLE notes (id bigserial PRIMARY KEY, text text NOT NULL);
CREATE INDEX ON notes USING gin (text gin_trgm_ops);
CREATE VIEW shouted AS SELECT id, upper(text) AS text FROM notes;
CREATE SEQUENCE tickets START 1000;
CREATE TABLE scans (note bigint REFERENCES notes, scan oid);
INSERT INTO notes (text) VALUES ('one'), ('two'), ('three');
INSERT INTO scans SELECT id, lo_from_bytea(0, convert_to(text, 'UTF8')) FROM notes;
DO $$
DECLARE scanned oid;
BEGIN
  PERFORM nextval('tickets');
  FOR scanned IN SELECT scan FROM scans LOOP
    EXECUTE format('GRANT SELECT ON LARGE OBJECT %s TO app_reader', scanned);
  END LOOP;
END $$;
GRANT SELECT ON notes, shouted TO app_reader;
GRANT USAGE ON SEQUENCE tickets TO app_reader WITH GRANT OPTION;
COMMENT ON TABLE notes IS 'what people wrote';
