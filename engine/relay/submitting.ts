/** A submission: written down, sent on as it comes in, and its number kept, whether or not the client is still there. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { drain, refuse } from './answer';
import type { RelayContext } from './context';
import { boundaryOf, FormRefusal, FormWatch } from './form';
import { claimOf } from './journal';
import type { Person } from './people';
import { askService, jsonOf, pass, passUnsent, type ServiceAnswer } from './service';

/**
 * Resolves when the service has answered. `onTaken` hears the job's id, also when the client has gone meanwhile.
 * Refusals: 400 for a form that is none, 402 beyond the day's limit, 413, and what the service says.
 */
export async function relaySubmission(
  context: RelayContext,
  person: Person,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  onTaken: (id: string) => void,
): Promise<void> {
  const { uploadLimit, budget } = context;
  const turnAway = (status: number, message: string): void => {
    refuse(response, status, message);
    drain(request, uploadLimit);
  };
  const boundary = boundaryOf(request.headers['content-type']);
  if (boundary === null) return turnAway(400, 'The request must be multipart/form-data.');
  if (Number(request.headers['content-length'] ?? 0) > uploadLimit) {
    // Nobody wants the rest.
    return refuse(response, 413, 'The upload is too large.', { Connection: 'close' });
  }
  const left = budget.left(person.name, person.creditsPerDay);
  if (left !== null && left < 1) {
    return turnAway(402, `The relay's limit of ${person.creditsPerDay} credits a day is reached.`);
  }
  const done = budget.begin(person.name);
  try {
    await send(context, person, path, request, response, new FormWatch(boundary, uploadLimit), onTaken);
  } finally {
    done();
  }
}

async function send(
  context: RelayContext,
  person: Person,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  form: FormWatch,
  onTaken: (id: string) => void,
): Promise<void> {
  const { journal, uploadLimit } = context;
  const cut = new AbortController();
  const giveUp = (): void => {
    if (!request.complete) form.destroy(new Error('cut off'));
  };
  let refusal: FormRefusal | null = null;
  form.on('error', (error) => {
    if (error instanceof FormRefusal) refusal = error;
    // The service must not take for whole what is not.
    cut.abort();
    request.unpipe(form);
    drain(request, uploadLimit);
  });
  request.once('close', giveUp);
  request.once('error', giveUp);
  request.pipe(form);
  const said = (): FormRefusal => refusal ?? new FormRefusal(400, 'The form was cut off.');
  let fileName: string;
  try {
    fileName = await form.fileName;
  } catch {
    return refuse(response, said().status, said().message);
  }
  const claim = claimOf(fileName);
  if (!journal.sending(person.name, claim)) {
    cut.abort();
    form.destroy();
    refuse(response, 400, 'A picture of this name was sent by somebody else.');
    return drain(request, uploadLimit);
  }
  const length = request.headers['content-length'];
  const headers = {
    'Content-Type': request.headers['content-type'] ?? '',
    ...(length === undefined ? {} : { 'Content-Length': length }),
  };
  const answer = await askService(context, { method: 'POST', path, headers, body: form }, cut.signal);
  if (!answer.ok) {
    if (answer.error === 'stopped' || refusal !== null) {
      // Cut off before its end: the service has nothing.
      journal.refused(person.name, claim);
      return refuse(response, said().status, said().message);
    }
    passUnsent(response, answer.error);
  } else {
    const id = idOf(answer.value);
    if (id !== null) {
      journal.accepted(person.name, claim, id);
      onTaken(id);
    } else if (answer.value.status >= 400 && answer.value.status < 500) journal.refused(person.name, claim);
    pass(response, answer.value);
  }
  // Answered before the upload was over.
  if (!request.complete) {
    request.unpipe(form);
    drain(request, uploadLimit);
  }
}

function idOf(answer: ServiceAnswer): string | null {
  if (answer.status < 200 || answer.status >= 300) return null;
  const given = (jsonOf(answer) as { readonly process_id?: unknown } | null | undefined)?.process_id;
  const id = given ?? answer.headers['x-process-id'];
  return typeof id === 'string' && /^[\w-]{1,100}$/.test(id) ? id : null;
}
