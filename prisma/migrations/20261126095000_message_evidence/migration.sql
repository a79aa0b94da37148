-- What a message's page shows as evidence: the checks that were evaluated, and Twilio's status callbacks as they came, with the last three
-- digits of the recipient's number masked. Both go with what they are of.
CREATE TABLE "evaluated_check" (
    "id" UUID NOT NULL,
    "verification_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT NOT NULL,
    "message_id" UUID,

    CONSTRAINT "evaluated_check_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "status_callback" (
    "message_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "parameters" JSONB NOT NULL,

    CONSTRAINT "status_callback_pkey" PRIMARY KEY ("message_id","digest")
);

CREATE INDEX "evaluated_check_verification_id_idx" ON "evaluated_check"("verification_id");

ALTER TABLE "evaluated_check" ADD CONSTRAINT "evaluated_check_verification_id_fkey" FOREIGN KEY ("verification_id") REFERENCES "verification"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "status_callback" ADD CONSTRAINT "status_callback_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;
