/**
 * A number in E.164 form, from how people write it (`+44 7911 123-456`); null when it cannot be one. Whether the number
 * exists is not looked at: made-up ones are welcome in a simulator.
 */
export function toE164(input: string): string | null {
  const number = input.replace(/[\s().-]/g, "");
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : null;
}

/** What may stand as the sender of an SMS: a number, a short code, or a name of up to eleven letters and digits. */
export function toSender(input: string): string | null {
  if (/^\d{3,8}$/.test(input)) return input;
  const isName = /^[A-Za-z0-9 &+_-]{1,11}$/.test(input) && /[A-Za-z]/.test(input);
  return isName ? input : toE164(input);
}
