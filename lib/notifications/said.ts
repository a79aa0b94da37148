/**
 * What is told: written once, when it happens, and the same to all.
 */

/** Of something that people are told. */
export interface Said {
  /** One line. */
  title: string;
  /** A few sentences. */
  text: string;
  /** Where to look, a path of ours. */
  path: string;
  /** The same as figures, for programs. */
  data: Record<string, unknown>;
}

/** Of what programs are told: only the figures. */
export type SaidToPrograms = Pick<Said, "data">;
