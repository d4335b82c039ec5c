// The little of a browser that the page's modules touch when they are loaded. Import it before them.
const noop = (): void => undefined;

Object.assign(globalThis, {
  location: { search: '', hash: '', origin: 'https://example.test', pathname: '/' },
  localStorage: { getItem: () => null, setItem: noop },
  document: { documentElement: { dataset: {}, lang: '' }, body: { dataset: {} } },
  matchMedia: () => ({ matches: false }),
  addEventListener: noop,
});
