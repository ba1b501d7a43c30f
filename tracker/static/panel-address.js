// The row that is open in the panel, as a parameter of the address of its list.
const NAME = "open";

export function openIn(address) {
  return new URL(address).searchParams.get(NAME);
}

export function addressOf(address, key) {
  const url = new URL(address);
  if (key) url.searchParams.set(NAME, key);
  else url.searchParams.delete(NAME);
  return url.pathname + url.search;
}
