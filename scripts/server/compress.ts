import type { IncomingMessage, ServerResponse } from "node:http";
import compression from "compression";

/**
 * Compresses all answers. Next's own compression leaves out what route handlers answer: it reads their type from a header that Next
 * has set as a list.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its types are Express's, which are Node's with more, which it does not use
export const compress = compression({
  filter(request, response) {
    const type = response.getHeader("Content-Type");
    if (Array.isArray(type)) response.setHeader("Content-Type", type[0] ?? "");
    return compression.filter(request, response);
  },
}) as unknown as (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
