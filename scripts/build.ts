/**
 * Builds the plugin: dist/code.js for Figma's main thread, dist/ui.html with script, style, pixel worker and
 * face weights inlined. Refuses what Figma would refuse, and prints the sizes. `--watch` builds again on changes.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, context } from 'esbuild';
import { checkManifest } from './manifest';
import { packWeights } from './pack-weights';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');

/** Texts that Figma refuses anywhere in code.js, even inside a string. */
const REFUSED = ['import(', '<!--', '-->'] as const;

/** Bytes. Budgets of the product: the build fails when one is passed. */
export const BUDGET = { code: 40_000, uiWithoutWeightsGzip: 200_000 } as const;

/** Which of the refused texts the code contains. */
export function refusedTexts(code: string): readonly string[] {
  return REFUSED.filter((text) => code.includes(text));
}

/** Makes text safe inside an inline script: HTML would end the script at `</script` and change modes at `<!--`. */
export function inlineScript(code: string): string {
  return code.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '\\x3c!--');
}

const inlineStyle = (css: string): string => css.replace(/<\/(style)/gi, '<\\/$1');

const COMMON: BuildOptions = {
  bundle: true,
  write: false,
  legalComments: 'none',
  logLevel: 'silent',
  absWorkingDir: ROOT,
};

/** The main thread's script: es2017 and iife, as production plugins ship it. */
export async function buildCode(): Promise<string> {
  const result = await build({
    ...COMMON,
    entryPoints: ['src/code/main.ts'],
    format: 'iife',
    target: 'es2017',
    // Names too: Figma's editor parses this script at every start of the plugin.
    minify: true,
  });
  const code = result.outputFiles![0]!.text;
  const found = refusedTexts(code);
  if (found.length > 0) throw new Error(`code.js contains ${found.join(' and ')}, which Figma refuses.`);
  return code;
}

/** The worker that does the pixel work, as the text of a classic script. */
export async function buildWorker(): Promise<string> {
  const result = await build({
    ...COMMON,
    entryPoints: ['src/pixels/worker/main.ts'],
    format: 'iife',
    target: 'es2020',
    minify: true,
  });
  return result.outputFiles![0]!.text;
}

interface Panel {
  readonly script: string;
  readonly style: string;
}

async function buildPanel(): Promise<Panel> {
  const result = await build({
    ...COMMON,
    entryPoints: ['src/ui/main.tsx'],
    outdir: DIST,
    format: 'iife',
    target: 'es2020',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.module.css': 'local-css', '.svg': 'text' },
  });
  const text = (ending: string): string => result.outputFiles!.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

/** Fills one `<!-- slot:name -->` of the template. Throws when the template lacks it. */
function fill(html: string, slot: string, content: string): string {
  const mark = `<!-- slot:${slot} -->`;
  if (!html.includes(mark)) throw new Error(`src/ui/index.html has no ${mark}.`);
  return html.replace(mark, () => content);
}

/** The whole panel as one HTML text; `weights` is base64 of the packed face network. */
export async function buildUi(weights: string): Promise<string> {
  const [template, panel, worker] = await Promise.all([
    readFile(join(ROOT, 'src/ui/index.html'), 'utf8'),
    buildPanel(),
    buildWorker(),
  ]);
  const tag = (id: string, content: string): string => `<script type="text/plain" id="${id}">${content}</script>`;
  let html = fill(template, 'style', `<style>${inlineStyle(panel.style)}</style>`);
  html = fill(html, 'worker', tag('pixel-worker', inlineScript(worker)));
  html = fill(html, 'weights', tag('face-weights', weights));
  return fill(html, 'script', `<script>${inlineScript(panel.script)}</script>`);
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
const gzipSize = (text: string): number => gzipSync(text, { level: 9 }).length;

/** Bytes of what the plugin ships; `weights` is the base64 that `ui` contains. */
export interface Shipped {
  readonly code: string;
  readonly ui: string;
  readonly weights: string;
}

/** One sentence for each budget that is passed. */
export function overBudget({ code, ui, weights }: Shipped): readonly string[] {
  const raw = Buffer.byteLength(code);
  const gzip = gzipSize(ui.replace(weights, ''));
  return [
    ...(raw > BUDGET.code ? [`code.js has ${kilobytes(raw)}: over its budget of ${kilobytes(BUDGET.code)}.`] : []),
    ...(gzip > BUDGET.uiWithoutWeightsGzip
      ? [
          `ui.html without the face weights has ${kilobytes(gzip)} gzip: over its budget of ${kilobytes(BUDGET.uiWithoutWeightsGzip)}.`,
        ]
      : []),
  ];
}

function printSizes({ code, ui, weights }: Shipped): void {
  const rows: readonly (readonly [string, string])[] = [
    ['code.js', code],
    ['ui.html', ui],
    ['ui.html without the face weights', ui.replace(weights, '')],
  ];
  for (const [name, text] of rows) {
    console.log(
      `${name.padEnd(34)} ${kilobytes(Buffer.byteLength(text)).padStart(10)} raw ${kilobytes(gzipSize(text)).padStart(10)} gzip`,
    );
  }
}

/** Builds into dist/. Throws one sentence when Figma would refuse the result or a budget is passed. */
export async function buildPlugin(): Promise<void> {
  const weights = Buffer.from(await packWeights()).toString('base64');
  const [code, ui] = await Promise.all([buildCode(), buildUi(weights)]);
  await mkdir(DIST, { recursive: true });
  await writeFile(join(DIST, 'code.js'), code);
  await writeFile(join(DIST, 'ui.html'), ui);
  const manifest: unknown = JSON.parse(await readFile(join(ROOT, 'manifest.json'), 'utf8'));
  const complaints = checkManifest(manifest, (file) => existsSync(join(ROOT, file)));
  if (complaints.length > 0) throw new Error(`manifest.json: ${complaints.join(' ')}`);
  printSizes({ code, ui, weights });
  const over = overBudget({ code, ui, weights });
  if (over.length > 0) throw new Error(over.join(' '));
}

/** Builds again whenever a source file changes; resolves to the function that stops it. */
export async function watchPlugin(onBuilt: (error: unknown) => void): Promise<() => Promise<void>> {
  let first = true;
  const again = {
    name: 'again',
    setup: (watched: { onEnd(done: () => void): void }) => {
      watched.onEnd(() => {
        // A watch begins with a build of what stands already.
        if (!first) void buildPlugin().then(() => onBuilt(null), onBuilt);
        first = false;
      });
    },
  };
  // This context only watches: what changes in any of the three bundles builds all of them anew.
  const watching = await context({
    ...COMMON,
    entryPoints: ['src/code/main.ts', 'src/ui/main.tsx', 'src/pixels/worker/main.ts'],
    outdir: DIST,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.module.css': 'local-css', '.svg': 'text' },
    plugins: [again],
  });
  await watching.watch();
  return () => watching.dispose();
}

if (basename(process.argv[1] ?? '') === 'build.ts') {
  try {
    await buildPlugin();
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : problem);
    process.exitCode = 1;
  }
}
