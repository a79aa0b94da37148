/** Looks whether anything has become wrong, or right again. */
import { watchBacklog } from "./backlog";
import { watchBreakers } from "./breaker";
import { watchBudget } from "./budget";
import { watchFindings } from "./findings";
import { watchSilence } from "./silence";

/** A look that fails keeps none of the others from looking. @throws the first failure, when all have looked */
export async function watchIncidents(): Promise<void> {
  const looks = await Promise.allSettled([
    watchFindings(),
    watchBacklog(),
    watchSilence(),
    watchBudget(),
    watchBreakers(),
  ]);
  const failure = looks.find(({ status }) => status === "rejected");
  if (failure?.status === "rejected") throw failure.reason;
}
