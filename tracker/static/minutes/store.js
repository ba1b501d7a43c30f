// What this browser keeps until the server has it. Each text has an item of its own, so that windows never overwrite
// each other's. Nothing is kept of confidential meetings.
export const noStore = { put: () => false, remove: () => {}, all: () => [], idOf: () => null };

export const openStore = (storage, prefix) => {
  const idOf = (name) => (name?.startsWith(prefix) ? name.slice(prefix.length) : null);
  const read = (name) => {
    try { return JSON.parse(storage.getItem(name)); } catch { return null; }
  };
  return {
    idOf,
    // False where the browser keeps nothing: storage may be full or switched off.
    put(id, value) {
      try { storage.setItem(prefix + id, JSON.stringify(value)); return true; } catch { return false; }
    },
    remove(id) {
      try { storage.removeItem(prefix + id); } catch { /* what cannot be removed was not kept either */ }
    },
    // In the order in which they were put.
    all() {
      try {
        const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
        const kept = names.filter((name) => idOf(name) !== null).map((name) => ({ id: idOf(name), ...read(name) }));
        return kept.filter((one) => typeof one.at === "number").sort((one, other) => one.at - other.at);
      } catch { return []; }
    },
  };
};
