/** Prices and the account: `POST /image/v1/estimate-gen` and `GET /account/v1/credits/balance`. Neither costs anything. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { credits } from '../../src/core/money/price';
import type { Context } from './context';
import { Refusal } from './refusal';

/**
 * The estimate throws `Refusal` 400 for what this engine does not do; what is ordered as an enhancement has no
 * estimate.
 */
export function addAccount(app: FastifyInstance, { options, ledger, speeds }: Context): void {
  app.get('/account/v1/credits/balance', async () => {
    const { available, reserved, total } = ledger.balance();
    return { available_credits: available, reserved_credits: reserved, total_credits: total };
  });

  app.post('/image/v1/estimate-gen', async (request) => {
    const fields = await fieldsOf(request);
    if (fields['category'] !== 'Restore') throw new Refusal(400, 'Invalid category. This engine knows: Restore.');
    if (fields['model'] !== 'Faces') throw new Refusal(400, 'Invalid model. This engine knows: Faces.');
    const input = { width: side(fields, 'input_width'), height: side(fields, 'input_height') };
    const output = { width: input.width * options.scale, height: input.height * options.scale };
    return { duration: Math.ceil(speeds.faces.expect(input)), credits: credits(output) };
  });
}

function side(fields: Readonly<Record<string, unknown>>, name: string): number {
  const value = Number(fields[name]);
  if (fields[name] === undefined || !Number.isInteger(value))
    throw new Refusal(400, `Invalid ${name.replace('_', ' ')}.`);
  if (value < 1 || value > 100_000) throw new Refusal(422, `Invalid ${name.replace('_', ' ')}.`);
  return value;
}

async function fieldsOf(request: FastifyRequest): Promise<Readonly<Record<string, unknown>>> {
  if (request.isMultipart()) {
    const fields: Record<string, unknown> = {};
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = part.value;
      else part.file.resume();
    }
    return fields;
  }
  if (typeof request.body !== 'object' || request.body === null) throw new Refusal(400, 'The body must be an object.');
  return request.body as Record<string, unknown>;
}
