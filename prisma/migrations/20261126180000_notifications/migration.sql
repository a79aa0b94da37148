-- Who is told of what, and what they are told: see lib/notifications.

CREATE TYPE "severity" AS ENUM ('info', 'warning', 'critical');

CREATE TYPE "target_kind" AS ENUM ('webhook', 'slack', 'email');

CREATE TABLE "notification_target" (
    "id" UUID NOT NULL,
    "kind" "target_kind" NOT NULL,
    "address" TEXT NOT NULL,
    "secret" TEXT,
    "events" TEXT[] NOT NULL,
    "min_severity" "severity" NOT NULL,
    "quiet_from" TIME(0),
    "quiet_to" TIME(0),
    "quiet_zone" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notification_target_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "target_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "thread" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" "severity",
    "said" JSONB NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "delivered_at" TIMESTAMPTZ(3),
    "given_up_at" TIMESTAMPTZ(3),
    "seq" BIGINT GENERATED ALWAYS AS IDENTITY NOT NULL,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "notification_target_id_key_key" ON "notification"("target_id", "key");
CREATE INDEX "notification_written_at_idx" ON "notification"("written_at");
CREATE INDEX "notification_due_idx" ON "notification"("target_id", "due_at") WHERE (delivered_at is null and given_up_at is null);
CREATE INDEX "notification_thread_idx" ON "notification"("target_id", "thread", "seq") WHERE (delivered_at is null and given_up_at is null);

ALTER TABLE "notification" ADD CONSTRAINT "notification_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "notification_target"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "incident" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "severity" "severity" NOT NULL,
    "level" INTEGER NOT NULL,
    "said" JSONB NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "cleared_at" TIMESTAMPTZ(3),

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- Of each kind and subject one at a time.
CREATE UNIQUE INDEX "incident_open_idx" ON "incident"("kind", "subject") WHERE (cleared_at is null);
CREATE INDEX "incident_opened_at_idx" ON "incident"("opened_at");

-- Somebody has seen a finding, and says what they know.
ALTER TABLE "alert" ADD COLUMN "acknowledged_at" TIMESTAMPTZ(3), ADD COLUMN "acknowledged_by" TEXT, ADD COLUMN "note" TEXT;
