/** The answers, each under its question, and the table made of them. The key and the secret part of links are in none. */
import { QUESTIONS, type QuestionId, UNASKED } from './questions';

export interface Row {
  readonly answer: string;
  /** What it means for this client, and what to change if it is not as expected. */
  readonly means: string;
}

export interface Sheet {
  /** The first answer to a question counts. */
  answer(id: QuestionId, answer: string, means: string): void;
  has(id: QuestionId): boolean;
  /** Every question that has no answer yet gets this reason. */
  fill(why: string): void;
  table(): string;
  unanswered(): number;
}

const IDS = Object.keys(QUESTIONS) as readonly QuestionId[];

/** `onAnswer` hears each row as it comes. */
export function openSheet(clean: (text: string) => string, onAnswer: (id: QuestionId, row: Row) => void): Sheet {
  const rows = new Map<QuestionId, Row>();
  const missing = new Set<QuestionId>();
  const put = (id: QuestionId, answer: string, means: string): void => {
    if (rows.has(id)) return;
    const row = { answer: clean(answer), means: clean(means) };
    rows.set(id, row);
    onAnswer(id, row);
  };
  return {
    answer: put,
    has: (id) => rows.has(id),
    fill: (why) => {
      for (const id of IDS) {
        if (rows.has(id)) continue;
        const known = UNASKED[id];
        missing.add(id);
        put(id, `No answer. ${known?.[0] ?? why}`, known?.[1] ?? 'Still open: the client works either way.');
      }
    },
    table: () => {
      const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
      const lines = IDS.flatMap((id) => {
        const row = rows.get(id);
        const { topic, question, how } = QUESTIONS[id];
        return row === undefined ? [] : [line([topic, question, how, row.answer, row.means])];
      });
      const head = ['', 'question', 'how it was asked', 'answer', 'what it means for this client'];
      return [line(head), `|${' --- |'.repeat(head.length)}`, ...lines].join('\n');
    },
    unanswered: () => missing.size,
  };
}

const cell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();

/** Shorter ones are no secrets, only words. */
const SHORTEST_SECRET = 6;

/** Takes the key out in every form in which an answer may repeat it, and what opens a presigned link. */
export function cleaner(key: string): (text: string) => string {
  const bytes = Buffer.from(key);
  const encoded = (['base64', 'base64url', 'hex'] as const).map((form) => bytes.toString(form));
  const forms = key.length < SHORTEST_SECRET ? [] : [key, encodeURIComponent(key), ...encoded];
  return (text) => {
    const kept = forms.reduce((left, form) => left.replaceAll(form, '(the key)'), text);
    return kept.replace(/(https?:\/\/[^\s?"'`<>]+)\?[^\s"'`<>]+/gi, '$1?(secret)');
  };
}
