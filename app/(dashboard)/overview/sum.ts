import type { Destination } from "@/lib/insights/reports/destinations";
import { conversion, type Rate } from "@/lib/insights/asking/metrics";

/** What several destinations have together. */
export function sumOf(rows: readonly Destination[]): { attempted: number; conversion: Rate } {
  const sum = (count: (row: Destination) => number) => rows.reduce((total, row) => total + count(row), 0);
  const mature = {
    attempted: sum((row) => row.mature.attempted),
    confirmed: sum((row) => row.mature.confirmed),
  };
  return { attempted: sum((row) => row.attempted), conversion: conversion(mature) };
}
