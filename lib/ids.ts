import { v7 } from "uuid";

/** An id that holds its moment, to the millisecond: a UUID of version 7 (RFC 9562), by which rows are in the order they were made in. */
export function idAt(moment: Date): string {
  return v7({ msecs: moment.getTime() });
}
