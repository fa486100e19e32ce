/** What the service answers to what is wrong. Costs nothing; what is taken all the same is cancelled at once. */
import { cancel, ENHANCE, FACE_FIELDS, FACES, type Offer, offer, type Probe, whyNot } from './job';
import { multipart } from './multipart';
import type { QuestionId } from './questions';
import { NOBODY } from './reach';
import { isGood, jsonOf, memberOf, said } from './service';
import type { Heard } from './wire';

export async function askRefusals(probe: Probe): Promise<readonly Heard[]> {
  const { service, sheet } = probe;
  const heard: Heard[] = [];
  const expect = async (
    id: QuestionId,
    wanted: readonly number[],
    asked: Promise<Heard>,
    means: string,
  ): Promise<void> => {
    const answer = await asked;
    heard.push(answer);
    const is = answer.kind === 'answer' && wanted.includes(answer.status);
    sheet.answer(
      id,
      `${said(answer)}.`,
      is ? means : `Expected ${wanted.join(' or ')}: add it to src/core/job/failure.ts.`,
    );
  };
  const wrong = { key: 'no-such-key-0000' };
  await expect(
    'bad-key',
    [401],
    service.api('GET', '/account/v1/credits/balance', wrong),
    '“The key was not accepted.”',
  );
  await expect('no-key', [401], service.api('GET', '/account/v1/credits/balance', { key: null }), 'The same.');
  await badKeySubmit(probe);
  await expect(
    'unknown-status',
    [404],
    service.api('GET', `/image/v1/status/${NOBODY}`),
    'Three such and an empty list: the job is gone.',
  );
  await expect('unknown-link', [404], service.api('GET', `/image/v1/download/${NOBODY}`), 'The same.');
  await expect('unknown-cancel', [404], service.api('DELETE', `/image/v1/cancel/${NOBODY}`), 'The list decides.');
  await expect(
    'bad-id',
    [400, 404],
    service.api('GET', '/image/v1/status/not-an-id'),
    'Never asked: ids are checked first.',
  );
  await doubtful(probe, 'no-picture', FACES, FACE_FIELDS, null, [400, 422]);
  await doubtful(probe, 'not-picture', FACES, FACE_FIELDS, NO_PICTURE, [415, 400, 422]);
  await tooLarge(probe);
  await estimates(probe);
  await doubtful(
    probe,
    'enhance-there',
    ENHANCE,
    { model: 'Standard V2', output_format: 'png' },
    NO_PICTURE,
    [415, 400, 422],
  );
  return heard;
}

const NO_PICTURE = { name: 'no-picture.jpg', type: 'image/jpeg', bytes: Buffer.from('This is no picture.') };

async function badKeySubmit({ service, sheet, pictures }: Probe): Promise<void> {
  const { type, bytes } = multipart(FACE_FIELDS, pictures.dot);
  const heard = await service.api('POST', FACES, {
    headers: { 'Content-Type': type },
    body: bytes,
    key: 'no-such-key-0000',
  });
  const refused = heard.kind === 'answer' && heard.status === 401;
  sheet.answer(
    'bad-key-submit',
    `${said(heard)}.`,
    refused ? 'Parks; nothing was charged.' : 'Expected 401: see src/core/job/failure.ts.',
  );
}

async function doubtful(
  probe: Probe,
  id: QuestionId,
  path: string,
  fields: Readonly<Record<string, string>>,
  file: Parameters<typeof offer>[3],
  wanted: readonly number[],
): Promise<void> {
  const offered = await offer(probe, path, fields, file);
  probe.sheet.answer(id, await wordsOf(probe, offered), meansOf(offered, wanted));
}

async function wordsOf(probe: Probe, offered: Offer): Promise<string> {
  if (offered.kind !== 'taken') return whyNot(offered);
  const cancelled = await cancel(probe, offered.id);
  return `Taken, and then cancelled: ${said(cancelled)}.`;
}

function meansOf(offered: Offer, wanted: readonly number[]): string {
  if (offered.kind === 'taken') return 'It is the client that must refuse this: it does, before anything is sent.';
  if (offered.kind !== 'refused' || offered.heard.kind === 'silence') return 'Still open: the client works either way.';
  const { status } = offered.heard;
  if (status === 404 || status === 405) return 'There is nothing at this address: take it out (src/core/job/work.ts).';
  return wanted.includes(status)
    ? 'Final, nothing spent.'
    : `Expected ${wanted.join(' or ')}: add it to src/core/job/failure.ts.`;
}

const TOO_LARGE = 600_000_000;
/** Milliseconds: a service that looks at the length answers at once. */
const GLANCE = 8_000;

async function tooLarge({ service, sheet }: Probe): Promise<void> {
  const heard = await service.api('POST', FACES, {
    headers: { 'Content-Type': 'multipart/form-data; boundary=none' },
    announce: TOO_LARGE,
    patience: Math.min(GLANCE, service.pace.patience),
  });
  const early = heard.kind === 'answer';
  sheet.answer(
    'too-large',
    early ? `${said(heard)}, from the announced length.` : 'No answer to the announced length alone.',
    early && heard.status === 413
      ? '“Too large”, before a byte is sent.'
      : 'The upload would go out in vain; pictures in Figma stay far below.',
  );
}

async function estimates({ service, sheet }: Probe): Promise<void> {
  const ask = (path: string, body: Readonly<Record<string, unknown>>): Promise<Heard> =>
    service.api('POST', path, {
      headers: { 'Content-Type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
    });
  const size = { input_width: 512, input_height: 600 };
  const tell = (id: QuestionId, heard: Heard): void => {
    const body = jsonOf(heard);
    const words = `${String(memberOf(body, 'credits'))} credits, ${String(memberOf(body, 'duration'))} s`;
    sheet.answer(
      id,
      isGood(heard) ? `Yes: ${words}.` : `No: ${said(heard)}.`,
      isGood(heard)
        ? 'Could confirm the price on the button; the table stays the rule.'
        : 'The price comes from the table (src/core/money/price.ts), as now.',
    );
  };
  tell('estimate-faces', await ask('/image/v1/estimate-gen', { category: 'Restore', model: 'Faces', ...size }));
  tell('estimate-enhance', await ask('/image/v1/estimate', { category: 'Enhance', model: 'Standard V2', ...size }));
}
