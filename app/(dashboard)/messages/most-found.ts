/** How many of a number's messages a search shows. */
export const MOST_FOUND = 50;
