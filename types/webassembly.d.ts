// Node has WebAssembly, @types/node does not declare its values, and the DOM library that does would also
// put `name`, `location` and `self` in scope. These are the parts the kernels use.
declare namespace WebAssembly {
  class Module {
    private readonly brand: "module";
    constructor(bytes: Uint8Array);
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    grow(pages: number): number;
  }
  type Imports = Record<string, Record<string, unknown>>;
  class Instance {
    readonly exports: Record<string, unknown>;
    constructor(module: Module, imports?: Imports);
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
  function validate(bytes: Uint8Array): boolean;
}
