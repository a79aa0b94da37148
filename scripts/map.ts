/**
 * `npm run map`: draws the world into public/world.svg, and into components/charts/world.json where its countries are.
 *
 * What it writes is in the repository, and a test compares the two: the outlines change about as often as countries do, the
 * build needs no atlas for it, and a change of the map is seen in review.
 */
import { writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { drawWorld } from "./map/draw";
import { runMain } from "./support/fault";

const PLACES = "components/charts/world.json";

async function main(): Promise<void> {
  const { svg, places } = drawWorld();
  const style = await resolveConfig(PLACES);
  writeFileSync("public/world.svg", svg);
  writeFileSync(PLACES, await format(JSON.stringify(places), { ...style, filepath: PLACES }));
}

runMain(main);
