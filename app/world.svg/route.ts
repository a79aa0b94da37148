import { world } from "@/components/charts/world";

let file: string | undefined;

/**
 * The outlines of all countries, each under its code: pages refer to them, so that they are not sent again with every new figure, and
 * a browser asks for them once a week.
 */
export function GET(): Response {
  file ??= draw();
  return new Response(file, {
    headers: { "Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=604800" },
  });
}

function draw(): string {
  const paths = new Map<string, string>();
  for (const { country, path } of world().lands) {
    const name = country || "other";
    paths.set(name, (paths.get(name) ?? "") + path);
  }
  const shapes = [...paths].map(([name, path]) => `<path id="${name}" d="${path}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg">${shapes.join("")}</svg>`;
}
