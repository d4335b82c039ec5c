// Starts the page: who is there, what they may see, then everything that follows state.
import { render } from 'preact';
import 'maplibre-gl/dist/maplibre-gl.css';
import './tokens.css';
import './app.css';
import { listenForClicks } from './map/goTo.ts';
import { App } from './panels/App.tsx';
import { followBookModule } from './panels/bookModule.ts';
import { followCard, openLinked } from './panels/card/cardState.ts';
import { followCountModule } from './panels/countModule.ts';
import { followImportModule } from './panels/importModule.ts';
import { listenForEvents } from './state/events.ts';
import { followFigures } from './state/figures.ts';
import { followPlaces } from './state/places.ts';
import { followRole } from './state/roleChange.ts';
import { start } from './state/service.ts';
import { followTable } from './state/table.ts';
import { keepAddress } from './state/view.ts';

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no #app to draw into.');
render(<App />, root);

await start();
keepAddress();
followRole();
followFigures();
followTable();
followPlaces();
followCard();
followCountModule();
followBookModule();
followImportModule();
listenForClicks();
listenForEvents();
openLinked();
