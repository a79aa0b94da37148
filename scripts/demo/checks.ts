/** What must hold before the demo starts anything. */
import { Fault } from "../support/fault";
import { portIsFree } from "../support/ports";

const OLDEST_NODE = [20, 19] as const;

/** @throws {Fault} under a Node.js older than 20.19. */
export function checkNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Fault(`This is Node.js ${process.version}; ${OLDEST_NODE.join(".")} or newer is needed.`);
}

/** @throws {Fault} naming the variable, by default `PORT` or `SIMULATOR_PORT`, that chooses another port. */
export async function checkPort(variable: string, port: number): Promise<void> {
  if (await portIsFree(port)) return;
  throw new Fault(
    `Port ${port} is in use by another program. Stop that program, or choose another port: ` +
      `${variable}=${port + 1} npm run demo`,
  );
}
