/** The credits that were announced and agreed to. Nothing is sent that could cost more. */

export interface Purse {
  readonly announced: number;
  /** What may have been spent at most so far. */
  committed(): number;
  /** Before anything is sent: false when it could cost more than is left. */
  take(credits: number): boolean;
  /** Back, because it is certain that it was not charged. */
  giveBack(credits: number): void;
  /** The account's total: once it is down by all that was announced, nothing more is spent, whoever spent it. */
  see(total: number): void;
  /** Nothing more is spent from here on. */
  close(): void;
}

export function openPurse(announced: number): Purse {
  let committed = 0;
  let open = true;
  let first: number | null = null;
  return {
    announced,
    committed: () => committed,
    take: (credits) => {
      if (!open || committed + credits > announced) return false;
      committed += credits;
      return true;
    },
    giveBack: (credits) => {
      committed -= credits;
    },
    see: (total) => {
      first ??= total;
      if (first - total >= announced) open = false;
    },
    close: () => {
      open = false;
    },
  };
}
