/** The bar's fields for days and times. */
import { CONTROL } from "./field-fault";

interface FieldProps {
  label: string;
  name: string;
  value: string;
  invalid?: true;
  describedBy?: string;
}

/** A day, wide enough for its year. */
export function DayField(props: FieldProps) {
  return <Field {...props} type="date" required />;
}

/** A time of day; none is needed. */
export function TimeField(props: FieldProps) {
  return <Field {...props} type="time" />;
}

function Field({
  label,
  name,
  value,
  invalid,
  describedBy,
  ...input
}: FieldProps & { type: "date" | "time"; required?: boolean }) {
  return (
    <label className="flex min-w-0 flex-col gap-1">
      <span className="text-12 whitespace-nowrap text-ink-soft">{label}</span>
      <input
        // Made anew with the view, since what was typed stays in a field otherwise.
        key={value}
        name={name}
        defaultValue={value}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        className={CONTROL}
        {...input}
      />
    </label>
  );
}
