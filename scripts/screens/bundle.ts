/** The page of `page.ts` as one HTML text. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export async function bundleScreens(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['scripts/screens/page.ts'],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.module.css': 'local-css', '.jpg': 'dataurl', '.png': 'dataurl' },
  });
  const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return `<!doctype html><html lang="en"><style>${text('.css')}</style><div id="panel"></div><script>${text('.js').replace(/<\/script/g, '<\\/script')}</script></html>`;
}
