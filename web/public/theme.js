// Runs before the first paint so that a dark page never flashes white. Keys: see web/state/preferences.ts.
(function () {
  var root = document.documentElement;
  var dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  try {
    var kept = localStorage.getItem('xiantu.theme');
    if (kept) dark = kept === 'dark';
  } catch {
    // Storage may be switched off: the system's setting stands.
  }
  root.dataset.theme = dark ? 'dark' : 'light';
})();
