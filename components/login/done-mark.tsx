import { Icon } from "../ui/icon";

/** Above the title of a step that has gone well. */
export function DoneMark() {
  return (
    <span className="mb-4 flex size-10 items-center justify-center rounded-full border border-good/40 bg-good-wash text-good">
      <Icon name="check" className="size-5" />
    </span>
  );
}
