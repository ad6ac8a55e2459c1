import { parentPort, workerData } from "node:worker_threads";
import { defaultDevice, init } from "@jax-js/jax";
import { messageOf } from "../../../thought/errors.ts";
import { GradientComputer, type LossSum } from "./gradient.ts";
import { workerDataSchema, workerTaskSchema } from "./worker-protocol.ts";

const data = workerDataSchema.parse(workerData);
const weights = new Float32Array(data.weights);
const gradients = data.gradients.map((buffer) => new Float32Array(buffer));

await init("wasm");
defaultDevice("wasm");
const computer = new GradientComputer(data.config, data.objective);
let version = -1;

function carryOut(message: unknown): LossSum {
  const task = workerTaskSchema.parse(message);
  if (task.version !== version) computer.setWeights(weights);
  version = task.version;
  const into = gradients[task.shard];
  return task.kind === "loss" || into === undefined
    ? computer.loss(task.rows)
    : computer.gradient(task.rows, into);
}

parentPort?.on("message", (message: unknown) => {
  try {
    parentPort?.postMessage(carryOut(message));
  } catch (error) {
    parentPort?.postMessage({ failed: messageOf(error) });
  }
});
