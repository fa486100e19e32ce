/** Puts ONNX Runtime where the engine's `--model` looks for it: the tests need it, the plain install does not. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RUNTIME_COMMAND } from '../engine/neural/fault';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(ROOT, 'engine', 'neural', 'runtime');
const PACKAGE = 'node_modules/onnxruntime-web';

/** The version that a lock file names; null without one. npm writes the installed one last, so it is there when all is. */
function versionIn(...lock: readonly string[]): string | null {
  try {
    const { packages } = JSON.parse(readFileSync(join(FOLDER, ...lock), 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly version?: string }>>;
    };
    return packages[PACKAGE]?.version ?? null;
  } catch {
    return null;
  }
}

/** Throws one sentence when the package registry cannot be reached or what it gives cannot be installed. */
export function ensureOnnxRuntime(): void {
  const wanted = versionIn('package-lock.json');
  if (wanted !== null && versionIn('node_modules', '.package-lock.json') === wanted) return;
  console.log(`Adding ONNX Runtime for the tests of --model: ${RUNTIME_COMMAND}`);
  const words = RUNTIME_COMMAND.split(' ').slice(1);
  // Under npm its own program is known; elsewhere it is looked for by name.
  const npm = process.env['npm_execpath'];
  const options = { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'] };
  const { status } =
    npm === undefined || !/\.c?js$/.test(npm)
      ? spawnSync('npm', words, { ...options, shell: process.platform === 'win32' })
      : spawnSync(process.execPath, [npm, ...words], options);
  if (status === 0 && versionIn('node_modules', '.package-lock.json') === wanted) return;
  throw new Error(
    `ONNX Runtime, which the tests of --model need, could not be installed: is the package registry within reach? Run "${RUNTIME_COMMAND}" and then this again.`,
  );
}
