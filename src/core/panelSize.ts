/** How large the panel may be, in pixels, and how large it was left. */

export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

const WIDTH = { min: 280, max: 640, standard: 320 } as const;
const HEIGHT = { min: 360, max: 1000, standard: 560 } as const;

export const STANDARD_PANEL: PanelSize = { width: WIDTH.standard, height: HEIGHT.standard };

/** The nearest size that is allowed, from anything at all. */
export function panelSize(input: unknown): PanelSize {
  const { width, height } = (input ?? {}) as { readonly width?: unknown; readonly height?: unknown };
  return { width: inside(width, WIDTH), height: inside(height, HEIGHT) };
}

/** The size that saved settings remember. */
export function savedPanelSize(settings: unknown): PanelSize {
  return panelSize((settings as { readonly panel?: unknown } | null | undefined)?.panel);
}

function inside(value: unknown, range: { readonly min: number; readonly max: number; readonly standard: number }) {
  if (typeof value !== 'number' || !Number.isFinite(value)) return range.standard;
  return Math.round(Math.min(range.max, Math.max(range.min, value)));
}
