/** What a run of the plugin was started with. */
export type Parameters = Readonly<Record<string, unknown>>;

export interface Start {
  readonly command: string;
  /** Present only when it was started from quick actions with parameters. */
  readonly parameters: Parameters | undefined;
}
