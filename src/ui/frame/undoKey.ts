/** The keys that undo, as the user's keyboard names them. `platform`: as the browser says it; empty where it does not. */
export function undoKey(platform: string = globalThis.navigator?.platform ?? ''): string {
  return /mac|iphone|ipad/i.test(platform) ? '\u2318Z' : 'Ctrl+Z';
}
