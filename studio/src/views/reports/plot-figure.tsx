import * as Plot from "@observablehq/plot";
import { type ReactNode, useEffect, useRef, useState } from "react";

/** A plot under its caption, as wide as there is room. Its colours follow the theme. */
export function PlotFigure({
  caption,
  specify,
}: {
  caption: string;
  /** What is drawn; give the same function while that does not change. */
  specify: () => Plot.PlotOptions;
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (place.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (width === 0) return;
    const style = { background: "none", color: "var(--muted)", fontFamily: "inherit", fontSize: "12px" };
    const drawn = Plot.plot({ width, marginTop: 28, marginBottom: 40, style, ...specify() });
    // The caption says what it shows; what Plot calls its parts helps nobody.
    drawn.setAttribute("aria-hidden", "true");
    place.current?.replaceChildren(drawn);
    return () => drawn.remove();
  }, [specify, width]);
  return (
    <figure className="min-w-0">
      <div ref={place} role="img" aria-label={caption} className="min-h-40" />
      <figcaption className="mt-1 text-fine text-muted">{caption}</figcaption>
    </figure>
  );
}
