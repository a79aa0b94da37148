import type { Figure } from "@/lib/terms/metrics";

/** What each figure means, in words. */
export type Definitions = Readonly<Record<Figure, string>>;
