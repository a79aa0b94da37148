-- The browser a session was opened in, by what its number knows it by: to end the session is to forget that browser. Sessions from before
-- have none.
ALTER TABLE "session" ADD COLUMN "known_browser" BYTEA;
