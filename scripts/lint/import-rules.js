/**
 * The lint rule that keeps imports pointing one way: `app → components → (types of) lib`, and inside lib the parts each
 * thing may be done in. It looks at files, not at spellings: `@/lib/db` and `../../lib/db` are the same import.
 */
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");

/**
 * One restriction. Paths are the project's, without extension; one that ends in a slash means everything below it.
 *
 * @typedef {object} Restriction
 * @property {string[]} within files it holds for
 * @property {string[]} [except] files among them it does not hold for
 * @property {string[]} [files] what they may not import, of the project
 * @property {string[]} [but] files among those that they may
 * @property {string[]} [packages] what they may not import, of npm or Node
 * @property {boolean} [typesAllowed] whether `import type` is fine
 * @property {string} message what to do instead
 */

/** @type {Restriction[]} */
const RESTRICTIONS = [
  {
    within: ["app/", "components/", "lib/"],
    files: ["simulator/", "scripts/", "demo/", "tests/"],
    message: "The product knows neither the simulator nor what builds, runs and tests it.",
  },
  {
    within: ["lib/"],
    files: ["app/", "components/"],
    message: "lib is below app and components: pass in what it needs.",
  },
  {
    within: ["lib/"],
    except: ["lib/http", "lib/http/"],
    packages: ["next", "react", "react-dom", "server-only", "client-only"],
    message: "lib is free of React, and of Next outside lib/http.",
  },
  {
    within: ["components/"],
    files: ["app/"],
    message: "components are below app: take what you need as properties.",
  },
  {
    within: ["components/"],
    files: ["lib/"],
    but: ["lib/terms/"],
    typesAllowed: true,
    message: "components take data as properties; of lib they know the types (import type), and lib/terms.",
  },
  {
    within: ["app/api/"],
    packages: ["next"],
    message:
      "Route handlers use the web's own Request and Response, so that tests and other servers can call them.",
  },
  {
    within: ["app/", "components/", "lib/", "scripts/"],
    except: ["lib/messaging/"],
    packages: ["twilio"],
    message: "Only lib/messaging speaks to Twilio: use its functions and types.",
  },
  {
    within: ["app/", "components/", "lib/"],
    except: ["lib/db"],
    files: ["prisma/generated/client"],
    packages: ["@prisma/client", "@prisma/adapter-pg", "pg"],
    typesAllowed: true,
    message: "Only lib/db.ts makes a database client: use db() and sql.",
  },
  {
    within: ["app/", "components/", "lib/"],
    except: ["lib/env"],
    packages: ["process", "node:process"],
    message: "Only lib/env.ts reads the environment: ask env().",
  },
  {
    within: ["lib/messaging/", "lib/db", "lib/env", "lib/clock", "lib/log"],
    files: [
      "lib/verification/",
      "lib/feedback/",
      "lib/delivery/",
      "lib/insights/",
      "lib/protection/",
      "lib/loops",
    ],
    message:
      "This part is below the rules of the product: it does what it is asked and knows nobody who asks.",
  },
  {
    within: ["lib/env"],
    files: ["lib/"],
    message: "lib/env.ts is at the bottom: everything may import it, so it imports nothing of ours.",
  },
];

/** @type {import("eslint").Rule.RuleModule} */
export const importRules = {
  meta: { type: "problem", schema: [], messages: { restricted: "{{ message }}" } },
  create(context) {
    const importer = projectPath(context.filename);
    const restrictions = RESTRICTIONS.filter(
      ({ within, except = [] }) => isAmong(importer, within) && !isAmong(importer, except),
    );

    /** @param {any} node @param {any} source @param {boolean} typeOnly */
    function check(node, source, typeOnly) {
      if (typeof source?.value !== "string") return;
      const broken = restrictions.find((restriction) =>
        forbids(restriction, source.value, context.filename, typeOnly),
      );
      if (broken) context.report({ node, messageId: "restricted", data: { message: broken.message } });
    }

    return {
      ImportDeclaration: (node) => check(node, node.source, isTypeImport(node)),
      ExportNamedDeclaration: (node) => check(node, node.source, isTypeExport(node)),
      ExportAllDeclaration: (node) => check(node, node.source, isTypeExport(node)),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (/** @type {any} */ node) => check(node, node.source ?? node.argument?.literal, true),
      "CallExpression[callee.name='require']": (/** @type {any} */ node) =>
        check(node, node.arguments[0], false),
    };
  },
};

/** @param {Restriction} restriction @param {string} specifier @param {string} file @param {boolean} typeOnly */
function forbids({ files = [], but = [], packages = [], typesAllowed }, specifier, file, typeOnly) {
  if (typeOnly && typesAllowed) return false;
  const target = localTarget(specifier, file);
  if (target !== undefined) return isAmong(target, files) && !isAmong(target, but);
  return packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

/** The file of the project that an import means; undefined for a package. @param {string} specifier @param {string} file */
function localTarget(specifier, file) {
  if (specifier.startsWith("@/")) return withoutExtension(specifier.slice(2));
  if (specifier.startsWith(".")) return projectPath(path.resolve(path.dirname(file), specifier));
  return undefined;
}

/** @param {string} file @param {string[]} places */
function isAmong(file, places) {
  return places.some((place) => (place.endsWith("/") ? `${file}/`.startsWith(place) : file === place));
}

/** @param {string} file */
function projectPath(file) {
  return withoutExtension(path.relative(ROOT, file).split(path.sep).join("/"));
}

/** Also `lib/db/index` is `lib/db`. @param {string} file */
function withoutExtension(file) {
  return file.replace(/\.[cm]?[jt]sx?$/, "").replace(/\/index$/, "");
}

/** `import type { A }` and `import { type A }`. @param {any} node */
function isTypeImport(node) {
  if (node.importKind === "type") return true;
  return (
    node.specifiers.length > 0 &&
    node.specifiers.every((/** @type {any} */ each) => each.importKind === "type")
  );
}

/** @param {any} node */
function isTypeExport(node) {
  return node.exportKind === "type";
}
