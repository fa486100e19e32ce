/** The body of every error answer: `{message, code}` as the service's. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** Thrown inside a request handler: the answer is decided. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** A `Refusal`, and what the framework refuses (4xx), is said as it is; everything else is 500, without its text. */
export function answerError(error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  const { status, message } = understood(error);
  void reply.code(status).send({ message, code: status });
}

function understood(error: unknown): { readonly status: number; readonly message: string } {
  if (error instanceof Refusal) return { status: error.status, message: error.message };
  const { statusCode, message } = error as FastifyError;
  if (statusCode === 413) return { status: 413, message: 'The upload is too large.' };
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return { status: statusCode, message };
  return { status: 500, message: 'The engine failed at this request.' };
}
