/**
 * `npm run map`: draws the world into public/world.svg, and into components/charts/world.json where its countries are.
 *
 * What it writes is in the repository, and a test compares the two: the outlines change about as often as countries do, the
 * build needs no atlas for it, and a change of the map is seen in review.
 */
import { writeFileSync } from "node:fs";
import { drawWorld } from "./map/draw";
import { runMain } from "./support/fault";
import { formatted } from "./support/formatted";

const PLACES = "components/charts/world.json";

async function main(): Promise<void> {
  const { svg, places } = drawWorld();
  writeFileSync("public/world.svg", svg);
  writeFileSync(PLACES, await formatted(PLACES, places));
}

runMain(main);
