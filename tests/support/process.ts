/** Processes in tests: started with an environment of their own, waited for, and known to be gone. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { clusterFolder, serverAccount } from "@/scripts/embedded-postgres/account";
import { freePort } from "@/scripts/support/ports";
import { identify, type ProcessIdentity } from "@/scripts/support/process-identity";
import { nodeArguments, type Program } from "@/scripts/support/programs";
import { until } from "./until";

/** Variables that a developer's shell or `.env` may set; empty means unset, and keeps those of `.env` out. */
const UNSET = [
  "API_KEYS",
  "BRAND_NAME",
  "CODE_LENGTH",
  "CODE_TTL_SECONDS",
  "DASHBOARD_ACCESS",
  "DATABASE_REPLICA_URL",
  "DATABASE_URL",
  "LOOPS",
  "MAX_CHECKS",
  "OPERATORS",
  "PUBLIC_BASE_URL",
  "RESEND_AFTER_SECONDS",
  "SECRET_KEY",
  "TRUSTED_PROXIES",
  "TWILIO_ACCOUNT_SID",
  "TWILIO_API_ORIGIN",
  "TWILIO_AUTH_TOKEN",
  "TWILIO_FROM",
  "TWILIO_MESSAGING_SERVICE_SID",
];

/** The environment of a process under test: this one's, without what configures the product, and with `values`. */
export function isolatedEnvironment(values: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...Object.fromEntries(UNSET.map((name) => [name, ""])), ...values };
}

/** Runs one of our programs to its end. */
export async function runToEnd(
  program: Program,
  args: string[],
  values: Record<string, string>,
): Promise<{ code: number; output: string }> {
  const command = [...(await nodeArguments(program)), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env: isolatedEnvironment(values) }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, output: stdout + stderr });
    });
  });
}

interface DemoOptions {
  /** Its data folder. */
  dataDir: string;
  port?: number;
  simulatorPort?: number;
  env?: Record<string, string>;
}

/** `npm run demo` with a data folder and ports of its own, in a process group of its own. */
export class Demo {
  readonly exit: Promise<number | null>;
  private text = "";

  private constructor(
    readonly child: ChildProcess,
    readonly dataDir: string,
    readonly port: number,
    readonly simulatorPort: number,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => (this.text += chunk.toString()));
    }
    this.exit = once(child, "close").then(([code]) => code as number | null);
  }

  /** Starts one; it ends with this process at the latest. */
  static async spawn(options: DemoOptions): Promise<Demo> {
    const { dataDir, port = await freePort(), simulatorPort = await otherPort(port), env = {} } = options;
    const child = spawn(process.execPath, await nodeArguments("scripts/demo.ts"), {
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: isolatedEnvironment({
        DATA_DIR: dataDir,
        PORT: String(port),
        SIMULATOR_PORT: String(simulatorPort),
        // Quick and exact, unless a test is about these.
        SAMPLE_HISTORY: "0",
        TRAFFIC: "0",
        ...env,
      }),
    });
    return new Demo(child, dataDir, port, simulatorPort);
  }

  /** Everything it has printed so far. */
  get output(): string {
    return this.text;
  }

  /** As browsers see it. */
  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** Waits until it says that it is ready, a build included. @throws {Error} with its output when it ends instead. */
  async ready(): Promise<this> {
    await until(() => this.hasEnded || this.output.includes("is ready.\n"));
    if (this.hasEnded) throw new Error(`The demo did not start:\n${this.output}`);
    return this;
  }

  /** Its processes by name, PostgreSQL's first process included. */
  processes(): {
    supervisor: ProcessIdentity;
    app: ProcessIdentity;
    simulator: ProcessIdentity;
    postgres: ProcessIdentity;
  } {
    const run = JSON.parse(readFileSync(path.join(this.dataDir, "run.json"), "utf8")) as {
      supervisor: ProcessIdentity;
      children: { app: ProcessIdentity; simulator: ProcessIdentity };
    };
    const pidFile = path.join(clusterOf(this.dataDir), "data", "postmaster.pid");
    const postmaster = Number.parseInt(readFileSync(pidFile, "utf8"), 10);
    return { supervisor: run.supervisor, ...run.children, postgres: identify(postmaster) };
  }

  /** Ctrl-C, and its exit code once it has ended. */
  async interrupt(): Promise<number | null> {
    if (!this.hasEnded) this.child.kill("SIGINT");
    return this.exit;
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

/** Where the embedded cluster of a data folder lies: elsewhere, when root works in a folder closed to others. */
function clusterOf(dataDir: string): string {
  const wanted = path.join(dataDir, "pg");
  return clusterFolder(wanted, serverAccount(wanted));
}

/** Removes the data folder of a demo that has ended. */
export function removeData(dataDir: string): void {
  rmSync(clusterOf(dataDir), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

/** A free port that is not this one, which nobody listens on yet. */
async function otherPort(port: number): Promise<number> {
  const other = await freePort();
  return other === port ? otherPort(port) : other;
}
