/**
 * What there is once in a process. Next's bundles and the server around it each load our modules, so that a module's variables are there
 * several times: what must not be is kept here.
 */
const kept: typeof globalThis & { otpInsights?: Map<string, unknown> } = globalThis;

// Taken now, once: in tests, files that follow one another in a process each have a map of their own, and with it their own modules. What
// those of an earlier file still do in it then stays theirs.
const states = (kept.otpInsights ??= new Map<string, unknown>());

/**
 * The state of this name, which the first to ask for it makes.
 *
 * @param make has the same result wherever it stands beside this name
 */
export function processState<State extends object>(name: string, make: () => State): State {
  if (!states.has(name)) states.set(name, make());
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one module asks for a name, and says what it is
  return states.get(name) as State;
}
