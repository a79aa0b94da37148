-- Telling somebody: a receiver that moves is told at once, a webhook's secret changes without a gap, and whatever is wrong can be said to have been seen.

-- When whoever tells it took it; null where it only waits. So it is known what may be made due at once and what is just under way.
ALTER TABLE "notification" ADD COLUMN "taken_at" TIMESTAMPTZ(3);

-- What webhooks were signed with before; for a while both sign.
ALTER TABLE "notification_target" ADD COLUMN "previous_secret" TEXT, ADD COLUMN "previous_until" TIMESTAMPTZ(3);

-- When it last became worse; and that somebody has seen it, as of findings, which have that in a table of their own.
ALTER TABLE "incident" ADD COLUMN "changed_at" TIMESTAMPTZ(3), ADD COLUMN "acknowledged_at" TIMESTAMPTZ(3), ADD COLUMN "acknowledged_by" TEXT,
    ADD COLUMN "note" TEXT;
