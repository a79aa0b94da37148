-- What was given wrong, as hashes: the same again costs nothing. And what was right: the same again answers as before, for whoever lost that answer.
ALTER TABLE "verification" ADD COLUMN "missed" BYTEA[] NOT NULL DEFAULT ARRAY[]::BYTEA[];
ALTER TABLE "verification" ADD COLUMN "approved_hash" BYTEA;

-- Whether a browser has come with the session's cookie: until then the answer that set it may have been lost.
ALTER TABLE "session" ADD COLUMN "arrived" BOOLEAN NOT NULL DEFAULT false;
-- Those of before opened nothing twice, and go on so.
UPDATE "session" SET "arrived" = true;
