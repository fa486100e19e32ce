/** One end of a message channel. Figma, the playground and the tests each supply one of about ten lines. */
export interface Port {
  /** Sends plain data and `Uint8Array`s. */
  post(message: unknown): void;
  /** Hears every message of the channel, its own or not; gives the function that stops listening. */
  listen(hear: (message: unknown) => void): () => void;
}
