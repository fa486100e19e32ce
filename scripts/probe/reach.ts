/** Whether a plugin's frame can talk to the service at all: CORS, headers, limits, clock. Costs nothing. */
import { connect } from 'node:tls';
import { canReadHeader, isReadable, listed, preflightFault } from './frame';
import { FACES, type Probe } from './job';
import type { QuestionId } from './questions';
import { isGood, jsonOf, memberOf, type Service, said } from './service';
import type { Answer, Heard } from './wire';

const BALANCE = '/account/v1/credits/balance';
/** A version 4 UUID that no job has. */
export const NOBODY = '3b9f0c52-6e1d-4a77-9c41-0d5b8e2f7a16';

export async function askReach(probe: Probe): Promise<void> {
  const { service, sheet } = probe;
  const balance = await service.api('GET', BALANCE);
  sheet.answer('cors-read', readable(balance), meansOfReading(balance));
  sheet.answer('balance', balanceWords(balance), 'The key test in Settings and the balance beside the button.');
  sheet.answer(
    'clock',
    clockWords(balance, probe.clock()),
    'Nothing: the client never uses the service’s clock as its own.',
  );
  await preflights(probe);
  await errors(probe);
  sheet.answer(
    'http-version',
    await versionOf(service),
    'Over HTTP/2 an upload’s progress proves nothing: the client relies on the list anyway.',
  );
  await burst(probe);
}

/** Called again when there are answers of other kinds. */
export function tellHeaders({ service, sheet }: Probe, answers: readonly Heard[]): void {
  const exposed = new Set(
    answers.flatMap((heard) => (heard.kind === 'answer' ? listed(heard.headers['access-control-expose-headers']) : [])),
  );
  const told = exposed.size === 0 ? 'none beyond the usual seven' : [...exposed].sort().join(', ');
  const retry = exposed.has('retry-after') || exposed.has('*');
  const wait = retry ? 'Waits follow Retry-After.' : 'Retry-After stays unreadable: waits are the client’s own.';
  sheet.answer('exposed', told, wait);
  const names = [...service.headerNames()].filter((name) => /rate-?limit|retry-after|quota|throttl/.test(name)).sort();
  sheet.answer(
    'rate-headers',
    names.length === 0 ? 'No such header.' : names.join(', '),
    names.length === 0
      ? 'The client finds the limit by itself: 2 jobs, up to 6, halved at 429.'
      : 'Could replace the search for the limit (src/api/gate.ts).',
  );
}

function readable(heard: Heard): string {
  if (heard.kind === 'silence') return said(heard);
  const allowed = heard.headers['access-control-allow-origin'] ?? 'no Access-Control-Allow-Origin';
  return `${isReadable(heard) ? 'Yes' : 'No'}: ${heard.status}, ${allowed}.`;
}

const meansOfReading = (heard: Heard): string =>
  heard.kind === 'answer' && isReadable(heard)
    ? 'The panel reaches the service itself.'
    : 'The panel needs a relay: make it the first choice of the first run (src/ui/views).';

function balanceWords(heard: Heard): string {
  if (!isGood(heard)) return `${said(heard)}.`;
  const names = ['available_credits', 'reserved_credits', 'total_credits'];
  const body = jsonOf(heard);
  const missing = names.filter((name) => typeof memberOf(body, name) !== 'number');
  const values = names.map((name) => `${name} ${String(memberOf(body, name))}`);
  return missing.length === 0 ? `Yes: ${values.join(', ')}.` : `No: ${missing.join(', ')} missing or no number.`;
}

function clockWords(heard: Heard, now: number): string {
  const date = heard.kind === 'answer' ? Date.parse(heard.headers['date'] ?? '') : Number.NaN;
  if (Number.isNaN(date)) return heard.kind === 'answer' ? 'No Date header.' : `${said(heard)}.`;
  const apart = Math.round((date - now) / 1000);
  return `${Math.abs(apart)} s ${apart < 0 ? 'behind' : 'ahead'}, to the second.`;
}

async function preflights({ service, sheet }: Probe): Promise<void> {
  const ask = (path: string, method: string, headers = 'x-api-key'): Promise<Heard> =>
    service.api('OPTIONS', path, {
      headers: { 'Access-Control-Request-Method': method, 'Access-Control-Request-Headers': headers },
    });
  const ages: string[] = [];
  const tell = (id: QuestionId, heard: Heard, method: string, otherwise: string): void => {
    if (heard.kind === 'answer') ages.push(heard.headers['access-control-max-age'] ?? 'none');
    const fault = heard.kind === 'silence' ? said(heard) : preflightFault(heard, method, 'x-api-key');
    sheet.answer(id, fault === null ? 'Yes.' : `No: ${fault}.`, fault === null ? 'As needed.' : otherwise);
  };
  const relay = 'The panel needs a relay (docs/relay.md).';
  tell('cors-preflight-read', await ask(BALANCE, 'GET'), 'GET', relay);
  tell('cors-preflight-submit', await ask(FACES, 'POST'), 'POST', relay);
  const cancelling = await ask(`/image/v1/cancel/${NOBODY}`, 'DELETE');
  tell(
    'cors-preflight-cancel',
    cancelling,
    'DELETE',
    'Say in the panel that a job cannot be cancelled, or use a relay.',
  );
  sheet.answer(
    'preflight-age',
    ages.length === 0 ? 'No preflight was answered.' : `${[...new Set(ages)].join(', ')} (seconds).`,
    'Short ones double the requests; nothing depends on it.',
  );
  const extra = await ask(FACES, 'POST', 'x-api-key,idempotency-key');
  const fault = extra.kind === 'silence' ? said(extra) : preflightFault(extra, 'POST', 'idempotency-key');
  sheet.answer(
    'extra-header',
    fault === null ? 'The preflight lets it through; whether it has an effect is not said.' : `No: ${fault}.`,
    fault === null ? 'Ask the vendor; the client sends none.' : 'It must never be sent: the upload would fail.',
  );
}

async function errors({ service, sheet }: Probe): Promise<void> {
  const unknown = await service.api('GET', `/image/v1/status/${NOBODY}`);
  const refused = await service.api('GET', BALANCE, { key: 'no-such-key-0000' });
  const parts = [unknown, refused].map((heard) =>
    heard.kind === 'answer' ? `${heard.status} ${isReadable(heard) ? 'readable' : 'not readable'}` : said(heard),
  );
  const all = [unknown, refused].every((heard) => heard.kind === 'answer' && isReadable(heard));
  sheet.answer(
    'cors-error',
    `${parts.join(', ')}.`,
    all
      ? 'Errors are named as what they are.'
      : 'Those errors look like a lost connection: the sentence for it has to fit both.',
  );
}

/** What the two ends agree on where both speak HTTP/2 and 1.1. */
async function versionOf({ address }: Service): Promise<string> {
  const { protocol, hostname, port } = new URL(address);
  if (protocol === 'http:') return 'HTTP/1.1 (without TLS nothing else is offered).';
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname,
      port: Number(port || 443),
      servername: hostname,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    const end = (words: string): void => {
      socket.destroy();
      resolve(words);
    };
    socket.setTimeout(10_000, () => end('No answer within 10 s.'));
    socket.once('secureConnect', () => end(socket.alpnProtocol === 'h2' ? 'HTTP/2.' : 'HTTP/1.1.'));
    socket.once('error', () => end('No TLS connection.'));
  });
}

const MANY = 20;

async function burst({ service, sheet }: Probe): Promise<void> {
  const answers = await Promise.all(Array.from({ length: MANY }, () => service.api('GET', BALANCE)));
  const refused = answers.filter((heard): heard is Answer => heard.kind === 'answer' && heard.status === 429);
  const silent = answers.filter(({ kind }) => kind === 'silence').length;
  const first = refused[0];
  const wait = first?.headers['retry-after'];
  const told = wait === undefined ? 'no Retry-After' : `Retry-After ${wait}`;
  const seen =
    first === undefined || wait === undefined
      ? ''
      : canReadHeader(first, 'retry-after')
        ? ', readable'
        : ', not readable';
  const lost = silent === 0 ? '' : ` ${silent} were not answered.`;
  sheet.answer(
    'burst',
    (first === undefined ? 'None was refused.' : `${refused.length} of ${MANY} got 429, ${told}${seen}.`) + lost,
    first === undefined
      ? 'Readings need no limit of their own.'
      : 'The shared pause after a 429 (src/api/gate.ts) is needed.',
  );
}
