// Keeps the static files and the page without a connection, and nothing else: no page of content is ever stored.
// See docs/adr/0081-installed-on-a-phone-and-without-a-connection.md.
const CACHE = "static";
const ROOT = new URL(self.registration.scope);
const AWAY = new URL("offline", ROOT).href;
const FILES = new URL("static/", ROOT).href;
const DAY = 24 * 60 * 60 * 1000;
// What a proxy answers if it cannot reach the site.
const FIRST_OF_PROXY = 502;

// The page, and every file that it names. Asked for without a cookie, so it is the page of nobody.
const keepAwayPage = async () => {
  const page = await fetch(AWAY, { credentials: "omit", cache: "no-store" });
  if (!page.ok || page.redirected) return;
  const names = (await page.clone().text()).matchAll(/(?:href|src)="([^"]+)"/g);
  const files = [...names].map(([, name]) => new URL(name, AWAY).href).filter((file) => file.startsWith(FILES));
  const cache = await caches.open(CACHE);
  await cache.addAll(files);
  await cache.put(AWAY, page);
  // An update gives all files new addresses: the old ones are not asked for again.
  const [versioned] = files.map((file) => file.slice(0, file.indexOf("/", FILES.length) + 1));
  const old = (await cache.keys()).filter(({ url }) => url !== AWAY && !url.startsWith(versioned));
  await Promise.all(old.map((request) => cache.delete(request)));
};
const isFresh = (kept) => kept && Date.now() - Date.parse(kept.headers.get("Date")) < DAY;
const refreshAwayPage = async () => {
  if (!isFresh(await caches.match(AWAY))) await keepAwayPage();
};

const visit = async (event) => {
  const away = () => caches.match(AWAY);
  try {
    const answer = await fetch(event.request);
    const isOfProxy = answer.status >= FIRST_OF_PROXY && !answer.headers.has("Content-Security-Policy");
    if (isOfProxy) return (await away()) ?? answer;
    event.waitUntil(refreshAwayPage().catch(() => {}));
    return answer;
  } catch (error) {
    const kept = await away();
    if (kept) return kept;
    throw error;
  }
};

const file = async (event) => {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(event.request);
    if (answer.ok) event.waitUntil(cache.put(event.request, answer.clone()).catch(() => {})); // the disk may be full
    return answer;
  } catch (error) {
    const kept = await cache.match(event.request);
    if (kept) return kept;
    throw error;
  }
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepAwayPage());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(visit(event));
  else if (request.method === "GET" && request.url.startsWith(FILES)) event.respondWith(file(event));
});
