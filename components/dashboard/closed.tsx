import { ButtonLink } from "../ui/button";
import { Notice } from "../ui/notice";

/** What stands in for the dashboard while it may not be read; not one figure of it, and not who may. */
export function Closed({ signedIn }: { signedIn: boolean }) {
  if (signedIn) {
    return (
      <Notice title="This number may not see the dashboard">
        <p>You are signed in, and the dashboard is for other people. Whoever runs it can add your number.</p>
        <ButtonLink href="/account">Go to your account</ButtonLink>
      </Notice>
    );
  }
  return (
    <Notice title="Sign in to see the dashboard">
      <p>It is for the people who run it.</p>
      <ButtonLink href="/login" look="primary">
        Sign in
      </ButtonLink>
    </Notice>
  );
}
