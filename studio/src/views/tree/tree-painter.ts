import { drawTree, nodeUnder } from "./draw-tree.ts";
import { boxOf, type Grows, planeAt, type Scene } from "./scene.ts";
import { TileCache } from "./tile-cache.ts";
import {
  between,
  type Floor,
  fitted,
  floorOf,
  onScreen,
  panned,
  showing,
  type Viewport,
  viewport,
  zoomed,
} from "./viewport.ts";

/** A tree of more nodes is kept in tiles; a smaller one is drawn anew in every frame, which is as fast and sharper. */
const TILED_FROM = 2_500;

/** How long a view takes to get to another one. */
const GLIDE_MS = 260;

/** A change of scale has come to rest after this time. */
const REST_MS = 140;

/** Who is told of what the reader does. */
export interface PainterEvents {
  onSelect(node: string): void;
  onHover(node: string | undefined): void;
}

/** Keeps a canvas up to date with a scene and with what the reader does to it; draws only when something has changed. */
export class TreePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #events: PainterEvents;
  readonly #tiles = new TileCache();
  readonly #closing = new AbortController();
  readonly #observer: ResizeObserver;
  #scene: Scene | undefined;
  #view: Viewport = viewport(1, 0, 0);
  #glide: { from: Viewport; to: Viewport; startedAt: number } | undefined;
  /** All of the tree stays in sight until the reader moves it. */
  #fitting = true;
  #selected: string | undefined;
  #hovered: number | undefined;
  #frame: number | undefined;
  #zoomedAt = 0;

  constructor(canvas: HTMLCanvasElement, events: PainterEvents) {
    this.#canvas = canvas;
    this.#events = events;
    this.#observer = new ResizeObserver(() => this.#resized());
    this.#observer.observe(canvas);
    this.#listen();
  }

  /** Which way the tree on the screen grows; undefined before there is one. */
  get grows(): Grows | undefined {
    return this.#scene?.grows;
  }

  /** Shows a scene. The first one, and one that grows while nobody has moved it, is fitted. */
  show(scene: Scene): void {
    const first = this.#scene === undefined;
    const turned = this.#scene !== undefined && this.#scene.grows !== scene.grows;
    this.#scene = scene;
    if (turned) this.#fitting = true;
    if (this.#fitting) this.#fitNow(!first);
    this.#draw();
  }

  /** Marks a node and brings it into sight. */
  select(node: string | undefined): void {
    if (node === this.#selected) return;
    this.#selected = node;
    const place = node === undefined ? undefined : this.#scene?.layout.places.get(node);
    if (this.#scene !== undefined && place !== undefined) {
      const { x, y } = planeAt(this.#scene, place);
      const { clientWidth, clientHeight } = this.#canvas;
      const target = showing(this.#glide?.to ?? this.#view, x, y, clientWidth, clientHeight);
      if (target.shiftX !== this.#view.shiftX || target.shiftY !== this.#view.shiftY) this.#glideTo(target);
    }
    this.#draw();
  }

  fit(): void {
    this.#fitting = true;
    this.#fitNow(true);
  }

  zoom(factor: number): void {
    const { clientWidth, clientHeight } = this.#canvas;
    this.#fitting = false;
    this.#glideTo(
      zoomed(this.#glide?.to ?? this.#view, factor, clientWidth / 2, clientHeight / 2, this.#floor),
    );
  }

  close(): void {
    this.#closing.abort();
    this.#observer.disconnect();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
  }

  /** The depths come no closer together than this: it follows from the size of tree and canvas. */
  get #floor(): Floor {
    if (this.#scene === undefined) return { x: 0, y: 0 };
    const { clientWidth, clientHeight } = this.#canvas;
    return floorOf(boxOf(this.#scene), clientWidth, clientHeight, this.#scene.grows);
  }

  #fitNow(gliding: boolean): void {
    if (this.#scene === undefined) return;
    const { clientWidth, clientHeight } = this.#canvas;
    const target = fitted(boxOf(this.#scene), clientWidth, clientHeight, this.#floor);
    if (gliding) this.#glideTo(target);
    else this.#view = target;
    this.#draw();
  }

  #glideTo(to: Viewport): void {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#view = to;
      this.#glide = undefined;
    } else {
      this.#glide = { from: this.#view, to, startedAt: performance.now() };
    }
    this.#draw();
  }

  #resized(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const ratio = window.devicePixelRatio;
    this.#canvas.width = Math.max(1, Math.round(clientWidth * ratio));
    this.#canvas.height = Math.max(1, Math.round(clientHeight * ratio));
    if (this.#fitting) this.#fitNow(false);
    // A resized canvas is empty at once: drawn in the same frame, it does not flicker.
    this.#paint();
  }

  #draw(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#paint();
    });
  }

  #paint(): void {
    const scene = this.#scene;
    const context = this.#canvas.getContext("2d");
    if (scene === undefined || context === null) return;
    if (this.#glide !== undefined) {
      const { from, to, startedAt } = this.#glide;
      const share = Math.min(1, (performance.now() - startedAt) / GLIDE_MS);
      const eased = 1 - (1 - share) ** 3;
      if (from.scaleX !== to.scaleX || from.scaleY !== to.scaleY) this.#zoomedAt = performance.now();
      this.#view = between(from, to, eased);
      if (share === 1) this.#glide = undefined;
      this.#draw();
    }
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const ratio = this.#canvas.width / Math.max(1, width);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    if (scene.layout.nodes.length >= TILED_FROM) {
      const zooming = performance.now() - this.#zoomedAt < REST_MS;
      const more = this.#tiles.show(context, scene, this.#view, { width, height, ratio, zooming });
      if (more || zooming) this.#draw();
    } else {
      drawTree(context, scene, this.#view, { left: 0, top: 0, right: width, bottom: height });
    }
    this.#paintCursor(context, scene);
  }

  /** The way from the root to the selected node, and rings around it and the node under the pointer. */
  #paintCursor(context: CanvasRenderingContext2D, scene: Scene): void {
    const { layout, palette } = scene;
    const { scale } = this.#view;
    const at = (place: number): { x: number; y: number } => {
      const { x, y } = planeAt(scene, place);
      return onScreen(this.#view, x, y);
    };
    const ring = (place: number, width: number, alpha: number): void => {
      const { x, y } = at(place);
      context.globalAlpha = alpha;
      context.beginPath();
      context.arc(x, y, Math.max(6, Math.min(15, 13 * scale)), 0, 7);
      context.lineWidth = width;
      context.strokeStyle = palette.ink;
      context.stroke();
      context.globalAlpha = 1;
    };
    const selected = this.#selected === undefined ? undefined : layout.places.get(this.#selected);
    if (this.#hovered !== undefined && this.#hovered !== selected) ring(this.#hovered, 1.25, 0.55);
    if (selected !== undefined) ring(selected, 2, 1);
  }

  #listen(): void {
    const canvas = this.#canvas;
    const { signal } = this.#closing;
    let dragged: { x: number; y: number; far: boolean } | undefined;
    const positionOf = (event: MouseEvent): { x: number; y: number } => {
      const { left, top } = canvas.getBoundingClientRect();
      return { x: event.clientX - left, y: event.clientY - top };
    };
    const hit = (event: MouseEvent): number | undefined => {
      const { x, y } = positionOf(event);
      return this.#scene === undefined ? undefined : nodeUnder(this.#scene, this.#view, x, y);
    };
    canvas.addEventListener(
      "pointerdown",
      (event) => {
        dragged = { x: event.clientX, y: event.clientY, far: false };
        canvas.setPointerCapture(event.pointerId);
      },
      { signal },
    );
    canvas.addEventListener(
      "pointermove",
      (event) => {
        if (dragged === undefined) {
          this.#hover(hit(event));
          return;
        }
        const [byX, byY] = [event.clientX - dragged.x, event.clientY - dragged.y];
        if (!dragged.far && Math.hypot(byX, byY) < 4) return;
        dragged = { x: event.clientX, y: event.clientY, far: true };
        this.#move(panned(this.#view, byX, byY));
      },
      { signal },
    );
    canvas.addEventListener(
      "pointerup",
      (event) => {
        const click = dragged !== undefined && !dragged.far;
        dragged = undefined;
        const node = click ? this.#scene?.layout.nodes[hit(event) ?? -1] : undefined;
        if (node !== undefined) this.#events.onSelect(node.id);
      },
      { signal },
    );
    canvas.addEventListener("pointerleave", () => this.#hover(undefined), { signal });
    canvas.addEventListener("dblclick", () => this.fit(), { signal });
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        // A wheel's notch counts lines in some browsers and pixels in others.
        const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
        const { x, y } = positionOf(event);
        if (event.ctrlKey || event.metaKey) {
          this.#zoomedAt = performance.now();
          this.#move(zoomed(this.#view, Math.exp(-event.deltaY * unit * 0.008), x, y, this.#floor));
        } else {
          this.#move(panned(this.#view, -event.deltaX * unit, -event.deltaY * unit));
        }
      },
      { signal, passive: false },
    );
  }

  #move(view: Viewport): void {
    this.#fitting = false;
    this.#glide = undefined;
    this.#view = view;
    this.#draw();
  }

  #hover(place: number | undefined): void {
    if (place === this.#hovered) return;
    this.#hovered = place;
    this.#canvas.style.cursor = place === undefined ? "" : "pointer";
    this.#events.onHover(place === undefined ? undefined : this.#scene?.layout.nodes[place]?.id);
    this.#draw();
  }
}
