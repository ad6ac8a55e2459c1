// AssemblyScript, compiled to kernels.wasm. Everything is float32 in one linear memory; addresses are in bytes and
// rows lie one after the other. No kernel lets a row see another row of its batch, and each number is summed in an
// order that depends on the model's shape and on the row's position alone: so a row's result is the same, bit for
// bit, in every batch.

/** Tokens on one page of the key-value cache; the same number stands in page-pool.ts. */
const PAGE_TOKENS: i32 = 16;

/**
 * y[rows][outer] = x[rows][inner] * w, or += with `accumulate`. The weight is packed in panels of 8 columns,
 * w[outer / 8][inner][8], so that a tile of 4 rows by 8 columns stays in registers. One row takes four panels at once.
 * Otherwise rows are rounded up to a multiple of 4: the buffers have room for that, and nobody reads what it leaves.
 */
export function multiply(
  x: usize, w: usize, y: usize, rows: i32, inner: i32, outer: i32, accumulate: bool,
): void {
  if (rows == 1) multiplyRow(x, w, y, inner, outer, accumulate);
  else multiplyRows(x, w, y, rows, inner, outer, accumulate);
}

function multiplyRows(x: usize, w: usize, y: usize, rows: i32, inner: i32, outer: i32, accumulate: bool): void {
  const xStride = <usize>inner << 2;
  const yStride = <usize>outer << 2;
  const panel = <usize>inner << 5;
  for (let column = 0; column < outer; column += 8) {
    let xTile = x;
    let yTile = y + (<usize>column << 2);
    for (let row = 0; row < rows; row += 4) {
      let a00 = f32x4.splat(0), a10 = a00, a20 = a00, a30 = a00;
      let a01 = a00, a11 = a00, a21 = a00, a31 = a00;
      let p = w;
      const end = w + panel;
      let x0 = xTile;
      let x1 = x0 + xStride;
      let x2 = x1 + xStride;
      let x3 = x2 + xStride;
      while (p < end) {
        const w0 = v128.load(p);
        const w1 = v128.load(p, 16);
        let s = v128.load32_splat(x0);
        a00 = f32x4.add(a00, f32x4.mul(s, w0));
        a01 = f32x4.add(a01, f32x4.mul(s, w1));
        s = v128.load32_splat(x1);
        a10 = f32x4.add(a10, f32x4.mul(s, w0));
        a11 = f32x4.add(a11, f32x4.mul(s, w1));
        s = v128.load32_splat(x2);
        a20 = f32x4.add(a20, f32x4.mul(s, w0));
        a21 = f32x4.add(a21, f32x4.mul(s, w1));
        s = v128.load32_splat(x3);
        a30 = f32x4.add(a30, f32x4.mul(s, w0));
        a31 = f32x4.add(a31, f32x4.mul(s, w1));
        x0 += 4;
        x1 += 4;
        x2 += 4;
        x3 += 4;
        p += 32;
      }
      store8(yTile, a00, a01, accumulate);
      store8(yTile + yStride, a10, a11, accumulate);
      store8(yTile + 2 * yStride, a20, a21, accumulate);
      store8(yTile + 3 * yStride, a30, a31, accumulate);
      xTile += xStride << 2;
      yTile += yStride << 2;
    }
    w += panel;
  }
}

function multiplyRow(x: usize, w: usize, y: usize, inner: i32, outer: i32, accumulate: bool): void {
  const panel = <usize>inner << 5;
  let column = 0;
  for (; column + 32 <= outer; column += 32) {
    let p0 = w;
    let p1 = p0 + panel;
    let p2 = p1 + panel;
    let p3 = p2 + panel;
    const end = p1;
    let k = x;
    let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
    let a4 = a0, a5 = a0, a6 = a0, a7 = a0;
    while (p0 < end) {
      const s = v128.load32_splat(k);
      a0 = f32x4.add(a0, f32x4.mul(s, v128.load(p0)));
      a1 = f32x4.add(a1, f32x4.mul(s, v128.load(p0, 16)));
      a2 = f32x4.add(a2, f32x4.mul(s, v128.load(p1)));
      a3 = f32x4.add(a3, f32x4.mul(s, v128.load(p1, 16)));
      a4 = f32x4.add(a4, f32x4.mul(s, v128.load(p2)));
      a5 = f32x4.add(a5, f32x4.mul(s, v128.load(p2, 16)));
      a6 = f32x4.add(a6, f32x4.mul(s, v128.load(p3)));
      a7 = f32x4.add(a7, f32x4.mul(s, v128.load(p3, 16)));
      k += 4;
      p0 += 32;
      p1 += 32;
      p2 += 32;
      p3 += 32;
    }
    store8(y, a0, a1, accumulate);
    store8(y + 32, a2, a3, accumulate);
    store8(y + 64, a4, a5, accumulate);
    store8(y + 96, a6, a7, accumulate);
    y += 128;
    w += panel << 2;
  }
  for (; column < outer; column += 8) {
    let a0 = f32x4.splat(0);
    let a1 = a0;
    for (let i = 0; i < inner; i++) {
      const s = v128.load32_splat(x + (<usize>i << 2));
      const p = w + (<usize>i << 5);
      a0 = f32x4.add(a0, f32x4.mul(s, v128.load(p)));
      a1 = f32x4.add(a1, f32x4.mul(s, v128.load(p, 16)));
    }
    store8(y, a0, a1, accumulate);
    y += 32;
    w += panel;
  }
}

// @ts-ignore: decorator
@inline
function store8(y: usize, low: v128, high: v128, accumulate: bool): void {
  if (accumulate) {
    v128.store(y, f32x4.add(v128.load(y), low));
    v128.store(y, f32x4.add(v128.load(y, 16), high), 16);
  } else {
    v128.store(y, low);
    v128.store(y, high, 16);
  }
}

/** y = x / sqrt(mean(x^2) + epsilon) * weight, row by row (RMSNorm). */
export function normalize(x: usize, weight: usize, y: usize, rows: i32, width: i32, epsilon: f32): void {
  const bytes = <usize>width << 2;
  for (let row = 0; row < rows; row++) {
    let squares = f32x4.splat(0);
    for (let k: usize = 0; k < bytes; k += 16) {
      const v = v128.load(x + k);
      squares = f32x4.add(squares, f32x4.mul(v, v));
    }
    const scale = f32x4.splat(1 / sqrt<f32>(sum(squares) / <f32>width + epsilon));
    for (let k: usize = 0; k < bytes; k += 16) {
      v128.store(y + k, f32x4.mul(f32x4.mul(v128.load(x + k), scale), v128.load(weight + k)));
    }
    x += bytes;
    y += bytes;
  }
}

/**
 * Turns queries and keys by their position (RoPE, first half against second half of each head, as Hugging Face lays
 * Llama out). `angles` holds for each position headWidth / 2 cosines, then as many sines. A row of `projected` is
 * query, key, value, each `hidden` wide; `places` holds for each row its position and the address of its page list.
 */
export function rotate(
  projected: usize, places: usize, angles: usize, rows: i32, hidden: i32, headWidth: i32,
): void {
  const half = <usize>headWidth << 1;
  const heads = (hidden << 1) / headWidth;
  for (let row = 0; row < rows; row++) {
    const cosines = angles + <usize>load<i32>(places + (<usize>row << 3)) * (half << 1);
    const sines = cosines + half;
    let head = projected + (<usize>(row * hidden * 3) << 2);
    for (let index = 0; index < heads; index++) {
      for (let k: usize = 0; k < half; k += 16) {
        const a = v128.load(head + k);
        const b = v128.load(head + half + k);
        const c = v128.load(cosines + k);
        const s = v128.load(sines + k);
        v128.store(head + k, f32x4.sub(f32x4.mul(a, c), f32x4.mul(b, s)));
        v128.store(head + half + k, f32x4.add(f32x4.mul(b, c), f32x4.mul(a, s)));
      }
      head += half << 1;
    }
  }
}

/**
 * Writes each row's key and value to its place in the cache. A page's part for one layer, found `layer` bytes into
 * the page, is keys[heads][PAGE_TOKENS / 4][headWidth][4], four tokens side by side, then
 * values[heads][PAGE_TOKENS][headWidth]: what one head reads of a page lies together.
 */
export function remember(
  projected: usize, places: usize, layer: usize, rows: i32, hidden: i32, headWidth: i32,
): void {
  const bytes = <usize>hidden << 2;
  const headBytes = <usize>headWidth << 2;
  for (let row = 0; row < rows; row++) {
    const position = load<i32>(places);
    const list = <usize>load<u32>(places, 4);
    const page = layer + <usize>load<u32>(list + (<usize>(position / PAGE_TOKENS) << 2));
    const slot = <usize>(position % PAGE_TOKENS);
    let key = page + (slot >> 2) * (headBytes << 2) + ((slot & 3) << 2);
    let value = page + <usize>PAGE_TOKENS * bytes + slot * headBytes;
    for (let head: usize = 0; head < bytes; head += headBytes) {
      const from = projected + bytes + head;
      for (let k: usize = 0; k < headBytes; k += 4) store<f32>(key + (k << 2), load<f32>(from + k));
      for (let k: usize = 0; k < headBytes; k += 16) v128.store(value + k, v128.load(from + bytes + k));
      key += <usize>PAGE_TOKENS * headBytes;
      value += <usize>PAGE_TOKENS * headBytes;
    }
    projected += 3 * bytes;
    places += 8;
  }
}

/**
 * Causal attention of each row's query over the cache, up to and with the row's own position; y[rows][hidden].
 * Goes through the cache page by page, all heads of a page together, because reading it in order is what counts.
 * `scores` has room for heads times `context` numbers, `context` being a multiple of PAGE_TOKENS.
 */
export function attend(
  projected: usize, places: usize, layer: usize, y: usize, scores: usize, rows: i32, hidden: i32,
  headWidth: i32, context: i32,
): void {
  const bytes = <usize>hidden << 2;
  const headBytes = <usize>headWidth << 2;
  const stride = <usize>context << 2;
  const scale = f32x4.splat(1 / sqrt<f32>(<f32>headWidth));
  for (let row = 0; row < rows; row++) {
    const length = load<i32>(places) + 1;
    const list = <usize>load<u32>(places, 4);
    for (let first = 0; first < length; first += PAGE_TOKENS) {
      const page = layer + <usize>load<u32>(list + (<usize>(first / PAGE_TOKENS) << 2));
      let target = scores + (<usize>first << 2);
      for (let head: usize = 0; head < bytes; head += headBytes) {
        score(projected + head, page + <usize>PAGE_TOKENS * head, target, headBytes, scale);
        target += stride;
      }
    }
    let softened = scores;
    for (let head: usize = 0; head < bytes; head += headBytes) {
      soften(softened, length);
      softened += stride;
    }
    memory.fill(y, 0, bytes);
    for (let first = 0; first < length; first += PAGE_TOKENS) {
      const page = layer + <usize>load<u32>(list + (<usize>(first / PAGE_TOKENS) << 2));
      const values = page + <usize>PAGE_TOKENS * bytes;
      const count = <usize>min(length - first, PAGE_TOKENS);
      let weights = scores + (<usize>first << 2);
      for (let head: usize = 0; head < bytes; head += headBytes) {
        blend(weights, values + <usize>PAGE_TOKENS * head, y + head, count, headBytes);
        weights += stride;
      }
    }
    projected += 3 * bytes;
    y += bytes;
    places += 8;
  }
}

/** Scaled products of one head's query with the keys of a page. */
// @ts-ignore: decorator
@inline
function score(query: usize, keys: usize, target: usize, headBytes: usize, scale: v128): void {
  const group = headBytes << 2;
  let k0 = keys;
  let k1 = k0 + group;
  let k2 = k1 + group;
  let k3 = k2 + group;
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
  const end = query + headBytes;
  for (let q = query; q < end; q += 4) {
    const s = v128.load32_splat(q);
    a0 = f32x4.add(a0, f32x4.mul(s, v128.load(k0)));
    a1 = f32x4.add(a1, f32x4.mul(s, v128.load(k1)));
    a2 = f32x4.add(a2, f32x4.mul(s, v128.load(k2)));
    a3 = f32x4.add(a3, f32x4.mul(s, v128.load(k3)));
    k0 += 16;
    k1 += 16;
    k2 += 16;
    k3 += 16;
  }
  v128.store(target, f32x4.mul(a0, scale));
  v128.store(target, f32x4.mul(a1, scale), 16);
  v128.store(target, f32x4.mul(a2, scale), 32);
  v128.store(target, f32x4.mul(a3, scale), 48);
}

/** Replaces a head's scores by its softmax over the first `length` of them. */
function soften(scores: usize, length: i32): void {
  const end = scores + (<usize>((length + 3) & ~3) << 2);
  for (let k = scores + (<usize>length << 2); k < end; k += 4) store<f32>(k, -f32.MAX_VALUE);
  let highest4 = v128.load(scores);
  for (let k = scores; k < end; k += 16) highest4 = f32x4.max(highest4, v128.load(k));
  // Each lane against its neighbour, then each pair against the other.
  const pairs = f32x4.max(highest4, v128.shuffle<f32>(highest4, highest4, 1, 0, 3, 2));
  const highest = f32x4.max(pairs, v128.shuffle<f32>(pairs, pairs, 2, 3, 0, 1));
  let total = f32x4.splat(0);
  for (let k = scores; k < end; k += 16) {
    const power = exponential(f32x4.sub(v128.load(k), highest));
    v128.store(k, power);
    total = f32x4.add(total, power);
  }
  const factor = f32x4.splat(1 / sum(total));
  for (let k = scores; k < end; k += 16) v128.store(k, f32x4.mul(v128.load(k), factor));
}

/** y += sum over `count` tokens of a page of weight * value, for one head. */
// @ts-ignore: decorator
@inline
function blend(weights: usize, values: usize, y: usize, count: usize, headBytes: usize): void {
  const end = weights + (count << 2);
  let k: usize = 0;
  for (; k + 128 <= headBytes; k += 128) {
    const target = y + k;
    let a0 = v128.load(target);
    let a1 = v128.load(target, 16);
    let a2 = v128.load(target, 32);
    let a3 = v128.load(target, 48);
    let a4 = v128.load(target, 64);
    let a5 = v128.load(target, 80);
    let a6 = v128.load(target, 96);
    let a7 = v128.load(target, 112);
    let v = values + k;
    for (let p = weights; p < end; p += 4) {
      const s = v128.load32_splat(p);
      a0 = f32x4.add(a0, f32x4.mul(s, v128.load(v)));
      a1 = f32x4.add(a1, f32x4.mul(s, v128.load(v, 16)));
      a2 = f32x4.add(a2, f32x4.mul(s, v128.load(v, 32)));
      a3 = f32x4.add(a3, f32x4.mul(s, v128.load(v, 48)));
      a4 = f32x4.add(a4, f32x4.mul(s, v128.load(v, 64)));
      a5 = f32x4.add(a5, f32x4.mul(s, v128.load(v, 80)));
      a6 = f32x4.add(a6, f32x4.mul(s, v128.load(v, 96)));
      a7 = f32x4.add(a7, f32x4.mul(s, v128.load(v, 112)));
      v += headBytes;
    }
    v128.store(target, a0);
    v128.store(target, a1, 16);
    v128.store(target, a2, 32);
    v128.store(target, a3, 48);
    v128.store(target, a4, 64);
    v128.store(target, a5, 80);
    v128.store(target, a6, 96);
    v128.store(target, a7, 112);
  }
  for (; k < headBytes; k += 16) {
    let a = v128.load(y + k);
    let v = values + k;
    for (let p = weights; p < end; p += 4) {
      a = f32x4.add(a, f32x4.mul(v128.load32_splat(p), v128.load(v)));
      v += headBytes;
    }
    v128.store(y + k, a);
  }
}

/** y[rows][width] = silu(gate) * up, where a row of x is gate, then up, each `width` wide. */
export function gate(x: usize, y: usize, rows: i32, width: i32): void {
  const bytes = <usize>width << 2;
  const one = f32x4.splat(1);
  for (let row = 0; row < rows; row++) {
    for (let k: usize = 0; k < bytes; k += 16) {
      const g = v128.load(x + k);
      const silu = f32x4.div(g, f32x4.add(one, exponential(f32x4.neg(g))));
      v128.store(y + k, f32x4.mul(silu, v128.load(x + bytes + k)));
    }
    x += 2 * bytes;
    y += bytes;
  }
}

/** Four lanes added in a fixed order. */
// @ts-ignore: decorator
@inline
function sum(v: v128): f32 {
  const low = f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1);
  return low + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/**
 * e^x to about one unit in the last place for |x| < 87, beyond which it saturates: x = n ln 2 + r, e^r by its Taylor
 * polynomial of degree 7 (|r| <= 0.35 leaves 5e-9), 2^n put into the exponent bits.
 */
// @ts-ignore: decorator
@inline
function exponential(x: v128): v128 {
  const clipped = f32x4.min(f32x4.max(x, f32x4.splat(-87)), f32x4.splat(87));
  const n = f32x4.nearest(f32x4.mul(clipped, f32x4.splat(1.44269504)));
  // ln 2 in two parts, the first of few bits, so that n times it is exact.
  const part = f32x4.sub(clipped, f32x4.mul(n, f32x4.splat(0.693359375)));
  const r = f32x4.add(part, f32x4.mul(n, f32x4.splat(2.12194440e-4)));
  let e = f32x4.splat(1.0 / 5040);
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1.0 / 720));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1.0 / 120));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1.0 / 24));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1.0 / 6));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.5));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(e, exponent);
}
