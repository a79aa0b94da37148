import { TakeAway } from "./take-away";
import { Tile, type TileData } from "./tile";

/** The figures of the whole view, in one row; on phones the first one alone, the others in twos. */
export function Tiles({ tiles, api }: { tiles: readonly TileData[]; api: string }) {
  return (
    <section
      aria-label="Key figures"
      className="relative rounded-8 border border-line bg-panel print:break-inside-avoid"
    >
      <dl className="grid grid-cols-2 md:grid-cols-4 xl:grid-cols-7">
        {tiles.map((tile, i) => (
          <Tile key={tile.name} {...tile} align={alignOf(i, tiles.length)} />
        ))}
      </dl>
      <div className="absolute end-1.5 top-1.5">
        <TakeAway api={api} of="the key figures" />
      </div>
    </section>
  );
}

/** A definition opens towards the middle of the page. */
function alignOf(index: number, count: number): "left" | "right" | "right-on-phones" {
  if (index === count - 1) return "right";
  return index % 2 === 0 && index > 0 ? "right-on-phones" : "left";
}
