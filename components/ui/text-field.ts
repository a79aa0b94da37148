/** A text field of a form as it was filled in, without the space around; empty when it is missing or a file. */
export function textField(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** A password field as it was filled in, to the last space; empty when it is missing, a file, or of absurd length. */
export function passwordIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" && value.length <= 1_000 ? value : "";
}
