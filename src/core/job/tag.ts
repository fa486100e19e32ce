/**
 * The upload's file name carries the job's token, so that a job whose answer was lost can be found in the service's
 * list: `<layer name>~<12 characters of the id>-<attempt>.<png|jpg>`. A tag belongs to one attempt and is never used
 * twice: with one tag a job, an old failed attempt would be taken for the new one and paid again.
 */
import type { JobId } from '../ids';

const TOKEN_LENGTH = 12;
const NAME_LENGTH = 40;

/** The part of a tag that all attempts of a job share. */
export function token(id: JobId): string {
  return id.slice(0, TOKEN_LENGTH);
}

/** `attempt` counts from 1. The layer's name is cut to 40 plain letters, digits and hyphens. */
export function makeTag(layerName: string, id: JobId, attempt: number, format: 'png' | 'jpeg'): string {
  return `${cleaned(layerName)}~${token(id)}-${attempt}.${format === 'png' ? 'png' : 'jpg'}`;
}

export interface Tag {
  readonly token: string;
  readonly attempt: number;
}

/** Reads a tag back, also from a name that the service has put something before or behind. Null: not one of ours. */
export function parseTag(fileName: string): Tag | null {
  const match = /~([0-9a-z]{12})-(\d{1,4})(?!\d)/.exec(fileName);
  return match === null ? null : { token: match[1]!, attempt: Number(match[2]) };
}

/** The number in a tag of ours, by which its job is known again in the list; 0 when there is none. */
export function attemptOf(tag: string): number {
  return parseTag(tag)?.attempt ?? 0;
}

/** Plain ASCII letters and digits: what any server's file system takes as it is. */
function cleaned(layerName: string): string {
  const plain = layerName
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, NAME_LENGTH)
    .replace(/-+$/, '');
  return plain === '' ? 'picture' : plain;
}
