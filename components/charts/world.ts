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
import { MAP_WIDTH, type Place } from "./world-size";

interface Land {
  /** ISO 3166-1 alpha-2; "" where nobody has assigned one. */
  country: string;
  path: string;
}

/** Whom the map names otherwise than by a number: Kosovo has none, and two are counted with another. */
const WITHOUT_NUMBER: Record<string, string> = { Kosovo: "XK", Somaliland: "SO", "N. Cyprus": "CY" };

/** Longitude and latitude of those too small for a map of this scale. */
const SMALL: Record<string, readonly [number, number]> = {
  AD: [1.6, 42.5],
  AG: [-61.8, 17.3],
  AI: [-63.1, 18.2],
  AS: [-170.7, -14.3],
  AW: [-70, 12.5],
  AX: [20, 60.2],
  BB: [-59.6, 13.2],
  BH: [50.5, 26],
  BL: [-62.8, 17.9],
  BM: [-64.8, 32.3],
  BQ: [-68.3, 12.2],
  CK: [-159.8, -21.2],
  CV: [-24, 16],
  CW: [-69, 12.2],
  DM: [-61.4, 15.4],
  FM: [153.3, 7.5],
  FO: [-6.9, 62.1],
  GD: [-61.7, 12.1],
  GF: [-53, 4],
  GG: [-2.6, 49.5],
  GI: [-5.4, 36.1],
  GP: [-61.5, 16.2],
  GU: [144.8, 13.4],
  HK: [114.1, 22.4],
  IM: [-4.5, 54.2],
  IO: [72.4, -7.3],
  JE: [-2.1, 49.2],
  KI: [-167.9, 0.9],
  KM: [43.7, -11.9],
  KN: [-62.7, 17.3],
  KY: [-80.9, 19.4],
  LC: [-61, 13.9],
  LI: [9.5, 47.1],
  MC: [7.4, 43.8],
  MF: [-63.1, 18.1],
  MH: [170.3, 7],
  MO: [113.5, 22.2],
  MP: [145.6, 15.8],
  MQ: [-61, 14.7],
  MS: [-62.2, 16.7],
  MT: [14.4, 35.9],
  MU: [57.6, -20.3],
  MV: [73.5, 3.7],
  NF: [167.9, -29.1],
  NR: [166.9, -0.5],
  NU: [-169.9, -19],
  PF: [-144.8, -14.7],
  PM: [-56.3, 46.9],
  PN: [-128.3, -24.4],
  PW: [134.4, 7.3],
  RE: [55.5, -21.1],
  SC: [55.5, -4.7],
  SG: [103.8, 1.4],
  SH: [-9.7, -12.4],
  SM: [12.5, 43.9],
  ST: [6.7, 0.4],
  SX: [-63.1, 18.1],
  TC: [-72, 21.8],
  TK: [-171.8, -9.2],
  TO: [-174.8, -20.4],
  TV: [179.2, -8.5],
  VA: [12.4, 41.9],
  VC: [-61.2, 13.2],
  VG: [-64.5, 18.5],
  VI: [-64.8, 18],
  WF: [-177.3, -13.9],
  WS: [-172.2, -13.8],
  YT: [45.2, -12.8],
};

/** Where a country's mark stands whose middle is not where its people are. */
const MARKED_AT: Record<string, readonly [number, number]> = {
  CA: [-100, 54],
  CL: [-71, -33],
  FR: [2.5, 46.7],
  NO: [9, 61],
  RU: [60, 58],
  US: [-98, 39.5],
};

interface World {
  /** In the order they are to be drawn. */
  lands: Land[];
  /** The names of the outlines in /world.svg: countries, and "other". */
  names: readonly string[];
  /** Where the mark of a country stands. */
  middles: ReadonlyMap<string, Place>;
}

let drawn: World | undefined;

/** The world; drawn once per process. */
export function world(): World {
  return (drawn ??= draw());
}

/** Where a country too small for an outline has its dot; undefined for one that has an outline, or that nobody knows. */
export function dotOf(country: string): Place | undefined {
  const at = SMALL[country];
  return at && place(at);
}

/** Where a mark about a country stands. */
export function markOf(country: string): Place | undefined {
  return dotOf(country) ?? world().middles.get(country);
}

// The projection of the whole sphere is 960 × 500; without Antarctica its lower part is empty.
const projection = geoNaturalEarth1()
  .scale(MAP_WIDTH / 5.48)
  .translate([MAP_WIDTH / 2, 244]);

function place(at: readonly [number, number]): Place {
  const [x, y] = projection([...at])!;
  return { x: Math.round(x), y: Math.round(y) };
}

function draw(): World {
  const { countries } = (topology as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>)
    .objects;
  const { features } = feature(topology as unknown as Topology, countries);
  const lands: Land[] = [];
  const middles = new Map<string, Place>();
  for (const { id, properties, geometry } of features) {
    if (properties.name === "Antarctica" || properties.name === "Fr. S. Antarctic Lands") continue;
    const country = alpha2(id, properties.name);
    lands.push({ country, path: outline(geometry) });
    if (middles.has(country)) continue;
    const marked = MARKED_AT[country];
    const [x, y] = geoPath(projection).centroid(geometry);
    middles.set(country, marked ? place(marked) : { x: Math.round(x), y: Math.round(y) });
  }
  const names = [...new Set(lands.map(({ country }) => country || "other"))];
  return { lands, names, middles };
}

/** CLDR knows the numbers of ISO 3166-1 as other names of its letters. */
function alpha2(id: string | number | undefined, name: string): string {
  if (id === undefined) return WITHOUT_NUMBER[name] ?? "";
  return new Intl.Locale(`und-${String(id).padStart(3, "0")}`).region ?? "";
}

/** The path of a shape, in whole units, each relative to the one before: that is shorter, and compresses better. */
function outline(geometry: GeoPermissibleObjects): string {
  const rings: [number, number][][] = [];
  geoPath(projection, {
    moveTo: (x, y) => void rings.push([[Math.round(x), Math.round(y)]]),
    lineTo(x, y) {
      const ring = rings.at(-1)!;
      const [lastX, lastY] = ring.at(-1)!;
      const point: [number, number] = [Math.round(x), Math.round(y)];
      if (point[0] !== lastX || point[1] !== lastY) ring.push(point);
    },
    closePath: () => undefined,
    arc: () => undefined,
    beginPath: () => undefined,
  })(geometry);
  // Of a shape that is smaller than a unit something must be left; of a country's islets nothing need be.
  const areas = rings.filter((ring) => ring.length > 3);
  return (areas.length > 0 ? areas : rings.slice(0, 1)).map(ringPath).join("");
}

function ringPath(ring: readonly [number, number][]): string {
  const [[startX, startY]] = ring as [[number, number]];
  let [x, y] = [startX, startY];
  const steps = ring.slice(1).map(([nextX, nextY]) => {
    const step = `${nextX - x}${nextY - y < 0 ? "" : " "}${nextY - y}`;
    [x, y] = [nextX, nextY];
    return step;
  });
  return `M${startX} ${startY}l${steps.join(" ").replaceAll(" -", "-")}z`;
}
