import { actionsThat, type ActionThat } from "@/lib/terms/actions";

/** The tracked actions one can sign in with from the first step. */
export type SignInAction = ActionThat<"offeredAtSignIn">;

/** The one that a form or an earlier verification names; a code where that is none of them. */
export function signInAction(name: string): SignInAction {
  return actionsThat("offeredAtSignIn").find((action) => action === name) ?? "code";
}
