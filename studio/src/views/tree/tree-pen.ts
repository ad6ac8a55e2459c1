import { visibleText } from "../../components/text-parts.ts";
import { indexInRow } from "./layout.ts";
import { shapes } from "./looks.ts";
import { gaps, type Scene } from "./scene.ts";
import type { Viewport } from "./viewport.ts";

/** A node's radius in plane units; on the screen it is kept between the two bounds. */
const RADIUS = { plane: 9, least: 0.9, most: 8.5 };

/** From this radius on there is room for a tick or a cross inside. */
const SIGN_FROM = 3.6;

/** Draws edges and nodes at one scale. */
export class TreePen {
  readonly #context: CanvasRenderingContext2D;
  readonly #scene: Scene;
  readonly #scale: number;
  /** Pixels between two depths. */
  readonly #pitch: number;
  readonly #radius: number;
  readonly #edges = new Path2D();
  readonly #dimEdges = new Path2D();
  readonly #pathEdges = new Path2D();

  constructor(context: CanvasRenderingContext2D, scene: Scene, view: Viewport) {
    const { scale } = view;
    this.#context = context;
    this.#scene = scene;
    this.#scale = scale;
    this.#pitch = gaps[scene.grows].depth * (scene.grows === "down" ? view.scaleY : view.scaleX);
    this.#radius = Math.min(RADIUS.most, Math.max(RADIUS.least, RADIUS.plane * scale));
    context.lineCap = "round";
    context.textBaseline = "middle";
  }

  /** One edge, in pixels across and along the way the tree grows. */
  edge(
    place: number,
    { above, here, from, to }: { above: number; here: number; from: number; to: number },
  ): void {
    const { looks, grows } = this.#scene;
    if (looks.there[place] !== 1) return;
    const path =
      looks.chosen[place] === 1 ? this.#pathEdges : looks.dim[place] === 1 ? this.#dimEdges : this.#edges;
    const middle = (from + to) / 2;
    if (grows === "down") {
      path.moveTo(above, from);
      if (this.#scale < 0.12 || above === here) path.lineTo(here, to);
      else path.bezierCurveTo(above, middle, here, middle, here, to);
    } else {
      path.moveTo(from, above);
      if (this.#scale < 0.12 || above === here) path.lineTo(to, here);
      else path.bezierCurveTo(middle, above, middle, here, to, here);
    }
  }

  strokeEdges(): void {
    const context = this.#context;
    const { palette } = this.#scene;
    const width = Math.max(0.5, Math.min(1.75, 1.6 * this.#scale));
    context.lineWidth = width;
    context.strokeStyle = palette.edge;
    context.globalAlpha = 0.6;
    context.stroke(this.#dimEdges);
    context.globalAlpha = this.#scale < 0.12 ? 0.6 : 1;
    context.stroke(this.#edges);
    context.globalAlpha = 1;
    context.lineWidth = Math.max(1.5, 2.5 * Math.min(1, this.#scale));
    context.strokeStyle = palette.edgePath;
    context.stroke(this.#pathEdges);
  }

  node(place: number, x: number, y: number): void {
    const { looks, palette, layout } = this.#scene;
    if (looks.there[place] !== 1) return;
    const context = this.#context;
    const radius = this.#radius;
    const reward = looks.reward[place] ?? -1;
    const color = reward < 0 ? palette.noReward : (palette.reward[reward] ?? palette.noReward);
    context.globalAlpha = looks.dim[place] === 1 ? 0.45 : 1;
    const shape = shapes[looks.shape[place] ?? 0] ?? "step";
    if (radius < 2) {
      const size = shape === "step" ? radius : radius * 1.7;
      context.fillStyle = shape === "right" ? palette.right : shape === "wrong" ? palette.wrong : color;
      // Too small for its reward and its verdict: the verdict has the colour, and what can be seen of the shape.
      if (shape === "wrong" && size > 1.5) {
        context.beginPath();
        context.moveTo(x, y - size);
        context.lineTo(x + size, y);
        context.lineTo(x, y + size);
        context.lineTo(x - size, y);
        context.fill();
      } else {
        context.fillRect(x - size, y - size, 2 * size, 2 * size);
      }
      return;
    }
    if (layout.parent[place] === -1) this.#root(x, y);
    else this.#shape(shape, x, y, color);
    if (looks.chosen[place] === 1 && layout.nodes[place]?.children.length === 0) {
      context.beginPath();
      context.arc(x, y, radius * 1.75, 0, 7);
      context.lineWidth = Math.max(1, radius / 4);
      context.strokeStyle = palette.accent;
      context.stroke();
    }
    if (this.#scale > 0.5) this.#label(place, x, y);
    context.globalAlpha = 1;
  }

  /** The question: a ring in the colour of text. */
  #root(x: number, y: number): void {
    const context = this.#context;
    context.beginPath();
    context.arc(x, y, this.#radius * 1.1, 0, 7);
    context.fillStyle = this.#scene.palette.ink;
    context.fill();
  }

  #shape(shape: "step" | "open" | "right" | "wrong", x: number, y: number, color: string): void {
    const context = this.#context;
    const { palette } = this.#scene;
    const radius = this.#radius;
    context.beginPath();
    if (shape === "right") {
      context.roundRect(x - radius * 1.15, y - radius * 1.15, radius * 2.3, radius * 2.3, radius * 0.5);
      context.fillStyle = color;
      context.fill();
      if (radius < SIGN_FROM) return;
      context.beginPath();
      context.moveTo(x - radius * 0.55, y + radius * 0.05);
      context.lineTo(x - radius * 0.1, y + radius * 0.5);
      context.lineTo(x + radius * 0.6, y - radius * 0.45);
      context.lineWidth = Math.max(1, radius / 3.2);
      context.strokeStyle = palette.panel;
      context.stroke();
    } else if (shape === "wrong") {
      const reach = radius * 1.45;
      context.moveTo(x, y - reach);
      context.lineTo(x + reach, y);
      context.lineTo(x, y + reach);
      context.lineTo(x - reach, y);
      context.closePath();
      context.fillStyle = color;
      context.fill();
      if (radius < SIGN_FROM) return;
      const arm = radius * 0.42;
      context.beginPath();
      context.moveTo(x - arm, y - arm);
      context.lineTo(x + arm, y + arm);
      context.moveTo(x + arm, y - arm);
      context.lineTo(x - arm, y + arm);
      context.lineWidth = Math.max(1, radius / 3.6);
      context.strokeStyle = palette.panel;
      context.stroke();
    } else if (shape === "open") {
      context.arc(x, y, radius * 1.05, 0, 7);
      context.fillStyle = palette.panel;
      context.fill();
      context.lineWidth = Math.max(1, radius * 0.55);
      context.strokeStyle = color;
      context.stroke();
    } else {
      context.arc(x, y, radius * 0.92, 0, 7);
      context.fillStyle = color;
      context.fill();
    }
  }

  /** (depth, index), and the step's beginning where there is room for it. */
  #label(place: number, x: number, y: number): void {
    const context = this.#context;
    const { layout, palette, grows } = this.#scene;
    const node = layout.nodes[place];
    if (node === undefined) return;
    const isRoot = layout.parent[place] === -1;
    const size = Math.min(12, 10 * Math.max(0.9, this.#scale));
    context.font = `${size}px ${palette.mono}`;
    context.fillStyle = palette.faint;
    const label = `(${layout.depth[place] ?? 0}, ${indexInRow(layout, place)})`;
    const beside = this.#radius * 1.9 + 2;
    const wide = context.measureText(label).width;
    // Words stand where no edge is: to the right of a node that grows down, above one that grows to the right, and behind
    // a leaf there, which nothing follows.
    const down = grows === "down";
    const at = down
      ? { x: x + beside, y: y - this.#radius * 0.9 }
      : { x: x - this.#radius, y: y - this.#radius - 9 };
    const places = layout.rows[layout.depth[place] ?? 0];
    const last = places?.[places.length - 1] === place;
    const behind = !down && node.children.length === 0;
    let room = behind ? this.#pitch - beside : this.#pitch - wide - 18;
    // Beside the last node of a depth that grows down there is nothing but room.
    if (down) room = (last ? 240 : gaps.down.column * this.#scale - beside) - wide - 8;
    if (down && room < 0) return;
    context.fillText(label, at.x, at.y);
    const text = isRoot ? "" : (node.answer ?? node.text);
    if (room < 60 || text === "") return;
    context.font = `${Math.min(12.5, 11.5 * this.#scale)}px ${palette.sans}`;
    context.fillStyle = node.answer === undefined ? palette.muted : palette.ink;
    const letters = Math.floor(room / (6 * Math.min(1.1, this.#scale)));
    const shown = visibleText(text.slice(0, letters + 1).replace(/\s+/g, " "));
    const words = shown.length > letters ? `${shown.slice(0, letters)}…` : shown;
    if (behind) context.fillText(words, x + beside, y + 1);
    else context.fillText(words, at.x + wide + 8, at.y);
  }
}
