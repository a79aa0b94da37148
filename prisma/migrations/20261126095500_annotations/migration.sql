-- Marks on the time axis: what people know of a moment, such as a new sender or a deploy.
CREATE TABLE "annotation" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "country" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "annotation_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "annotation_at_idx" ON "annotation"("at");
