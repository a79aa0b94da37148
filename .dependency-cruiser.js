/**
 * The walls: which way imports may point, held by dependency-cruiser. ARCHITECTURE.md says why. `import type` counts as
 * an import, unless a wall says otherwise.
 */

/**
 * The rooms of lib, a floor a line, the lowest first: a room knows those on the floors below its own, and neither its
 * neighbours nor those above. So there is no circle of rooms, and every new room must say where it stands.
 */
const LIB = [
  ["terms"],
  ["process-state", "settings"],
  [
    "clock",
    "client-address",
    "env",
    "database-faults",
    "errors",
    "gathered",
    "ids",
    "migrations",
    "prepared-statements",
    "served",
    "turn",
  ],
  ["log"],
  ["db", "messaging", "own-origin", "secrets", "insights/statistics"],
  ["annotations", "insights/counting", "messages", "moments", "protection", "senders"],
  ["readiness"],
  ["delivery", "insights/asking", "setup"],
  ["feedback", "insights/reports", "verification"],
  ["account", "notifications"],
  ["http", "loops", "production"],
  ["api"],
];

/** The same of components. */
const COMPONENTS = [
  ["ui"],
  ["account", "dashboard", "login", "phone", "protection"],
  ["charts", "messages"],
  ["destination"],
];

/** A room is a folder or, where one file is enough, that file. @param {string} floor @param {string[]} rooms */
function roomsOf(floor, rooms) {
  return `^${floor}/(${rooms.join("|")})(/|[.]tsx?$)`;
}

/** What each floor may not know: its neighbours and the floors above. @param {string} house @param {string[][]} floors */
function stairs(house, floors) {
  return floors.map((rooms, at) => ({
    name: `${house}-floor-${at}`,
    comment: `A room of ${house} knows only rooms on the floors below its own: .dependency-cruiser.js lists them.`,
    severity: "error",
    from: { path: roomsOf(house, rooms) },
    to: { path: roomsOf(house, floors.slice(at).flat()), pathNot: `^${house}/$1(/|[.]tsx?$)` },
  }));
}

/** Packages of npm, or of Node, by name, their types and their insides with them. @param {string[]} names */
function packages(...names) {
  return `(^|node_modules/(@types/)?)(node:)?(${names.join("|")})(/|$)`;
}

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
function wall(name, comment, from, to) {
  return { name, comment, severity: "error", from, to };
}

const PRODUCT = "^(app|components|lib)/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    wall("no-circle", "Files that import each other are one file, or three.", {}, { circular: true }),
    ...stairs("lib", LIB),
    ...stairs("components", COMPONENTS),
    wall(
      "every-room-on-a-floor",
      "Say in .dependency-cruiser.js on which floor this room stands.",
      {},
      {
        path: "^(lib|components)/",
        pathNot: [roomsOf("lib", LIB.flat()), roomsOf("components", COMPONENTS.flat())],
      },
    ),
    wall(
      "lib-below-app",
      "lib is below app and components: pass in what it needs.",
      { path: "^lib/" },
      { path: "^(app|components)/" },
    ),
    wall(
      "components-below-app",
      "components are below app: take what you need as properties.",
      { path: "^components/" },
      { path: "^app/" },
    ),
    wall(
      "components-take-data",
      "components take data as properties: of lib they know the types (import type), and all of lib/terms.",
      { path: "^components/" },
      { path: "^lib/", pathNot: "^lib/terms/", dependencyTypesNot: ["type-only", "type-import"] },
    ),
    wall(
      "terms-import-nothing",
      "lib/terms is what everyone may import: it imports nothing but itself.",
      { path: "^lib/terms/" },
      { pathNot: "^lib/terms/" },
    ),
    wall(
      "product-alone",
      "The product knows neither the simulator nor what builds, runs, fills and tests it.",
      { path: [PRODUCT, "^proxy[.]ts$"] },
      { path: "^(simulator|demo|scripts|tests|bench)/" },
    ),
    wall(
      "simulator-alone",
      "The simulator stands for Twilio, which knows nothing of us.",
      { path: "^simulator/" },
      { path: "^(app|components|lib|demo|scripts|tests|bench)/" },
    ),
    wall(
      "lib-without-react",
      "lib is free of React, and of Next outside lib/http.",
      { path: "^lib/", pathNot: "^lib/http(/|[.]ts$)" },
      { path: packages("next", "react", "react-dom", "server-only", "client-only") },
    ),
    wall(
      "handlers-without-next",
      "Route handlers use the web's own Request and Response, so that tests and other servers can call them.",
      { path: "^app/api/" },
      { path: packages("next") },
    ),
    wall(
      "twilio-in-one-place",
      "Only lib/messaging speaks to Twilio: use its functions and types.",
      { path: "^(app|components|lib|demo|scripts|bench)/", pathNot: "^lib/messaging/" },
      { path: packages("twilio") },
    ),
    wall(
      "database-in-one-place",
      "Only lib/db.ts makes a database client, and only lib/database-faults.ts knows its faults: use db() and sql.",
      { path: PRODUCT, pathNot: "^lib/(db|database-faults)[.]ts$" },
      {
        path: ["^prisma/generated/client[.]ts$", packages("@prisma/client", "@prisma/adapter-pg", "pg")],
        dependencyTypesNot: ["type-only", "type-import"],
      },
    ),
    wall(
      "environment-in-one-place",
      "Only lib/env.ts reads the environment: ask env().",
      { path: PRODUCT, pathNot: "^lib/env[.]ts$" },
      { path: packages("process") },
    ),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    exclude: { path: ["(^|/)[.]next/", "^([.]data|test-results|coverage)/"] },
    doNotFollow: { path: ["node_modules", "^prisma/generated/"] },
    enhancedResolveOptions: { conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
