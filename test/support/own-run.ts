import { takeOwnership } from "../../src/runs/lock.ts";
import { messageOf } from "../../src/thought/errors.ts";

/** Tries to own a run's folder, says how that went, and stays until its stdin ends. */
const [folder = ""] = process.argv.slice(2);
try {
  takeOwnership(folder);
  console.log("owned");
} catch (error) {
  console.log(messageOf(error));
}
process.stdin.resume();
