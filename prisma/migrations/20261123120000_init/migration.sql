-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "tracked_action" AS ENUM ('code', 'link', 'temporary_password', 'reply');

-- CreateEnum
CREATE TYPE "verification_status" AS ENUM ('pending', 'approved', 'expired', 'canceled', 'max_checks_reached');

-- CreateEnum
CREATE TYPE "message_status" AS ENUM ('accepted', 'scheduled', 'queued', 'sending', 'sent', 'canceled', 'failed', 'undelivered', 'delivered', 'read');

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "to" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "action" "tracked_action" NOT NULL DEFAULT 'code',
    "locale" TEXT,
    "status" "verification_status" NOT NULL DEFAULT 'pending',
    "failed_checks" INTEGER NOT NULL DEFAULT 0,
    "sends" INTEGER NOT NULL DEFAULT 1,
    "client_ip" TEXT,
    "api_key" BYTEA,
    "idempotency_key" TEXT,
    "request_hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "approved_at" TIMESTAMPTZ(3),

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "verification_id" UUID NOT NULL,
    "sid" TEXT,
    "secret_hash" BYTEA NOT NULL,
    "country" CHAR(2) NOT NULL,
    "block" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "status" "message_status",
    "error_code" INTEGER,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "refused_at" TIMESTAMPTZ(3),
    "unanswered_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "late" BOOLEAN NOT NULL DEFAULT false,
    "price" DECIMAL(12,5),
    "price_unit" CHAR(3),
    "segments" INTEGER,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feedback" (
    "message_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "reported_at" TIMESTAMPTZ(3),
    "refused_at" TIMESTAMPTZ(3),

    CONSTRAINT "feedback_pkey" PRIMARY KEY ("message_id")
);

-- CreateTable
CREATE TABLE "quota" (
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "tat" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quota_pkey" PRIMARY KEY ("name","subject")
);

-- CreateIndex
CREATE UNIQUE INDEX "verification_api_key_idempotency_key_key" ON "verification"("api_key", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "message_sid_key" ON "message"("sid");

-- CreateIndex
CREATE INDEX "message_requested_at_idx" ON "message"("requested_at");

-- CreateIndex
CREATE INDEX "message_unanswered_idx" ON "message"("requested_at") WHERE (sid is null and refused_at is null);

-- CreateIndex
CREATE UNIQUE INDEX "message_verification_id_secret_hash_key" ON "message"("verification_id", "secret_hash");

-- CreateIndex
CREATE INDEX "feedback_due_idx" ON "feedback"("due_at") WHERE (reported_at is null and refused_at is null);

-- CreateIndex
CREATE INDEX "quota_used_at_idx" ON "quota"("used_at");

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_verification_id_fkey" FOREIGN KEY ("verification_id") REFERENCES "verification"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;
