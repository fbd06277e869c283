export { florizelApp } from './app.ts';
export { type Environment, readEnvironment } from './environment.ts';
export { type Florizel, startFlorizel } from './server.ts';
export { Store } from './store.ts';
