/** What is written around what was spent. */

export const LEDGER = {
  title: 'Spending',
  open: 'Show all',
  reading: 'Reading what was spent…',
  empty: 'Nothing was spent yet. Each result is listed here with what the service charged for it.',
  thisFile: (credits: string): string => `This file: ${credits}`,
  allFiles: (credits: string): string => `All files: ${credits}`,
  playMoney: 'Credits of the local engine cost nothing.',
  byHand: 'Set by hand',
  twice: (job: string): string => `Charged twice by the service. Ask it to give this back, for its job ${job}.`,
  show: (layer: string): string => `Show layer ${layer}`,
  older: (count: number): string => `Show older (${count})`,
  export: 'Export CSV',
  fileName: (date: string): string => `recover-faces-spending-${date}.csv`,
  damaged: (count: number): string =>
    `${count === 1 ? '1 saved month' : `${count} saved months`} could not be read whole. Nothing was thrown away; what can be read is listed.`,
  newer: (count: number): string =>
    `${count === 1 ? '1 month was' : `${count} months were`} saved by a newer version of this plugin and cannot be listed here.`,
} as const;
