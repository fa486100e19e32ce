/**
 * The published clients, by their own code: `fal.subscribe` and `replicate.run` as their READMEs call them, with their
 * own standard pauses between polls (500 ms each; both can be configured). Their APIs are mapped onto the engine's one
 * request for one request, wherever there is a choice in their favour:
 *
 *   fal        submit -> submit, status -> status, result -> link
 *   replicate  create -> submit, get -> link (its real API answers with the output in the prediction itself)
 */
import { createFalClient } from '@fal-ai/client';
import Replicate from 'replicate';
import type { Fetch } from './network';

/** Where a client sends, and by which line. */
export interface Way {
  readonly address: string;
  readonly key: string;
  readonly fetch: Fetch;
}

/** Sends one picture and gives the result's bytes when they are in hand. */
export type Client = (picture: Uint8Array, way: Way) => Promise<Uint8Array>;

export const fal: Client = async (picture, way) => {
  const client = createFalClient({
    credentials: 'not:needed',
    fetch: (async (input: string, init: RequestInit) => {
      const path = new URL(input).pathname;
      if (init.method === 'POST') {
        const { process_id } = await submitted(picture, way);
        return Response.json({ request_id: process_id, status: 'IN_QUEUE', queue_position: 0 });
      }
      const [, id, status] = /\/requests\/([^/]+)(\/status)?$/.exec(path) ?? [];
      if (id === undefined) throw new Error(`Not mapped: ${path}`);
      if (status === undefined) {
        const { download_url } = await json(await ask(way, `/image/v1/download/${id}`));
        return Response.json({ image: { url: download_url } });
      }
      const job = await json(await ask(way, `/image/v1/status/${id}`));
      const word = { Pending: 'IN_QUEUE', Processing: 'IN_PROGRESS', Completed: 'COMPLETED' }[String(job['status'])];
      if (word === undefined) throw new Error(`The job is ${String(job['status'])}`);
      return Response.json({ status: word, request_id: id });
    }) as typeof fetch,
  });
  const { data } = await client.subscribe('bench/faces', { input: { picture: 'as handed over' } });
  return bytesOf(await way.fetch((data as { readonly image: { readonly url: string } }).image.url));
};

export const replicate: Client = async (picture, way) => {
  const client = new Replicate({
    auth: 'not-needed',
    fetch: (async (input: string | URL, init?: RequestInit) => {
      const address = new URL(input);
      // Only https addresses are files to this client.
      if (address.hostname === '127.0.0.1') return way.fetch(String(input).replace('https:', 'http:'), init);
      if (init?.method === 'POST') {
        const { process_id } = await submitted(picture, way);
        return Response.json({ id: process_id, status: 'starting' });
      }
      const id = address.pathname.split('/').at(-1) ?? '';
      const link = await ask(way, `/image/v1/download/${id}`);
      if (link.status === 409) return Response.json({ id, status: 'processing' });
      const { download_url } = await json(link);
      return Response.json({ id, status: 'succeeded', output: String(download_url).replace('http:', 'https:') });
    }) as typeof fetch,
  });
  const output = await client.run('bench/faces', { input: { picture: 'as handed over' } });
  const file = output as unknown as { blob(): Promise<Blob> };
  return new Uint8Array(await (await file.blob()).arrayBuffer());
};

/** What most people write by hand: the status every 5 s, then the link, then the bytes. */
export const everyFiveSeconds: Client = async (picture, way) => {
  const { process_id } = await submitted(picture, way);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const { status } = await json(await ask(way, `/image/v1/status/${String(process_id)}`));
    if (status === 'Completed') break;
    if (status !== 'Pending' && status !== 'Processing') throw new Error(`The job is ${String(status)}`);
  }
  const { download_url } = await json(await ask(way, `/image/v1/download/${String(process_id)}`));
  return bytesOf(await way.fetch(String(download_url)));
};

const ask = ({ address, key, fetch }: Way, path: string): Promise<Response> =>
  fetch(address + path, { headers: { 'X-API-Key': key } });

async function submitted(picture: Uint8Array, way: Way): Promise<Record<string, unknown>> {
  const form = new FormData();
  form.set('model', 'Faces');
  form.set('output_format', 'png');
  form.set('image', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'picture.png');
  const address = `${way.address}/image/v1/restore-gen/async`;
  return json(await way.fetch(address, { method: 'POST', headers: { 'X-API-Key': way.key }, body: form }));
}

async function json(response: Response): Promise<Record<string, unknown>> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  if (!response.ok) throw new Error(`${response.status} for the bytes`);
  return new Uint8Array(await response.arrayBuffer());
}
