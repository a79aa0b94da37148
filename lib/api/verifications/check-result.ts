/**
 * What came of a check as the API's programs see it.
 */
import type { z } from "zod";
import { refuse } from "../../http/problem";
import type { CheckResult } from "../../verification/check";
import type { CheckResultBody } from "./bodies";

/** The body of a 200; what was not evaluated is answered with its problem. */
export function checkResultBody(result: CheckResult): z.output<typeof CheckResultBody> {
  switch (result.outcome) {
    case "approved":
      return { status: "approved", messageSid: result.messageSid };
    case "pending":
      return { status: "pending", checksLeft: result.checksLeft };
    case "max_checks_reached":
      return { status: "max_checks_reached", checksLeft: result.checksLeft };
    case "refused":
      return refuse(result);
  }
}
