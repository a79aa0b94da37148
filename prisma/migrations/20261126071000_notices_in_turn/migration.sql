-- Limits count notices, too: one that they do not allow yet is put off.
ALTER TABLE "notice" ADD COLUMN "due_at" TIMESTAMPTZ(3);
UPDATE "notice" SET "due_at" = "written_at";
ALTER TABLE "notice" ALTER COLUMN "due_at" SET NOT NULL;

DROP INDEX "notice_due_idx";
CREATE INDEX "notice_due_idx" ON "notice"("due_at") WHERE (taken_at is null);
-- Whether one waits for a number.
CREATE INDEX "notice_waiting_idx" ON "notice"("to") WHERE (taken_at is null);
