import { test } from "vitest";
import { takeAnySteps } from "@/tests/support/insights-property";
import { useProduct } from "@/tests/support/product";

const product = useProduct();

test("whatever happens, in whatever order, all reports are what a plain recount says", () =>
  takeAnySteps(product));
