/** What is written of several looks at the same faces. */
import { lookLetter } from '../../core/job/looks';

const many = (count: number): string => `${count} ${count === 1 ? 'look' : 'looks'}`;

export const LOOKS = {
  title: 'Looks',
  several: many,
  /** "3 looks · 3 credits", "3 looks · free". */
  offer: (count: number, price: string): string => `${many(count)} · ${price}`,
  another: (price: string): string => `Another look · ${price}`,
  free: 'free',
  help: 'A look is the same picture and settings with another seed. Take each face from the look you like best: choosing is free.',
  helpLocal: 'With the local engine looks differ in their grain only.',
  name: (place: number): string => `Look ${lookLetter(place)}`,
  seed: (seed: number): string => `seed ${seed}`,
  allFrom: 'All faces from',
  takeAll: (place: number, seed: number | null): string =>
    `${lookLetter(place)}: all faces from look ${lookLetter(place)}${seed === null ? '' : `, seed ${seed}`}`,
  take: (place: number, seed: number | null, muchChanged: boolean): string =>
    `Look ${lookLetter(place)}${seed === null ? '' : `, seed ${seed}`}${muchChanged ? ', changed a lot' : ''}`,
  faceFrom: (number: number, size: number): string => `Face ${number}, ${size} px: which look`,
  wholeFrom: 'Whole picture: which look',
  opening: 'Opening the result…',
  progress: (place: number): string => `Progress of look ${lookLetter(place)}`,
  about: (what: string, place: number): string => `${what}: look ${lookLetter(place)}`,
  cancelAll: 'Cancel all',
  cancelling: 'Cancelling…',
  leave: 'You may keep working or close the panel: the looks go on, and the next opening brings them together.',
  money: 'Each look is charged only when the service completes it.',
  ready: (count: number, of: number): string => `${count} of ${many(of)} ready`,
  large: 'large',
  small: 'small',
  addFace: 'Add a face',
  addHelp: 'The service may have restored faces that nobody marked. Mark one to take it over: free.',
} as const;
