/** Jobs of the probe's own: handed in within the purse, looked at, waited for, cancelled. */
import type { RgbaImage } from '../../src/pixels/image';
import { type FormFile, multipart } from './multipart';
import type { Purse } from './purse';
import type { QuestionId } from './questions';
import { isGood, jsonOf, memberOf, type Service, said } from './service';
import type { Sheet } from './sheet';
import type { Ask, Heard } from './wire';

export interface Picture extends FormFile {
  readonly width: number;
  readonly height: number;
}

export interface Pictures {
  /** A portrait, with its pixels and the hand-checked box of its face. */
  readonly face: Picture & {
    readonly image: RgbaImage;
    readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  };
  /** No face in it. */
  readonly coffee: Picture;
  readonly webp: Picture;
  readonly dot: Picture;
  /** Lies on its side, with the EXIF orientation that turns it upright; `width` and `height` as stored. */
  readonly turned: Picture;
}

export interface Probe {
  readonly service: Service;
  readonly sheet: Sheet;
  readonly purse: Purse;
  readonly pictures: Pictures;
  /** A file name that no other upload has, as the client makes them. */
  readonly newTag: (name: string, format: 'png' | 'jpeg') => string;
  /** Unix milliseconds. */
  readonly clock: () => number;
  /** Process ids of all jobs so far, oldest first. */
  readonly started: string[];
}

export const FACES = '/image/v1/restore-gen/async';
export const ENHANCE = '/image/v1/enhance/async';

/** The client's own fields, with the model's defaults. */
export const FACE_FIELDS = {
  model: 'Faces',
  strength: '0.8',
  noise_sigma: '0.015',
  blur_sigma: '0.4',
  noise_seed: '1',
  output_format: 'png',
} as const;

export type Offer =
  /** Nothing was sent: it might have cost more than was announced. */
  | { readonly kind: 'withheld' }
  | { readonly kind: 'refused'; readonly heard: Heard }
  /** Nobody knows whether there is a job. */
  | { readonly kind: 'open'; readonly heard: Heard }
  | { readonly kind: 'taken'; readonly heard: Heard; readonly id: string; readonly status: unknown };

/** Answers after which there is surely no job. */
const REFUSALS = [400, 401, 402, 403, 404, 405, 411, 412, 413, 415, 422, 425, 429, 501];

type HowSent = Pick<Ask, 'chunked' | 'drop'> & { readonly key?: string };

/** Hands a picture in, once. Reserves a credit before, and stops what turns out to cost more. */
export async function offer(
  probe: Probe,
  path: string,
  fields: Readonly<Record<string, string>>,
  file: FormFile | null,
  how: HowSent = {},
): Promise<Offer> {
  const { service, purse, started } = probe;
  if (!purse.take(1)) return { kind: 'withheld' };
  const { type, bytes } = multipart(fields, file);
  const heard = await service.api('POST', path, { headers: { 'Content-Type': type }, body: bytes, ...how });
  if (heard.kind === 'answer' && REFUSALS.includes(heard.status)) {
    purse.giveBack(1);
    return { kind: 'refused', heard };
  }
  const id = memberOf(jsonOf(heard), 'process_id');
  if (!isGood(heard) || typeof id !== 'string' || !/^[\w-]{1,100}$/.test(id)) return { kind: 'open', heard };
  started.push(id);
  const status = await statusOf(probe, id);
  const price = memberOf(status, 'credits');
  if (typeof price === 'number' && price > 1 && !purse.take(Math.ceil(price) - 1)) {
    await cancel(probe, id);
    purse.close();
  }
  return { kind: 'taken', heard, id, status };
}

/** The status's JSON, or undefined. */
export async function statusOf({ service }: Probe, id: string): Promise<unknown> {
  const heard = await service.api('GET', `/image/v1/status/${id}`);
  return isGood(heard) ? jsonOf(heard) : undefined;
}

export const cancel = ({ service }: Probe, id: string): Promise<Heard> =>
  service.api('DELETE', `/image/v1/cancel/${id}`);

export const phaseOf = (status: unknown): string => String(memberOf(status, 'status') ?? 'unreadable');

export const isOver = (status: unknown): boolean => ['Completed', 'Cancelled', 'Failed'].includes(phaseOf(status));

/** Looks until `enough` or the end, at most as long as a job is waited for; resolves to the last status. */
export async function watch(
  probe: Probe,
  id: string,
  onLook: (status: unknown) => void,
  enough: (status: unknown) => boolean = isOver,
): Promise<unknown> {
  const { service } = probe;
  const until = performance.now() + service.pace.job;
  for (;;) {
    const status = await statusOf(probe, id);
    onLook(status);
    if (enough(status) || isOver(status) || performance.now() > until) return status;
    await service.sleep(service.pace.look);
  }
}

export interface Account {
  readonly available: number;
  readonly reserved: number;
  readonly total: number;
}

/** Null when it cannot be read. The purse sees it too. */
export async function accountOf({ service, purse }: Probe): Promise<Account | null> {
  const body = jsonOf(await service.api('GET', '/account/v1/credits/balance'));
  const number = (name: string): number | null => {
    const value = memberOf(body, name);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  const available = number('available_credits');
  if (available === null) return null;
  const reserved = number('reserved_credits') ?? 0;
  const total = number('total_credits') ?? available + reserved;
  purse.see(total);
  return { available, reserved, total };
}

export const accountWords = (account: Account | null): string =>
  account === null
    ? 'unreadable'
    : `${account.available} available, ${account.reserved} reserved, ${account.total} in all`;

/** Why an experiment has no answer, in a sentence. */
export function whyNot(offered: Offer): string {
  switch (offered.kind) {
    case 'withheld':
      return 'Not asked: it could have cost more than was announced.';
    case 'refused':
      return `Refused: ${said(offered.heard)}.`;
    case 'open':
      return `The submit was answered with ${said(offered.heard)}: not sent again.`;
    case 'taken':
      return 'Taken.';
  }
}

/** The same reason for several questions. */
export function giveUp({ sheet }: Probe, ids: readonly QuestionId[], offered: Offer): void {
  for (const id of ids) sheet.answer(id, whyNot(offered), 'Still open: the client works either way.');
}
