/** Of the range that the North American plan reserves for fiction. */
export const SAMPLE_NUMBER = "+12015550123";
