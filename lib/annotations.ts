/**
 * Marks on the time axis: what people know of a moment and figures do not tell, such as a new sender or a deploy.
 */
import { now } from "./clock";
import { db } from "./db";
import { idAt } from "./ids";

export interface Annotation {
  id: string;
  at: Date;
  text: string;
  /** ISO 3166-1 alpha-2; null where it is of all destinations. */
  country: string | null;
}

/** More marks of one stretch of time are no marks any more. */
const MOST_ANNOTATIONS = 200;

const FIELDS = { id: true, at: true, text: true, country: true } as const;

interface Wanted {
  /** From here on. */
  from?: Date;
  /** Before here. */
  to?: Date;
  /** Only of these countries, and of all; without, of any. */
  countries?: readonly string[];
}

/** Those of a stretch of time, in its order; of too many the newest. */
export async function readAnnotations({ from, to, countries }: Wanted = {}): Promise<Annotation[]> {
  const newest = await db().annotation.findMany({
    where: {
      at: { gte: from, lt: to },
      ...(countries && { OR: [{ country: null }, { country: { in: [...countries] } }] }),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MOST_ANNOTATIONS,
    select: FIELDS,
  });
  return newest.reverse();
}

/** Keeps one, and gives it its id. */
export async function addAnnotation({ at, text, country }: Omit<Annotation, "id">): Promise<Annotation> {
  const createdAt = now();
  return db().annotation.create({
    data: { id: idAt(createdAt), at, text, country, createdAt },
    select: FIELDS,
  });
}

/** @returns whether there was one with this id */
export async function removeAnnotation(id: string): Promise<boolean> {
  const { count } = await db().annotation.deleteMany({ where: { id } });
  return count > 0;
}
