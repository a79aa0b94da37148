/**
 * Vitest's set-up of each file of the projects whose files follow one another in one process: a file gets our modules anew, with
 * nothing of what another has left in them. The packages stay loaded, and what V8 has made of them, Prisma's WebAssembly above all: to
 * make that for each file took more of the processor's time than many a file's tests.
 */
import { vi } from "vitest";

vi.resetModules();
