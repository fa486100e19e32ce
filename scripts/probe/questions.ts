/** Every open question about the live service that needs no Figma, in the order of the table, and how it is asked. */

export interface Question {
  readonly topic: string;
  readonly question: string;
  readonly how: string;
}

const reach = 'Reach and CORS';
const refusals = 'Refusals';
const job = 'One job';
const result = 'The result';
const list = 'The list';
const again = 'Again and without a face';
const stops = 'Stopping and losing';
const input = 'What it takes';
const end = 'Afterwards';

const asked = <Id extends string>(
  questions: Readonly<Record<Id, readonly [topic: string, question: string, how: string]>>,
): Readonly<Record<Id, Question>> =>
  Object.fromEntries(
    Object.entries(questions).map(([id, words]) => {
      const [topic, question, how] = words as readonly [string, string, string];
      return [id, { topic, question, how }];
    }),
  ) as Readonly<Record<Id, Question>>;

export const QUESTIONS = asked({
  'cors-read': [reach, 'May a frame without an origin read answers?', 'balance, with Origin: null'],
  'cors-preflight-read': [reach, 'May it send the key with a reading?', 'preflight of the balance'],
  'cors-preflight-submit': [reach, 'May it send the key with an upload?', 'preflight of the submit'],
  'cors-preflight-cancel': [reach, 'May it cancel?', 'preflight of DELETE cancel'],
  'cors-error': [reach, 'May it read errors?', 'an unknown job and a wrong key, with Origin: null'],
  'preflight-age': [reach, 'How long does a preflight hold?', 'Access-Control-Max-Age of the preflights'],
  exposed: [reach, 'Which headers may it read?', 'Access-Control-Expose-Headers of all answers so far'],
  'extra-header': [reach, 'Would it take an Idempotency-Key?', 'preflight of the submit with that header'],
  'http-version': [reach, 'Which HTTP version?', 'what TLS agrees on'],
  balance: [reach, 'Is the balance as documented?', 'balance'],
  'rate-headers': [reach, 'Does it tell its rate limit?', 'header names of all answers so far'],
  burst: [reach, 'Does it refuse twenty readings at once?', '20 balances at once'],
  clock: [reach, 'How far is its clock from this one?', 'the Date header'],

  'bad-key': [refusals, 'What does a wrong key get?', 'balance with a made-up key'],
  'no-key': [refusals, 'And no key at all?', 'balance without the header'],
  'bad-key-submit': [refusals, 'And an upload with a wrong key?', 'a small picture with a made-up key'],
  'unknown-status': [refusals, 'What does an unknown job get?', 'status of a new UUID'],
  'unknown-link': [refusals, 'And its link?', 'download of a new UUID'],
  'unknown-cancel': [refusals, 'And its cancellation?', 'cancel of a new UUID'],
  'bad-id': [refusals, 'And what is no UUID?', 'status of "not-an-id"'],
  'no-picture': [refusals, 'A submit without a picture?', 'the fields alone'],
  'not-picture': [refusals, 'A file that is no picture?', 'some text as JPEG'],
  'too-large': [refusals, 'An upload of 600 MB?', 'its length announced, nothing of it sent'],
  'estimate-faces': [refusals, 'Does the estimate know Faces?', 'POST estimate-gen, 512 x 600'],
  'estimate-enhance': [refusals, 'Does it know the enhancement?', 'POST estimate, Standard V2, 512 x 600'],
  'enhance-there': [refusals, 'Is the enhancement at its address?', 'some text as JPEG to enhance/async'],

  submit: [job, 'What does an accepted upload answer?', 'a portrait of 512 x 600, model Faces'],
  'cors-submit': [job, 'May the frame read that answer, and its headers?', 'the same answer'],
  'name-echo': [job, "Is the upload's file name given back?", 'status of the job'],
  'list-lag': [job, 'How soon is it in the list?', 'the list at once and again until it is there'],
  price: [job, 'What price does it say?', 'credits in the status'],
  eta: [job, 'Is its estimate of use?', 'eta beside creation_time and the time it took'],
  progress: [job, 'How does progress move?', 'status once a second'],
  'early-link': [job, 'What does a link that is not ready get?', 'download right after the acceptance'],
  'charge-timing': [job, 'When do credits move?', 'balance before, accepted, completed, and 15 s later'],
  'cancel-late': [job, 'What does a cancellation after the end get?', 'cancel of the completed job'],

  'output-size': [result, "Has the result the input's size?", 'status and the file itself'],
  'output-format': [result, 'Is output_format=png kept to?', 'the first bytes of the file'],
  'link-host': [result, 'Which host serves results, and does manifest.json allow it?', 'download_url'],
  'link-cors': [result, 'May a frame without an origin read the file?', 'GET with Origin: null'],
  'link-error': [
    result,
    'What does a spoiled link get, and may the frame read it?',
    'the link with one letter changed',
  ],
  'link-expiry': [result, 'How long does a link live?', 'expiry beside the clock'],
  'link-head': [result, 'Does head_url work?', 'HEAD head_url'],
  'link-range': [result, 'Can a part be fetched?', 'GET with Range: bytes=0-99'],
  shift: [result, 'Does the result lie on the picture?', "the client's own measurement"],
  'outside-faces': [result, 'Are pixels outside the face changed?', 'compared far from the face'],
  'inside-faces': [result, 'How much does the face change?', 'compared inside the face'],
  'input-bytes': [result, 'Is the input given back byte for byte?', 'download/input, SHA-256'],

  resend: [again, 'Is a second submit of the same name and bytes a second job?', 'the same upload again'],
  'same-seed': [again, 'Same seed, same pixels?', 'both results compared'],
  'no-face': [again, 'What does a picture without a face get?', 'a cup of coffee'],
  'no-face-charge': [again, 'And is it charged?', 'its status, and the balance'],
  'reference-link': [again, 'Does reference_uri take an https link?', "a link of the service's own to the portrait"],
  'reference-data': [again, 'Does it take a data: address?', 'a small JPEG as data:'],

  chunked: [stops, 'Does it take an upload whose length is not announced?', 'Transfer-Encoding: chunked'],
  'cancel-pending': [stops, 'Can a job be cancelled at once, and is it charged?', 'submit, then cancel'],
  'cancel-running': [stops, 'And while it is Processing?', 'submit, wait for Processing, cancel'],
  dropped: [stops, 'Is an upload taken whose connection drops before the answer?', 'dropped after the last byte'],
  'dropped-lag': [stops, 'How late may it turn up?', 'the list for up to 120 s'],

  'bad-number': [input, 'What does strength=7 get?', 'submit with it'],
  'bad-model': [input, 'What does an unknown model get?', 'submit with model=NoSuchModel'],
  webp: [input, 'Does it take WebP?', 'a small WebP'],
  'one-pixel': [input, 'Does it take one pixel?', 'a PNG of 1 x 1'],
  turned: [input, 'Does it turn a JPEG upright?', 'width and height in the status of a JPEG with EXIF orientation 6'],
  enhance: [input, 'Does it enhance, in the size that is asked for?', 'Standard V2, the portrait at 600 x 703'],

  'list-shape': [list, 'Is the plain list an array, the paged one not?', 'both'],
  'list-order': [list, 'In what order?', 'creation_time of the whole list'],
  'list-pages': [list, 'Do cursors lead on?', 'limit=1, then its cursor'],
  'list-limit': [list, 'What does limit=101 get?', 'the list with it'],
  'list-cursor': [list, 'What does a made-up cursor get?', 'the list with it'],
  'list-oldest': [list, 'How far does the list reach back?', 'its oldest job'],

  delete: [end, 'Does deleting a job delete its files?', 'DELETE status of the cancelled job, then its links'],
  total: [end, 'What did the probe cost?', 'the statuses of its jobs, and the balance'],
  'no-credits': [end, 'What do missing credits get?', 'not asked'],
  'no-plan': [end, 'And a missing plan, or a key without rights (403)?', 'not asked'],
  'too-early': [end, 'When does 425 come?', 'not asked'],
  retention: [end, 'Are files gone after 7 days?', 'not asked'],
  'browser-resend': [end, 'Does a browser send an upload twice by itself?', 'not asked'],
});

export type QuestionId = keyof typeof QUESTIONS;

/** What needs an account, a week or a browser that the probe does not have. */
export const UNASKED: Readonly<Partial<Record<QuestionId, readonly [why: string, means: string]>>> = {
  'no-credits': ['Needs an account without credits.', 'The client parks the job and says that nothing was charged.'],
  'no-plan': ['Needs another account.', 'The client parks the job and names what is missing.'],
  'too-early': [
    'Comes only while an order for credits is under way.',
    'The client waits up to 10 minutes and tries again.',
  ],
  retention: ['Needs a week.', 'After 6.5 days the client asks the user and does not send again.'],
  'browser-resend': [
    'Needs a browser and a connection that drops at the right moment.',
    'The client looks for twins in the list after every submit.',
  ],
};
