import { Notice } from "../ui/notice";
import { TextLink } from "../ui/text-link";

interface BadViewNoticeProps {
  faults: readonly { field: string; message: string }[];
  /** The same view without what is wrong in it. */
  repaired: string;
  /** The page as it is without any parameter. */
  reset: string;
}

/** An address that cannot be understood: which part, why, and the ways out. */
export function BadViewNotice({ faults, repaired, reset }: BadViewNoticeProps) {
  return (
    <Notice title="This address cannot be shown">
      <p>The page’s address says what to show. Here is what is wrong with this one:</p>
      <ul className="list-disc pl-5">
        {faults.map(({ field, message }, i) => (
          <li key={i}>
            <code className="font-mono text-13 break-all">{field || "address"}</code> {message}
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap gap-x-5 gap-y-2">
        {repaired !== reset && <TextLink href={repaired}>Show it without that</TextLink>}
        <TextLink href={reset}>Show the last 28 days</TextLink>
      </p>
    </Notice>
  );
}
