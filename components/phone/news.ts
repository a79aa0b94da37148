/** The answer to a phone that waits: whether what it shows has changed, or nobody can say. */
export type News = "changed" | "none" | "unreachable";
