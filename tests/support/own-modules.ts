/**
 * Vitest's set-up of each file in projects whose files follow one another in one process: a file gets our modules anew, and what they keep
 * for the whole process. The packages stay loaded, and what V8 has made of them, Prisma's WebAssembly above all: to make that for each file
 * took more of the processor's time than many a file's tests.
 */
import { vi } from "vitest";

vi.resetModules();
Reflect.deleteProperty(globalThis, "otpInsights");
