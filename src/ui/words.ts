/** What is written on the panel's controls and headings. Errors stand in core/sentences, stages and reasons in core/words. */
import type { JobState } from '../core/job/job';
import type { NumberParameter } from '../core/parameters';

export const PROMISE =
  'One picture, one credit. Nothing outside the faces changes. Your original is always one click away.';

export const START = {
  title: 'Select a picture',
  text: 'Select a layer with an image fill on the canvas. Its faces are found here, before anything is sent or paid.',
  unusable: 'This selection cannot be restored',
} as const;

export const FIRST_RUN = {
  title: 'Bring faces back',
  topaz: 'Use my Topaz key',
  topazText: 'Restores with Topaz Labs’ Recover Faces model. Costs credits of your Topaz account.',
  local: 'Try the local engine',
  localText: 'Restores on this computer: free, no key. Not a generative model, unless you add one.',
  keyPrivacy: 'The picture you restore is sent to api.topazlabs.com, with your key. The key stays on this computer.',
  localPrivacy: 'The picture you restore is sent to this address only, and nothing else leaves this computer.',
  relay: 'Use my team’s relay',
  relayText: 'Restores with Topaz Labs’ Recover Faces model on your team’s account. You need no key of your own.',
  relayPrivacy:
    'The relay sees the picture you restore and its result as they pass to and from Topaz, and keeps neither. Your token goes to this address only.',
  localHow: 'Start it in the plugin’s folder:',
  localCommand: 'npm run engine',
} as const;

export const LABELS = {
  key: 'Topaz API key',
  keyPlaceholder: 'Paste the key',
  keyReplace: 'Replace',
  keyRemove: 'Remove',
  keyGet: 'Get a key',
  address: 'Address',
  addressWrong: 'An address starts with http:// or https://.',
  connected: 'Connected.',
  connect: 'Connect',
  testing: 'Testing…',
  test: 'Test',
  useUntested: 'Use it untested',
  settings: 'Settings',
  back: 'Back',
  close: 'Close',
  service: 'Service',
  serviceTopaz: 'Topaz Labs',
  serviceLocal: 'Local engine',
  serviceRelay: 'Team relay',
  relayAddress: 'Relay’s address',
  relayAddressWrong: 'The address of a relay starts with https://.',
  token: 'Team token',
  tokenPlaceholder: 'Paste the token',
  tokenKept: 'Saved. Paste another to replace it.',
  tokenRemove: 'Remove the token',
  standardForm: 'Put results on the canvas as',
  form: 'Result',
  preset: 'Preset',
  changed: 'changed',
  parameters: 'Parameters',
  reset: 'Double-click resets to',
  range: (min: string, max: string, standard: string): string => `${min} to ${max}, default ${standard}.`,
  dice: 'Another seed',
  parametersCost: 'A run with other parameters is paid like the first one. Going back to those of a paid run is free.',
  faces: 'Faces',
  editFaces: 'Edit faces',
  editFace: (number: number, size: number): string => `Edit face ${number}, ${size} px`,
  addFace: 'Add a face',
  removeFace: 'Remove',
  undo: 'Undo',
  facesOnPicture: 'Faces in the picture',
  drawHelp: 'Drag on the picture to add a face: from forehead to chin, from ear to ear.',
  boxKeys: 'Arrow keys move it, with Shift they resize it. Delete removes it.',
  noFaceMarked: 'No face is marked.',
  face: (number: number, size: number): string => `Face ${number}, ${size} px`,
  faceAdded: (number: number): string => `Face ${number} added.`,
  faceRemoved: (number: number): string => `Face ${number} removed.`,
  faceAt: (number: number, size: string, x: number, y: number): string => `Face ${number}: ${size} at ${x}, ${y}.`,
  blendAll: 'Blend all faces',
  blend: 'Blend',
  blendFace: (number: number): string => `Blend face ${number}`,
  original: 'Original',
  restored: 'Restored',
  lookAt: (number: number, size: number): string => `Look at face ${number}, ${size} px`,
  lookKeys: 'N: next face, Shift+N: the one before',
  largeChange: 'A face with a marked number changed a lot: compare it with the original.',
  blendHelp: 'Mixes the restored face with the original. Free, as often as you like.',
  before: 'Before',
  after: 'After',
  divider: 'Divider between before and after',
  comparison: 'Picture, before and after',
  layerNow: 'Layer now',
  dividerNow: 'Divider between the layer now and after',
  holdOriginal: 'Hold to see the original (Space)',
  holdNow: 'Hold to see the layer now (Space)',
  compareBoth: 'Compare both',
  compareOriginal: 'Compare with the original',
  fit: 'Fit',
  fitKey: 'Show the whole picture (Shift+1)',
  full: '100 %',
  fullKey: 'Show it in its own size (Shift+0); + and - zoom',
  apply: 'Apply',
  applying: 'Applying…',
  discard: 'Discard',
  adjust: 'Adjust',
  applied: 'Applied',
  appliedText: 'One undo step. The original is still there.',
  balanceUnknown: '? credits',
  charged: (credits: string): string => `Charged: ${credits}.`,
  revert: 'Revert to original',
  reverting: 'Reverting…',
  showLayer: 'Show layer',
  done: 'Done',
  progress: 'Progress of this run',
  cancel: 'Cancel',
  cancelling: 'Cancelling…',
  retry: 'Try again',
  refetch: 'Fetch it again',
  look: 'Look again',
  sendAgain: 'Send again',
  newLayer: 'Place as new layer',
  readAgain: 'Read it again',
  review: 'Review',
  scaledToFit: (size: string, limit: number): string =>
    `The result is ${size}. Figma takes at most ${limit} px a side, so it is scaled to fit.`,
  wholeFrame: 'The service changed the whole picture. Only the faces are taken over.',
  resumed: 'Finished while the panel was closed. No further credit is used.',
  resultsReady: (count: number): string => (count === 1 ? '1 result is ready' : `${count} results are ready`),
  openingResult: 'Opening the result…',
  watched: 'Another window is working on this file. This one takes over when that one is closed.',
  andMore: (count: number): string => `and ${count} more`,
  inFile: (count: number, file: string): string =>
    `${count === 1 ? '1 result waits' : `${count} results wait`} in “${file}”. Open that file to get ${count === 1 ? 'it' : 'them'}.`,
  atService: (count: number, service: string): string =>
    `${count === 1 ? '1 job of this file is' : `${count} jobs of this file are`} at another service: ${service}. Switch back to it to get the ${count === 1 ? 'result' : 'results'}.`,
  paidBefore: (date: string): string => `Already restored on ${date}: free.`,
  show: 'Show',
  dismiss: 'Dismiss',
  resize: 'Resize the panel',
  pictures: (count: number): string => `${count} pictures selected: choose one`,
  fill: (place: number): string => `fill ${place}`,
  carries: (faces: string, date: string, service: string): string => `Restored: ${faces}, ${date}, ${service}.`,
  restore: 'Restore',
  noFaceText: 'No credit is spent. If you do see a face, add it, or send the picture anyway.',
  noFaceLeft: 'No face is left: there is nothing to restore.',
  wholePicture: 'Whole picture',
  reading: 'Reading the picture…',
  searching: 'Looking for faces…',
  unreadable: (count: number): string =>
    count === 1
      ? '1 saved job or list could not be read. It is kept, and counted here.'
      : `${count} saved jobs or lists could not be read. They are kept, and counted here.`,
  newer: (count: number): string =>
    `${count === 1 ? '1 saved job was' : `${count} saved jobs were`} written by a newer version of this plugin, which can go on with ${count === 1 ? 'it' : 'them'}.`,
  noFaceOn: 'Choose at least one face.',
  keep: 'Keep this face',
} as const;

/** How far a job is that another window goes on with. */
export const JOB_WORDS: { readonly [Name in JobState['name']]: string } = {
  PREPARED: 'Preparing',
  SUBMITTING: 'Uploading',
  AMBIGUOUS: 'Looking for the job',
  ACCEPTED: 'Restoring',
  RUNNING: 'Restoring',
  COMPLETED: 'Ready',
  DONE: 'Done',
  REJECTED: 'Refused',
  PARKED: 'Waits for the key or credits',
  CANCELLING: 'Cancelling',
  CANCELLED: 'Cancelled',
  FAILED: 'Failed',
  GONE: 'Gone',
  ASK: 'Not found yet',
};

/** The ends of each slider, in photo terms. */
export const PARAMETER_ENDS: { readonly [Name in NumberParameter]: readonly [string, string] } = {
  strength: ['Keep', 'Rebuild'],
  noiseSigma: ['Clean', 'Grainy'],
  blurSigma: ['Sharp', 'Soft'],
  noiseSeed: ['1', '2000'],
};

/** Things to know of a layer before its fills are written. */
export const HEADS_UP = {
  animated: 'Animated: only the first frame is restored.',
  hidden: 'This fill is hidden; the result will be hidden too.',
  locked: 'This layer is locked. The result is applied all the same.',
  paintStyle: (name: string): string => `Applying detaches the paint style “${name}”.`,
  instances: (count: number): string =>
    `In a main component: ${count === 1 ? '1 instance changes' : `${count} instances change`} too.`,
  converted: 'Sent as a lossless PNG, because the service takes JPEG and PNG only.',
} as const;

export const RUNNING = {
  money: {
    no: 'No credit used so far.',
    yes: 'The credit is used. The result is on its way.',
    unknown: 'A credit is used only when the service completes the job.',
  },
  paid: 'The credit is used. Opening the result costs nothing.',
  leave: 'You may keep working or close the panel: the job goes on, and the next opening brings the result.',
  cancelling: 'Asking the service to cancel. You will see whether a credit was used.',
} as const;

/** Read out only, for who does not see the view change. */
export const HEARD = {
  restored: (faces: string): string => `The result is here: ${faces}. Compare it with the original.`,
  whole: 'The result is here: the whole picture. Compare it with the original.',
  applied: (charged: string): string => `The result is on the canvas, ${charged} charged.`,
  nothing: 'nothing',
  reverted: 'The original is back on the canvas. The result is still here.',
} as const;
