/** The map's size in its own units, apart from what draws it: that is not for browsers. */
export const MAP_WIDTH = 960;
export const MAP_HEIGHT = 418;

export interface MapPlace {
  x: number;
  y: number;
}
