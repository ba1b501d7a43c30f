// Runs before the first paint, so that a dark page never flashes white.
(() => {
  const chosen = localStorage.getItem("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const dark = (localStorage.getItem("theme") || (system.matches ? "dark" : "light")) === "dark";
    document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
  };
  apply();
  if (!chosen) system.addEventListener("change", apply);
})();
