import { describe, expect, it } from 'vitest';
import { jobId } from '../../../src/core/ids';
import { makeTag, parseTag } from '../../../src/core/job/tag';
import { mint, mintJobId } from '../../../src/core/mint';

const id = jobId('0123456789abcdef');

describe('the tag in the file name', () => {
  it.each([
    ['Portrait', 'Portrait~0123456789ab-1.png'],
    ['Team photo / 3', 'Team-photo-3~0123456789ab-1.png'],
    ['Zoë Müller', 'Zoe-Muller~0123456789ab-1.png'],
    ['写真', 'picture~0123456789ab-1.png'],
    ['', 'picture~0123456789ab-1.png'],
    ['../../etc/passwd', 'etc-passwd~0123456789ab-1.png'],
    ['a"\r\nContent-Type: x', 'a-Content-Type-x~0123456789ab-1.png'],
    ['x'.repeat(100), `${'x'.repeat(40)}~0123456789ab-1.png`],
  ])('of a layer named %j is %s', (name, tag) => {
    expect(makeTag(name, id, 1, 'png')).toBe(tag);
  });

  it('is read back, with its attempt, and from a name that was changed around it', () => {
    expect(parseTag(makeTag('A~B-2', id, 12, 'jpeg'))).toEqual({ token: '0123456789ab', attempt: 12 });
    expect(parseTag('inputs/Portrait~0123456789ab-3_faces_v2.PNG')).toEqual({ token: '0123456789ab', attempt: 3 });
  });

  it.each(['IMG_0001.png', '', 'a~short-1.png', 'a~0123456789ABCDEF-1.png', 'a~0123456789ab.png'])(
    '%j is not one of ours',
    (name) => {
      expect(parseTag(name)).toBeNull();
    },
  );
});

describe('new ids', () => {
  it('use all letters and the whole range of chance', () => {
    expect(mint(() => 0, 3)).toBe('000');
    expect(mint(() => 0.999999, 3)).toBe('zzz');
    expect(new Set(Array.from({ length: 2000 }, () => mintJobId(Math.random))).size).toBe(2000);
    expect(mintJobId(Math.random)).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/);
  });
});
