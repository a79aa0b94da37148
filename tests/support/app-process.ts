/** The built app as a process of its own, as the demo runs it: for tests that kill it and read what it printed. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { SIMULATOR_ACCOUNT_SID } from "@/lib/env";
import { buildIfNeeded } from "@/scripts/support/build";
import { freePort } from "@/scripts/support/ports";
import { nodeArguments } from "@/scripts/support/programs";
import { isolatedEnvironment } from "./process";
import { until } from "./until";

/** The key of the API it is given, and called with. */
export const API_KEY = "test-key-0123456789abcdef";

export const SECRET_KEY = "a key for tests only, 32 bytes or more";

interface AppOptions {
  databaseUrl: string;
  twilioOrigin: string;
  env?: Record<string, string>;
}

export class AppProcess {
  private child?: ChildProcess;
  /** Everything its processes have printed. */
  output = "";

  private constructor(
    readonly port: number,
    /** Of the process. */
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Prepares one; the build is made if there is none of these sources. */
  static async prepare({ databaseUrl, twilioOrigin, env = {} }: AppOptions): Promise<AppProcess> {
    await buildIfNeeded();
    const port = await freePort();
    return new AppProcess(
      port,
      isolatedEnvironment({
        NODE_ENV: "production",
        PORT: String(port),
        DATABASE_URL: databaseUrl,
        TWILIO_ACCOUNT_SID: SIMULATOR_ACCOUNT_SID,
        TWILIO_AUTH_TOKEN: "simulator",
        TWILIO_FROM: "+15005550006",
        TWILIO_API_ORIGIN: twilioOrigin,
        PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
        SECRET_KEY,
        API_KEYS: API_KEY,
        DASHBOARD_ACCESS: "open",
        LOG_LEVEL: "debug",
        ...env,
      }),
    );
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it and waits until it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, await nodeArguments("scripts/app.ts"), {
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    }
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`The app ended:\n${this.output}`);
      const response = await fetch(`${this.origin}/api/readyz`).catch(() => null);
      return response?.ok ?? false;
    });
  }

  /** Of the process that runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** SIGTERM. @returns its exit code, once it has ended */
  async terminate(): Promise<number | null> {
    const { child } = this;
    if (child?.exitCode !== null) return child?.exitCode ?? null;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
    return child.exitCode;
  }

  /** `kill -9`; a process that is gone already is no fault. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  /** Calls the API with the key. */
  async call(method: string, path: string, body?: unknown): Promise<{ status: number; body: never }> {
    const response = await fetch(this.origin + path, {
      method,
      headers: { Authorization: `Bearer ${API_KEY}`, "Content-Type": "application/json" },
      body: typeof body === "string" || body === undefined ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : null) as never };
  }
}
