import { readFile } from "node:fs/promises";
import { z } from "zod";
import { FailureError } from "../../thought/errors.ts";

/** The functions of `kernels.as.ts`. Addresses are in bytes, sizes in numbers; see there for what each does. */
export interface Kernels {
  multiply(
    x: number,
    weight: number,
    y: number,
    rows: number,
    inner: number,
    outer: number,
    accumulate: boolean,
  ): void;
  normalize(x: number, weight: number, y: number, rows: number, width: number, epsilon: number): void;
  rotate(
    projected: number,
    places: number,
    angles: number,
    rows: number,
    hidden: number,
    headWidth: number,
  ): void;
  remember(
    projected: number,
    places: number,
    layer: number,
    rows: number,
    hidden: number,
    headWidth: number,
  ): void;
  attend(
    projected: number,
    places: number,
    layer: number,
    y: number,
    scores: number,
    rows: number,
    hidden: number,
    headWidth: number,
    context: number,
  ): void;
  gate(x: number, y: number, rows: number, width: number): void;
}

const isFunction = (value: unknown) => typeof value === "function";
const exportsSchema = z.object({
  memory: z.custom<WebAssembly.Memory>((value) => value !== undefined),
  multiply: z.custom<Kernels["multiply"]>(isFunction),
  normalize: z.custom<Kernels["normalize"]>(isFunction),
  rotate: z.custom<Kernels["rotate"]>(isFunction),
  remember: z.custom<Kernels["remember"]>(isFunction),
  attend: z.custom<Kernels["attend"]>(isFunction),
  gate: z.custom<Kernels["gate"]>(isFunction),
});

const wasmPage = 65_536;

/** The compiled kernels with their one linear memory, out of which buffers are cut and never given back. */
export class KernelMemory {
  readonly kernels: Kernels;
  readonly #memory: WebAssembly.Memory;
  #end: number;
  #floats = new Float32Array();
  #integers = new Int32Array();

  private constructor(kernels: Kernels, memory: WebAssembly.Memory) {
    this.kernels = kernels;
    this.#memory = memory;
    // Whatever the compiler put into the memory lies in its first pages.
    this.#end = Math.max(memory.buffer.byteLength, wasmPage);
  }

  /** Loads `kernels.wasm` from beside this file. Throws {@link FailureError} when it was not built. */
  static async load(): Promise<KernelMemory> {
    const bytes = await readFile(new URL("./kernels.wasm", import.meta.url)).catch((error: unknown) => {
      throw new FailureError("nano's decoder is not compiled: run npm run build:kernels", error);
    });
    const instance = await WebAssembly.instantiate(await WebAssembly.compile(new Uint8Array(bytes)));
    const { memory, ...kernels } = exportsSchema.parse(instance.exports);
    return new KernelMemory(kernels, memory);
  }

  /** Bytes in use. */
  get size(): number {
    return this.#end;
  }

  /** Address of a new zeroed buffer of so many 4-byte numbers. Throws {@link FailureError} past 4 GB. */
  allocate(numbers: number): number {
    const address = this.#end;
    this.#end = address + Math.ceil(numbers / 16) * 64;
    const missing = this.#end - this.#memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.#memory.grow(Math.ceil(missing / wasmPage));
      } catch (error) {
        throw new FailureError("nano ran out of memory: run fewer samples at once", error);
      }
    }
    return address;
  }

  /** The memory as float32 numbers, at byte address / 4. Valid until the next {@link allocate}. */
  get floats(): Float32Array {
    if (this.#floats.buffer !== this.#memory.buffer) this.#floats = new Float32Array(this.#memory.buffer);
    return this.#floats;
  }

  /** The memory as 32-bit integers, at byte address / 4. Valid until the next {@link allocate}. */
  get integers(): Int32Array {
    if (this.#integers.buffer !== this.#memory.buffer) this.#integers = new Int32Array(this.#memory.buffer);
    return this.#integers;
  }

  /** Copies numbers into a new buffer and returns its address. */
  store(numbers: Float32Array): number {
    const address = this.allocate(numbers.length);
    this.floats.set(numbers, address / 4);
    return address;
  }
}
