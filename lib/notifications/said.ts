/**
 * What is said of something, for people and for programs: written once, when it happens, and told the same to all.
 */
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
