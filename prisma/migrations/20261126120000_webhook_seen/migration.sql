-- The newest webhook of Twilio's that was signed rightly, and the newest that was not: what the checklist of a first run looks at.
CREATE TABLE "webhook_seen" (
    "rightly_signed" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_seen_pkey" PRIMARY KEY ("rightly_signed")
);
