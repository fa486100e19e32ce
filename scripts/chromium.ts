/**
 * Finds a Chromium, Chrome or Edge for the tests and the demo, and installs one when there is none:
 * Debian's package when root on Debian, Playwright's build otherwise.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir, platform, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Names one browser by hand: `CHROMIUM_PATH=/path/to/chrome npm test`. */
const VARIABLES = ['CHROMIUM_PATH', 'CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'];

/** The first is the same browser without windows of its own: two thirds of the processor time in the tests. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
];

function usualPlaces(): string[] {
  switch (platform()) {
    case 'darwin':
      return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
        ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) =>
          join(folder, `${name}.app/Contents/MacOS/${name}`),
        ),
      );
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
        const folder = process.env[name];
        if (folder === undefined) return [];
        return [
          'Google/Chrome/Application/chrome.exe',
          'Chromium/Application/chrome.exe',
          'Microsoft/Edge/Application/msedge.exe',
        ].map((file) => join(folder, file));
      });
    default: {
      const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
      return NAMES.flatMap((name) => folders.filter((folder) => folder !== '').map((folder) => join(folder, name)));
    }
  }
}

function playwrightsOwn(): string | null {
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? path : null;
}

/** Path of an installed browser, or null. A path given by hand is taken as it is and must exist. */
export function findChromium(): string | null {
  for (const name of VARIABLES) {
    const given = process.env[name];
    if (given === undefined || given === '') continue;
    if (!existsSync(given)) throw new Error(`${name} names ${given}, but there is no such file.`);
    return given;
  }
  return usualPlaces().find((path) => existsSync(path)) ?? playwrightsOwn();
}

const isDebian = (): boolean =>
  existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));

/** Installs a browser. Throws one sentence that says what to do by hand when it cannot. */
function install(): string {
  const isRoot = platform() === 'linux' && userInfo().uid === 0;
  if (isRoot && isDebian()) {
    console.log('No Chromium found: installing the package "chromium" with apt-get.');
    const quiet = {
      stdio: ['ignore', 'ignore', 'inherit'] as const,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    spawnSync('apt-get', ['update', '-qq'], { ...quiet, stdio: [...quiet.stdio] });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      ...quiet,
      stdio: [...quiet.stdio],
    });
  } else {
    console.log("No Chromium, Chrome or Edge found: installing Playwright's Chromium (a download of about 150 MB).");
    try {
      execFileSync(process.execPath, [join('node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium'], {
        stdio: 'inherit',
      });
    } catch {
      // Said below in one sentence, with what to do; the installer has printed its own reason.
    }
  }
  const found = findChromium();
  if (found !== null) return found;
  throw new Error(
    'No Chromium, Chrome or Edge was found and none could be installed. Install one, or set CHROMIUM_PATH to its program file, and run this again.',
  );
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless browser with a fresh profile. Close it when done. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium() ?? install(), headless: true, args: FLAGS });
}

/** Makes sure that a browser is there before tests that need one start, so that they do not install it side by side. */
export function ensureChromium(): string {
  return findChromium() ?? install();
}
