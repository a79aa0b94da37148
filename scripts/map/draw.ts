/**
 * The world as SVG paths, by country. Natural Earth at 1:110 million, without Antarctica.
 *
 * Every point is rounded to a whole unit of a map 960 units wide, which is more than any screen shows of it here, and points that
 * fall together are dropped: a third of what the outlines are otherwise. Neighbours share their points, so no gaps open.
 */
import { geoNaturalEarth1, geoPath, type GeoPermissibleObjects } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import topology from "world-atlas/countries-110m.json";
import { MAP_WIDTH, type MapPlace } from "@/components/charts/world-size";
import { MARKED_AT, SMALL } from "./places";

interface Drawing {
  /** The file that pages refer to: the outlines, each under its country's code, or "other" where nobody has assigned one. */
  svg: string;
  places: Places;
}

/** Where things are on the map, as components/charts/world.json has it. */
export interface Places {
  /** Of each outline, where a mark about its country stands. */
  middles: Record<string, MapPlace>;
  /** Of countries too small for one, where their dot is. */
  dots: Record<string, MapPlace>;
}

/** Whom the map names otherwise than by a number: Kosovo has none, and two are counted with another. */
const WITHOUT_NUMBER: Record<string, string> = { Kosovo: "XK", Somaliland: "SO", "N. Cyprus": "CY" };

const NOBODY_LIVES_THERE = new Set(["Antarctica", "Fr. S. Antarctic Lands"]);

const ATTRIBUTION = "Made with Natural Earth, by way of world-atlas: see world-licence.txt";

// The projection of the whole sphere is 960 × 500; without Antarctica its lower part is empty.
const projection = geoNaturalEarth1()
  .scale(MAP_WIDTH / 5.48)
  .translate([MAP_WIDTH / 2, 244]);

/** The map: the same each time. */
export function drawWorld(): Drawing {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- TypeScript reads the file's kinds ("Polygon") as any text
  const world = topology as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const outlines = new Map<string, string>();
  const middles: Record<string, MapPlace> = {};
  for (const { id, properties, geometry } of feature(world, world.objects.countries).features) {
    if (NOBODY_LIVES_THERE.has(properties.name)) continue;
    const country = alpha2(id, properties.name) || "other";
    outlines.set(country, (outlines.get(country) ?? "") + outline(geometry));
    // Where several shapes are one country's, the first is its own.
    middles[country] ??= placeOf(MARKED_AT[country]) ?? rounded(geoPath(projection).centroid(geometry));
  }
  const shapes = [...outlines].map(([name, path]) => `<path id="${name}" d="${path}"/>`);
  const dots = Object.entries(SMALL).flatMap(([country, at]) => {
    const place = placeOf(at);
    return place ? [[country, place] as const] : [];
  });
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg"><!-- ${ATTRIBUTION} -->${shapes.join("")}</svg>\n`,
    places: { middles, dots: Object.fromEntries(dots) },
  };
}

function placeOf(at: readonly [number, number] | undefined): MapPlace | undefined {
  const point = at && projection([...at]);
  return point ? rounded(point) : undefined;
}

function rounded([x, y]: readonly [number, number]): MapPlace {
  return { x: Math.round(x), y: Math.round(y) };
}

/** CLDR knows the numbers of ISO 3166-1 as other names of its letters. */
function alpha2(id: string | number | undefined, name: string): string {
  if (id === undefined) return WITHOUT_NUMBER[name] ?? "";
  return new Intl.Locale(`und-${String(id).padStart(3, "0")}`).region ?? "";
}

type Point = readonly [x: number, y: number];

/** The path of a shape, in whole units, each relative to the one before: that is shorter, and compresses better. */
function outline(geometry: GeoPermissibleObjects): string {
  const rings: Point[][] = [];
  const add = (x: number, y: number) => {
    const ring = rings.at(-1);
    const last = ring?.at(-1);
    const point: Point = [Math.round(x), Math.round(y)];
    if (point[0] !== last?.[0] || point[1] !== last[1]) ring?.push(point);
  };
  geoPath(projection, {
    moveTo(x, y) {
      rings.push([]);
      add(x, y);
    },
    lineTo: add,
    closePath: () => undefined,
    arc: () => undefined,
    beginPath: () => undefined,
  })(geometry);
  // Of a shape that is smaller than a unit something must be left; of a country's islets nothing need be.
  const areas = rings.filter((ring) => ring.length > 3);
  return (areas.length > 0 ? areas : rings.slice(0, 1)).map(ringPath).join("");
}

function ringPath([start = [0, 0], ...rest]: readonly Point[]): string {
  let [x, y] = start;
  const steps = rest.map(([nextX, nextY]) => {
    const step = `${nextX - x}${nextY - y < 0 ? "" : " "}${nextY - y}`;
    [x, y] = [nextX, nextY];
    return step;
  });
  return `M${start[0]} ${start[1]}l${steps.join(" ").replaceAll(" -", "-")}z`;
}
