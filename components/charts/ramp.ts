/**
 * Conversion as six steps of one hue, from pale to deep; in the dark the ramp turns, so that what stands out is high in both themes.
 * Only lightness tells the steps apart, so they hold for colour-blind readers too.
 */

/** The lower limits of all steps but the first. Most destinations are between 75 and 92 %. */
export const LIMITS = [0.75, 0.8, 0.85, 0.88, 0.91] as const;

/** Whole class names, since Tailwind looks for these. */
export const FILLS = [
  "fill-[light-dark(oklch(0.9_0.045_245),oklch(0.34_0.06_255))]",
  "fill-[light-dark(oklch(0.81_0.08_246),oklch(0.43_0.085_253))]",
  "fill-[light-dark(oklch(0.71_0.115_247),oklch(0.53_0.11_250))]",
  "fill-[light-dark(oklch(0.6_0.135_248),oklch(0.64_0.12_247))]",
  "fill-[light-dark(oklch(0.49_0.13_250),oklch(0.76_0.1_243))]",
  "fill-[light-dark(oklch(0.37_0.105_254),oklch(0.89_0.06_240))]",
] as const;

/** Land of which nothing is known. */
export const LAND = "fill-[light-dark(oklch(0.945_0.003_255),oklch(0.255_0.006_262))]";

/** The step of a rate, as a fill. */
export function fillOf(rate: number): string {
  const step = LIMITS.filter((limit) => rate >= limit).length;
  return FILLS[step] ?? FILLS[0];
}
