-- Checks and resends that came with an Idempotency-Key, and what they were answered. A start's key is in its verification's row.
CREATE TABLE "kept_answer" (
    "api_key" BYTEA NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "verification_id" UUID NOT NULL,
    "message_id" UUID,
    "checks_left" INTEGER NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "kept_answer_pkey" PRIMARY KEY ("api_key","idempotency_key")
);

CREATE INDEX "kept_answer_verification_id_idx" ON "kept_answer"("verification_id");
CREATE INDEX "kept_answer_message_id_idx" ON "kept_answer"("message_id");
CREATE INDEX "kept_answer_asked_at_idx" ON "kept_answer"("asked_at");

ALTER TABLE "kept_answer" ADD CONSTRAINT "kept_answer_verification_id_fkey" FOREIGN KEY ("verification_id") REFERENCES "verification"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "kept_answer" ADD CONSTRAINT "kept_answer_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;
