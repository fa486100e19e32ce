import { expect, test } from 'vitest';
import { lateStudio } from '../../src/pixels/lateStudio';
import type { Studio } from '../../src/pixels/studio';

function workshop() {
  const asked: string[] = [];
  let made = 0;
  const studio = new Proxy({} as Studio, {
    get:
      (_, name: string) =>
      (...given: readonly unknown[]) => {
        asked.push(`${name} ${given.length}`);
        return Promise.resolve(name);
      },
  });
  const late = lateStudio(() => {
    made += 1;
    return studio;
  });
  return { late, asked, made: () => made };
}

test('nothing is set up before it is needed', () => {
  const { late, made } = workshop();
  late.close(1);
  expect(made()).toBe(0);
  late.begin();
  expect(made()).toBe(1);
});

test('everything is handed on to the one studio', async () => {
  const { late, asked, made } = workshop();
  const never = new AbortController().signal;
  expect(await late.bitmap(1, 2)).toBe('bitmap');
  await late.open(new Uint8Array(), never);
  await late.faces(1, never);
  await late.preview(1, [], 2);
  await late.encode(1, 'baked', [], never);
  late.begin();
  late.close(1);
  expect(asked).toEqual(['bitmap 2', 'open 2', 'faces 2', 'preview 3', 'encode 4', 'close 1']);
  expect(made()).toBe(1);
});
