// Runs before the first paint, so that a dark page does not flash white.
(() => {
  document.documentElement.dataset.script = "on";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try { return localStorage.getItem("theme"); } catch { return null; } // storage may be disabled
  };
  const apply = () => {
    const chosen = stored();
    const isDark = chosen ? chosen === "dark" : system.matches;
    document.documentElement.dataset.bsTheme = isDark ? "dark" : "light";
  };
  apply();
  system.addEventListener("change", apply);
  // app.js dispatches this event with the chosen theme: light, dark or auto.
  addEventListener("theme-chosen", (event) => {
    try {
      if (event.detail === "auto") localStorage.removeItem("theme");
      else localStorage.setItem("theme", event.detail);
      apply();
    } catch {
      document.documentElement.dataset.bsTheme = event.detail === "dark" ? "dark" : "light";
    }
  });
})();
