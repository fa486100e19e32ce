/** A finished job's links and the file behind them: host, CORS, range, size, and where the pixels lie. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodePicture } from '../../engine/picture/decode';
import { sniff } from '../../src/core/picture/format';
import { isReadable } from './frame';
import type { Pictures, Probe } from './job';
import { compare, shiftWords } from './pixels';
import { isGood, jsonOf, memberOf, said } from './service';

const MANIFEST = join(fileURLToPath(new URL('../..', import.meta.url)), 'manifest.json');

/** The bytes; null when they cannot be had. */
export async function fileOf(
  probe: Probe,
  id: string,
  status: unknown,
  face: Pictures['face'],
): Promise<Uint8Array | null> {
  const { service, sheet } = probe;
  const asked = await service.api('GET', `/image/v1/download/${id}`);
  const link = memberOf(jsonOf(asked), 'download_url');
  if (typeof link !== 'string' || !URL.canParse(link)) return null;
  const { origin } = new URL(link);
  const allowed = allowedBy(domains(), origin);
  sheet.answer(
    'link-host',
    `${origin}; ${allowed === null ? 'not allowed' : `allowed by ${allowed}`}.`,
    allowed === null
      ? `Add ${origin} to allowedDomains in manifest.json.`
      : 'The other storage hosts in allowedDomains can go.',
  );
  const got = await service.link('GET', link);
  sheet.answer(
    'link-cors',
    got.kind === 'answer' ? `${isReadable(got) ? 'Yes' : 'No'}: ${got.status}.` : `${said(got)}.`,
    got.kind === 'answer' && isReadable(got)
      ? 'As needed.'
      : 'Results need a relay (docs/relay.md), whatever the API allows.',
  );
  await tellLink(probe, link, memberOf(jsonOf(asked), 'head_url'), memberOf(jsonOf(asked), 'expiry'));
  if (!isGood(got)) return null;
  await tellPixels(probe, got.bytes, status, face);
  return got.bytes;
}

function domains(): readonly string[] {
  const { networkAccess } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as {
    readonly networkAccess: {
      readonly allowedDomains: readonly string[];
      readonly devAllowedDomains: readonly string[];
    };
  };
  return [...networkAccess.allowedDomains, ...networkAccess.devAllowedDomains];
}

/** The entry that lets a page reach this origin; null when none does. `*.` stands for any number of labels (CSP). */
export function allowedBy(entries: readonly string[], origin: string): string | null {
  const { protocol, hostname, port } = new URL(origin);
  const fits = (entry: string): boolean => {
    const [, scheme, name = '', its = ''] = /^(\w+:)\/\/([^:/]+)(?::(\d+))?/.exec(entry) ?? [];
    if (scheme !== protocol || its !== port) return false;
    return name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : hostname === name;
  };
  return entries.find(fits) ?? null;
}

async function tellLink(
  { service, sheet, clock }: Probe,
  link: string,
  headLink: unknown,
  expiry: unknown,
): Promise<void> {
  const spoiled = await service.link(
    'GET',
    link.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
  );
  const readable = spoiled.kind === 'answer' && isReadable(spoiled);
  sheet.answer(
    'link-error',
    `${said(spoiled)}${spoiled.kind === 'answer' ? `, ${readable ? 'readable' : 'not readable'}` : ''}.`,
    'Any failure of a link ends in a new link.',
  );
  const left = typeof expiry === 'number' ? expiry - clock() / 1000 : null;
  sheet.answer(
    'link-expiry',
    left === null
      ? `Not told as a number (${JSON.stringify(expiry)}).`
      : `${Math.round(left / 60)} min by its own word.`,
    'Links are used at once and never stored.',
  );
  const head = typeof headLink === 'string' && URL.canParse(headLink) ? await service.link('HEAD', headLink) : null;
  sheet.answer('link-head', head === null ? 'There is none.' : `${said(head)}.`, 'Not used by the client.');
  const part = await service.link('GET', link, { Range: 'bytes=0-99' });
  const partial = part.kind === 'answer' && part.status === 206;
  sheet.answer(
    'link-range',
    partial
      ? `Yes: 206, ${part.bytes.length} bytes.`
      : part.kind === 'answer'
        ? `No: ${part.status}, ${part.bytes.length} bytes.`
        : `${said(part)}.`,
    partial ? 'A cut download could be gone on with.' : 'A cut download begins again, as now.',
  );
}

async function tellPixels({ sheet }: Probe, bytes: Uint8Array, status: unknown, face: Pictures['face']): Promise<void> {
  const format = sniff(bytes);
  sheet.answer(
    'output-format',
    `It is ${format}.`,
    format === 'png' ? 'Damage shows in its checksums.' : 'Damage cannot be seen: see src/api/verify.ts.',
  );
  const decoded = await decodePicture(bytes);
  const told = `${String(memberOf(status, 'output_width'))} x ${String(memberOf(status, 'output_height'))}`;
  if (!decoded.ok) {
    sheet.answer('output-size', `The status says ${told}; the file cannot be decoded.`, 'Refused by the client.');
    return;
  }
  const { image } = decoded.value;
  const times = image.width / face.image.width;
  sheet.answer(
    'output-size',
    `The status says ${told}, the file is ${image.width} x ${image.height}: ${times === 1 ? 'the input’s' : `${times} times the input’s`}.`,
    times === 1
      ? 'Price and overlay are as reckoned.'
      : 'The price goes by this size: mend the price before (src/core/money/price.ts).',
  );
  sheet.answer('shift', await shiftWords(face, image), 'Over half a pixel is corrected or refused.');
  const { outside, inside } = compare(face, image);
  sheet.answer('outside-faces', `${outside}.`, 'Only the faces are taken over either way.');
  sheet.answer('inside-faces', `${inside}.`, 'For comparison with the line above.');
}
