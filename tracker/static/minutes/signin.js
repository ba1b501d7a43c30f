const UNPROCESSABLE = 422;

// Signing in again within the page. It does not take the focus; lines wait until the user has signed in.
const pageAt = async (url, options) => {
  const response = await fetch(url, options);
  const { status } = response;
  return { status, path: new URL(response.url).pathname, page: new DOMParser().parseFromString(await response.text(), "text/html") };
};

export const createSignIn = ({ panel, refresh, isIn, words }) => {
  const form = panel.querySelector("[data-sign-in]");
  const problem = form.querySelector("[data-sign-in-problem]");
  const { signIn } = form.dataset;

  // The response; null if already signed in, in another window.
  const send = async () => {
    const shown = await pageAt(signIn);
    const asked = shown.page.querySelector("main form[action]:has([name=password])");
    if (!asked) return null;
    const body = new URLSearchParams([...new FormData(asked)]);
    for (const name of ["username", "password", "code"]) body.set(name, form.elements[name].value);
    return pageAt(signIn, { method: "POST", body });
  };
  const enter = async () => {
    let answer = await send();
    // Another request of this browser started a session with a new token in the meantime.
    if (answer?.status === UNPROCESSABLE) answer = await send();
    if (answer?.path === signIn) return answer.page.querySelector(".error-summary li")?.textContent ?? words("signedOut");
    const who = await refresh();
    return who === "same" ? "" : words(who);
  };
  const close = () => {
    const isHere = panel.contains(document.activeElement);
    form.reset();
    problem.textContent = "";
    panel.hidden = true;
    isIn(isHere);
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try { problem.textContent = await enter(); } catch { problem.textContent = words("away"); }
    if (!problem.textContent) close();
  });
  return {
    get isOpen() { return !panel.hidden; },
    ask() { panel.hidden = false; },
    // Signed in again in another window.
    isSignedIn() { if (!panel.hidden) close(); },
  };
};
