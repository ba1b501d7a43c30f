// Texts stored in this browser until the server has them. Each text has its own item, so that windows do not overwrite
// each other. Nothing is stored for confidential meetings.
export const noStore = { put: () => false, remove: () => {}, all: () => [], idOf: () => null };

export const openStore = (storage, prefix) => {
  const idOf = (name) => (name?.startsWith(prefix) ? name.slice(prefix.length) : null);
  const read = (name) => {
    try { return JSON.parse(storage.getItem(name)); } catch { return null; }
  };
  return {
    idOf,
    // False if storage is full or disabled.
    put(id, value) {
      try { storage.setItem(prefix + id, JSON.stringify(value)); return true; } catch { return false; }
    },
    remove(id) {
      try { storage.removeItem(prefix + id); } catch { /* what cannot be removed was not kept either */ }
    },
    // In the order in which they were stored.
    all() {
      try {
        const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
        const kept = names.filter((name) => idOf(name) !== null).map((name) => ({ id: idOf(name), ...read(name) }));
        return kept.filter((one) => typeof one.at === "number").sort((one, other) => one.at - other.at);
      } catch { return []; }
    },
  };
};
