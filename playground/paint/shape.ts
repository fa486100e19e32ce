/** The outline of a layer, and how much of each canvas pixel it covers. */
import type { NodeData } from '../document/node';
import type { Transform } from '../document/transform';

/** True for points of the layer, in its own pixels. */
export type Inside = (x: number, y: number) => boolean;

/** Layers without an outline of their own are rectangles with rounded corners. */
export function insideOf(node: NodeData): Inside {
  const { width: w, height: h } = node;
  switch (node.type) {
    case 'ELLIPSE':
      return (x, y) => ((2 * x) / w - 1) ** 2 + ((2 * y) / h - 1) ** 2 <= 1;
    case 'POLYGON':
      return polygon(ring(node.pointCount, () => 1, w, h));
    case 'STAR':
      return polygon(ring(node.pointCount * 2, (index) => (index % 2 === 0 ? 1 : node.innerRadius), w, h));
    case 'VECTOR':
      return polygon(node.outline);
    default:
      return rounded(w, h, node.radii);
  }
}

/** Radii larger than the side allows are shrunk together, as in CSS and in Figma. */
function rounded(w: number, h: number, radii: NodeData['radii']): Inside {
  const [tl, tr, br, bl] = radii;
  const shrink = Math.min(1, w / Math.max(tl + tr, bl + br, 1e-9), h / Math.max(tl + bl, tr + br, 1e-9));
  const corner = (x: number, y: number, radius: number): boolean => {
    const r = radius * shrink;
    return x >= r || y >= r || (r - x) ** 2 + (r - y) ** 2 <= r * r;
  };
  return (x, y) => {
    if (x < 0 || y < 0 || x > w || y > h) return false;
    return corner(x, y, tl) && corner(w - x, y, tr) && corner(w - x, h - y, br) && corner(x, h - y, bl);
  };
}

function ring(
  count: number,
  radius: (index: number) => number,
  w: number,
  h: number,
): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, (_none, index) => {
    const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
    const r = radius(index);
    return [(w / 2) * (1 + r * Math.cos(angle)), (h / 2) * (1 + r * Math.sin(angle))] as const;
  });
}

/** Even-odd rule. */
function polygon(points: readonly (readonly [number, number])[]): Inside {
  return (x, y) => {
    let inside = false;
    points.forEach(([x1, y1], index) => {
      const [x0, y0] = points[index === 0 ? points.length - 1 : index - 1] as readonly [number, number];
      if (y1 > y !== y0 > y && x < ((x0 - x1) * (y - y1)) / (y0 - y1) + x1) inside = !inside;
    });
    return inside;
  };
}

export interface Coverage {
  /** The pixels of the canvas that can be covered: from `left`, `top`, so many columns and rows. */
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  /** 0..1, row by row. */
  readonly share: Float32Array;
}

const SAMPLES = 4;

/**
 * Upright rectangles: the exact area. Everything else: 4 x 4 points in each pixel that the outline crosses.
 * `box` is the layer's bounding box on the canvas.
 */
export function coverage(
  node: NodeData,
  toCanvas: Transform,
  fromCanvas: Transform,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  canvas: { readonly width: number; readonly height: number },
): Coverage {
  const left = Math.max(0, Math.floor(box.x + 1e-6));
  const top = Math.max(0, Math.floor(box.y + 1e-6));
  const columns = Math.max(0, Math.min(canvas.width, Math.ceil(box.x + box.width - 1e-6)) - left);
  const rows = Math.max(0, Math.min(canvas.height, Math.ceil(box.y + box.height - 1e-6)) - top);
  const share = new Float32Array(columns * rows);
  const area = { left, top, columns, rows, share };
  if (isPlainBox(node, toCanvas)) fillBox(area, box);
  else fillSampled(area, insideOf(node), fromCanvas);
  return area;
}

function isPlainBox(node: NodeData, matrix: Transform): boolean {
  const kinds = ['RECTANGLE', 'FRAME', 'COMPONENT', 'INSTANCE', 'SECTION', 'GROUP'];
  const upright = (matrix[0][1] === 0 && matrix[1][0] === 0) || (matrix[0][0] === 0 && matrix[1][1] === 0);
  return kinds.includes(node.type) && upright && node.radii.every((radius) => radius === 0);
}

function fillBox(
  { left, top, columns, rows, share }: Coverage,
  box: { x: number; y: number; width: number; height: number },
): void {
  const overlap = (from: number, start: number, length: number): number => {
    const part = Math.min(from + 1, start + length) - Math.max(from, start);
    return part > 1 - 1e-6 ? 1 : Math.max(0, part);
  };
  for (let row = 0; row < rows; row++) {
    const tall = overlap(top + row, box.y, box.height);
    for (let column = 0; column < columns; column++) {
      share[row * columns + column] = tall * overlap(left + column, box.x, box.width);
    }
  }
}

function fillSampled({ left, top, columns, rows, share }: Coverage, inside: Inside, fromCanvas: Transform): void {
  const [[a, c, e], [b, d, f]] = fromCanvas;
  const hit = (x: number, y: number): boolean => inside(a * x + c * y + e, b * x + d * y + f);
  const corners = new Uint8Array((columns + 1) * (rows + 1));
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      corners[row * (columns + 1) + column] = hit(left + column, top + row) ? 1 : 0;
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * (columns + 1) + column;
      const whole = corners[at]! + corners[at + 1]! + corners[at + columns + 1]! + corners[at + columns + 2]! === 4;
      share[row * columns + column] = whole ? 1 : sampled(hit, left + column, top + row);
    }
  }
}

function sampled(hit: Inside, x: number, y: number): number {
  let hits = 0;
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    if (hit(x + ((i % SAMPLES) + 0.5) / SAMPLES, y + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES)) hits += 1;
  }
  return hits / (SAMPLES * SAMPLES);
}
