/** Reads a submission: the fields by their wire names, the file streamed to disk. Unknown fields are ignored, as the service does. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import {
  type FaceParameters,
  NUMBER_PARAMETERS,
  type NumberParameter,
  RANGES,
  REFERENCE_WIRE_NAME,
} from '../../src/core/parameters';
import type { OutputFormat } from '../job';
import { Refusal } from './refusal';

export interface Form {
  readonly fields: ReadonlyMap<string, string>;
  /** The client's name for the uploaded `image`, or null when there was none. */
  readonly filename: string | null;
}

/** Streams `image` to `file`. Nothing is left behind there when it refuses. */
export async function readForm(request: FastifyRequest, file: string): Promise<Form> {
  if (!request.isMultipart()) throw new Refusal(400, 'The request must be multipart/form-data.');
  const fields = new Map<string, string>();
  let filename: string | null = null;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        fields.set(part.fieldname, String(part.value));
      } else if (part.fieldname === 'image' && filename === null) {
        filename = part.filename;
        await pipeline(part.file, createWriteStream(file));
        if (part.file.truncated) throw new Refusal(413, 'The upload is too large.');
      } else {
        part.file.resume();
      }
    }
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return { fields, filename };
}

/** What is left out or empty is the default. Throws `Refusal`: 400 for no number, 422 for one out of its range. */
export function parametersOf(fields: ReadonlyMap<string, string>): FaceParameters {
  const [strength, noiseSigma, blurSigma, noiseSeed] = NUMBER_PARAMETERS.map((name) => numberOf(fields, name)) as [
    number,
    number,
    number,
    number,
  ];
  const referenceUri = fields.get(REFERENCE_WIRE_NAME) ?? null;
  return { strength, noiseSigma, blurSigma, noiseSeed, referenceUri: referenceUri === '' ? null : referenceUri };
}

function numberOf(fields: ReadonlyMap<string, string>, name: NumberParameter): number {
  const { wire, min, max, standard, whole } = RANGES[name];
  const text = fields.get(wire)?.trim();
  if (text === undefined || text === '') return standard;
  const pattern = whole ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  if (!pattern.test(text)) throw new Refusal(400, `Invalid ${wire}. It must be a ${whole ? 'whole ' : ''}number.`);
  const value = Number(text);
  if (value < min || value > max) throw new Refusal(422, `Invalid ${wire}. It must be from ${min} to ${max}.`);
  return value;
}

const FORMAT_NAMES: ReadonlyMap<string, OutputFormat> = new Map([
  ['jpeg', 'jpeg'],
  ['jpg', 'jpeg'],
  ['png', 'png'],
  ['tiff', 'tiff'],
  ['tif', 'tiff'],
]);

/** 'jpeg' when it is left out. Throws `Refusal` 400. */
export function outputFormatOf(fields: ReadonlyMap<string, string>): OutputFormat {
  const format = FORMAT_NAMES.get((fields.get('output_format') ?? 'jpeg').toLowerCase());
  if (format === undefined) throw new Refusal(400, 'Invalid output format. It must be jpeg, jpg, png, tiff or tif.');
  return format;
}
