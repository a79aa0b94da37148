-- What an inbound message or call did and was answered: Twilio posts one again whose answer was late or lost, and is told the same.
ALTER TABLE "inbound"
  ADD COLUMN "confirmed" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "answer" TEXT;
