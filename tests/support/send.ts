/** Requests as fetch() would not let them through: to any path, with any Host. */
import { request } from "node:http";

export interface SentAnswer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** Asks, or posts a body, and reads the answer. */
export function send(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<SentAnswer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const sent = request({ host: "127.0.0.1", port, method, path, headers }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
