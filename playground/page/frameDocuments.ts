/**
 * The two documents around a plugin's window, as texts. The relay is a `data:` page: it carries the CSP and makes the
 * window's realm a null origin and no secure context; the window itself is a sandboxed `srcdoc` inside.
 */
import { type Theme, themeStyle } from './figmaTheme';

export interface WindowPolicy {
  /** From the manifest, plus what the server adds. */
  readonly domains: readonly string[];
  /** WebAssembly needs 'unsafe-eval'; whether Figma's frame has it is open, so both can be tried. */
  readonly eval: boolean;
}

/** The manifest's domains, and script and style inside the page itself. Figma's own policy is known in part only. */
export function contentSecurityPolicy({ domains, eval: mayEval }: WindowPolicy): string {
  const everywhere = ['data:', 'blob:', ...domains].join(' ');
  const script = `'unsafe-inline'${mayEval ? " 'unsafe-eval'" : ''}`;
  return `default-src ${everywhere} 'unsafe-inline'; script-src ${everywhere} ${script}; connect-src ${everywhere}`;
}

export const FRAME_SANDBOX = 'allow-scripts allow-popups allow-downloads allow-forms allow-modals';

/** Messages between page and relay are tagged, so that a plugin's own cannot be taken for them. */
export const RELAY_TAG = 'playgroundRelay';

/** The outer page, as HTML. */
export function relayDocument(policy: WindowPolicy): string {
  const escaped = contentSecurityPolicy(policy).replace(/&/g, '&amp;').replace(/"/g, '&quot;');
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${escaped}">
<style>html,body,iframe{margin:0;border:0;width:100%;height:100%;display:block;overflow:hidden}</style></head><body><script>${RELAY}</script></body></html>`;
}

/** Buffers are transferred, not copied, on both ways. The relay knows nothing of what it carries. */
const RELAY = `
const page = parent;
let frame = null;
const buffers = (value, found = new Set()) => {
  if (ArrayBuffer.isView(value)) found.add(value.buffer);
  else if (Array.isArray(value)) for (const item of value) buffers(item, found);
  else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    for (const item of Object.values(value)) buffers(item, found);
  return found;
};
const post = (target, message) => target.postMessage(message, '*', [...buffers(message)]);
addEventListener('message', (event) => {
  if (event.source === page) {
    const message = event.data && event.data.${RELAY_TAG};
    if (!message) return;
    if (message.kind === 'open') {
      frame = document.createElement('iframe');
      frame.setAttribute('sandbox', '${FRAME_SANDBOX}');
      frame.title = message.title;
      frame.srcdoc = message.html;
      frame.onload = () => post(page, { ${RELAY_TAG}: { kind: 'loaded' } });
      document.body.append(frame);
    } else if (message.kind === 'down' && frame) post(frame.contentWindow, message.body);
  } else if (frame && event.source === frame.contentWindow) post(page, { ${RELAY_TAG}: { kind: 'up', body: event.data } });
});
post(page, { ${RELAY_TAG}: { kind: 'ready' } });
`;

/** The plugin's HTML with what Figma puts in front: theme class and variables, and the news of a theme switch. */
export function windowDocument(html: string, theme: Theme, themeColors: boolean): string {
  const style = themeColors ? `<style>${themeStyle()}</style>` : '';
  const front = `${style}<script>${windowScript(theme, themeColors)}</script>`;
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? '';
  return `${doctype}${front}${html.slice(doctype.length)}`;
}

/** Reports what a test must see: refused requests and uncaught errors. It answers to nothing of the plugin's. */
function windowScript(theme: Theme, themeColors: boolean): string {
  return `(() => {
const show = (name) => { document.documentElement.classList.remove('figma-light', 'figma-dark'); document.documentElement.classList.add('figma-' + name); };
${themeColors ? `show('${theme}');` : ''}
const report = (text) => parent.postMessage({ playgroundReport: text }, '*');
addEventListener('message', (event) => { const name = event.data && event.data.figmaTheme; if (name === 'light' || name === 'dark') { ${themeColors ? 'show(name);' : ''} } });
addEventListener('securitypolicyviolation', (event) => report('CSP refused ' + event.blockedURI + ' (' + event.violatedDirective + ')'));
addEventListener('error', (event) => report('Uncaught ' + event.message));
addEventListener('unhandledrejection', (event) => report('Unhandled rejection: ' + (event.reason && event.reason.message || event.reason)));
})()`;
}
