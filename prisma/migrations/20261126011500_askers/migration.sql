-- What limits count, by who asks: see lib/protection. The tables say it in prisma/schema.prisma.

-- What unknown askers have done to a number of late: the messages they had sent to it and the wrong secrets they tried, each with
-- the address and the browser it came from. The arrays of a kind are parallel, the oldest first.
CREATE TABLE "number_guard" (
    "number" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3)[] NOT NULL DEFAULT '{}',
    "sent_address" TEXT[] NOT NULL DEFAULT '{}',
    "sent_browser" TEXT[] NOT NULL DEFAULT '{}',
    "wrong_at" TIMESTAMPTZ(3)[] NOT NULL DEFAULT '{}',
    "wrong_address" TEXT[] NOT NULL DEFAULT '{}',
    "wrong_browser" TEXT[] NOT NULL DEFAULT '{}',
    "touched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "number_guard_pkey" PRIMARY KEY ("number")
);

CREATE INDEX "number_guard_touched_at_idx" ON "number_guard"("touched_at");

-- A browser that has signed in to a number, which has budgets of its own there.
CREATE TABLE "known_browser" (
    "number" TEXT NOT NULL,
    "browser" BYTEA NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3)[] NOT NULL DEFAULT '{}',
    "wrong_at" TIMESTAMPTZ(3)[] NOT NULL DEFAULT '{}',

    CONSTRAINT "known_browser_pkey" PRIMARY KEY ("number", "browser")
);

CREATE INDEX "known_browser_seen_at_idx" ON "known_browser"("seen_at");

ALTER TABLE "known_browser" ADD CONSTRAINT "known_browser_number_fkey"
  FOREIGN KEY ("number") REFERENCES "account"("number") ON DELETE CASCADE ON UPDATE CASCADE;

-- Where a verification was asked from, as limits count it: for a check that names no address.
ALTER TABLE "verification" ADD COLUMN "asked_from" TEXT;

-- The limits that were: nothing reads their rows any more.
DELETE FROM "quota";
