import { faultWords, type ViewFault } from "./faults";

interface FieldFaultProps {
  /** The field's, which is described by it. */
  id: string;
  fault: ViewFault | undefined;
}

/** What is wrong with a field, right under it. */
export function FieldFault({ id, fault }: FieldFaultProps) {
  if (!fault) return null;
  return (
    <span id={faultId(id)} className="text-12 font-medium text-bad">
      {faultWords(fault)}
    </span>
  );
}

export function faultId(id: string): string {
  return `${id}-fault`;
}

/** What a field with a fault says of itself. */
export function faultyField(id: string, fault: ViewFault | undefined) {
  return fault ? ({ "aria-invalid": true, "aria-describedby": faultId(id) } as const) : {};
}

/** The look of the bar's fields. */
export const CONTROL =
  "h-8 w-full rounded-6 border border-edge bg-panel px-2 placeholder:text-ink-mute aria-invalid:border-bad";
