/**
 * The model that the search asks: the product's own rules, in this process and without a database. There is none yet; what takes its place
 * goes through the requests in order, lets through what the rules do, and compares with the bound that they state before.
 */
import type { Spend } from "./search";

export const spend: Spend | null = null;
