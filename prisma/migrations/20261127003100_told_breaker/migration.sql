-- When a step of a breaker was written down to be told: each is, once, by whoever sees it first.
ALTER TABLE "breaker_step" ADD COLUMN "told_at" TIMESTAMPTZ(3);

CREATE INDEX "breaker_step_untold_idx" ON "breaker_step" ("id") WHERE (told_at is null);
