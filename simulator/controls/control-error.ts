/** A control that cannot be obeyed; answered as `{error, field}` with the status, `field` where one is to blame. */
export class ControlError extends Error {
  override readonly name = "ControlError";

  constructor(
    readonly status: number,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }

  toJSON() {
    return { error: this.message, field: this.field };
  }
}
