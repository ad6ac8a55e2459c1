import { buildKernels } from "./kernels.ts";

/** Runs once before all tests, so that a test never loads a kernel older than its source. */
export function setup(): void {
  buildKernels();
}
