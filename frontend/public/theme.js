// Before the first paint: apply the theme chosen earlier on this device, so that nothing flashes.
(function () {
  try {
    var theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch (e) {
    /* Storage may be switched off; the system's theme then applies. */
  }
})();
