import { Worker } from "node:worker_threads";

/**
 * Starts a worker thread from a module, in the source as in the built package: the module is `NAME.worker` beside the
 * caller, with the caller's own extension.
 *
 * @param beside the caller's `import.meta.url`
 */
export function startWorker(beside: string, name: string, workerData: unknown): Worker {
  const file = beside.replace(/[^/]*(\.\w+)$/, `${name}.worker$1`);
  if (!file.endsWith(".ts")) return new Worker(new URL(file), { workerData });
  // Node 20 does not hand the TypeScript loader of the main thread on to its workers.
  const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const source = `import(${loader}).then(({ register }) => (register(), import(${JSON.stringify(file)})))`;
  return new Worker(source, { eval: true, execArgv: [], workerData });
}
