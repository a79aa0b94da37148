import { Icon } from "../ui/icon";
import { ClosingDetails } from "../ui/closing-details";
import { CopyCurl } from "./copy-curl";

interface TakeAwayProps {
  /** The API's address of the figures. */
  api: string;
  of: string;
  className?: string;
}

/** The figures as files and as a command, behind one quiet button. */
export function TakeAway({ api, of, className = "" }: TakeAwayProps) {
  const csv = `${api}${api.includes("?") ? "&" : "?"}format=csv`;
  const look =
    "block w-full px-3 py-1.5 text-left text-ink hover:bg-wash focus-visible:-outline-offset-2 focus-visible:bg-wash";
  return (
    <ClosingDetails name="take-away" className={`relative print:hidden ${className}`}>
      <summary
        title="CSV, JSON, curl"
        className="flex size-7 list-none items-center justify-center rounded-6 text-ink-soft hover:bg-wash hover:text-ink [&::-webkit-details-marker]:hidden"
      >
        <Icon name="download" />
        <span className="sr-only">Take away {of}</span>
      </summary>
      <ul className="absolute top-full right-0 z-10 mt-1 rounded-8 border border-edge bg-panel py-1 text-13 font-normal whitespace-nowrap">
        <li>
          <a href={csv} download className={look}>
            CSV<span className="sr-only"> of {of}</span>
          </a>
        </li>
        <li>
          <a href={api} className={look}>
            JSON<span className="sr-only"> of {of}</span>
          </a>
        </li>
        <li className="[@media(scripting:none)]:hidden">
          <CopyCurl api={api} of={of} className={look} />
        </li>
      </ul>
    </ClosingDetails>
  );
}
