-- A finding may be of one network, where its country's others did not fall.
ALTER TABLE "alert" ADD COLUMN "network" TEXT NOT NULL DEFAULT '';
DROP INDEX "alert_country_since_key";
CREATE UNIQUE INDEX "alert_country_network_since_key" ON "alert"("country", "network", "since");
