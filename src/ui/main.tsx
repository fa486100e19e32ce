/** Starts the panel. The only file of the panel that acts by being loaded. */
import { render } from 'preact';
import { balance } from '../api/balance';
import { browserWorld } from '../api/browserWorld';
import { readInput } from '../api/input';
import { resumeJob, startJob } from '../api/restore';
import { createTraffic } from '../api/traffic';
import { createStudio } from '../pixels/createStudio';
import { lateStudio } from '../pixels/lateStudio';
import { connect } from '../protocol/connect';
import { App } from './app';
import './tokens.css';
import './base.css';
import { embeddedText } from './frame/embedded';
import { framePort } from './frame/port';
import { waiting } from './frame/waiting';
import { createSession } from './store/session';

const never = new AbortController().signal;
const world = browserWorld();
const host = connect(
  framePort(window),
  waiting((milliseconds) => world.sleep(milliseconds, never)),
);
const studio = lateStudio(() =>
  createStudio({
    source: embeddedText(document, 'pixel-worker') ?? '',
    weights: embeddedText(document, 'face-weights') ?? '',
  }),
);
const session = createSession({
  host,
  studio,
  world,
  service: { balance, startJob, resumeJob, readInput, traffic: createTraffic },
});
const place = document.getElementById('panel');
if (place === null) throw new Error('The page has no element #panel to draw in.');
// As soon as this script has ended: what is drawn depends on the host's answer. While it runs, a browser whose tools are
// open reads the whole script twice more for the message, to say where it was sent from.
void Promise.resolve().then(session.deeds.open);
render(<App store={session.store} deeds={session.deeds} studio={studio} />, place);
window.addEventListener('pagehide', session.close);
// The user has just started the plugin: Enter is meant for it.
window.focus();
// While the host looks up what to show. Worker and network are ready before the first picture has come.
setTimeout(studio.begin);
