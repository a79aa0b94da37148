-- Texts that tell an account's owner what was done to it. They ask for nothing, so they stand in no figure of conversion: a table of
-- their own, which no trigger counts.
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "to" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "kind" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_at" TIMESTAMPTZ(3),
    "sid" TEXT,
    "status" "message_status",
    "error_code" INTEGER,
    "refused_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "notice_due_idx" ON "notice"("written_at") WHERE (taken_at is null);
CREATE INDEX "notice_written_at_idx" ON "notice"("written_at");
