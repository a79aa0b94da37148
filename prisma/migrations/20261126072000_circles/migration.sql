-- Budgets of a number by whom they are shared: our own pages, each program, and those who have just given the right password.
ALTER TABLE "number_guard" ADD COLUMN "circle" TEXT NOT NULL DEFAULT 'pages';
ALTER TABLE "number_guard" ALTER COLUMN "circle" DROP DEFAULT;
ALTER TABLE "number_guard" DROP CONSTRAINT "number_guard_pkey";
ALTER TABLE "number_guard" ADD CONSTRAINT "number_guard_pkey" PRIMARY KEY ("number", "circle");

ALTER TABLE "verification" ADD COLUMN "after_password" BOOLEAN NOT NULL DEFAULT false;
-- HMAC of the id that a program gave of its user's device.
ALTER TABLE "verification" ADD COLUMN "device" BYTEA;

-- The devices of programs are known to numbers that have no account with us.
ALTER TABLE "known_browser" DROP CONSTRAINT "known_browser_number_fkey";
