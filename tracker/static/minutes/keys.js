// A key for one line or form, in the shape in which the server makes them: 18 random bytes as 24 letters of base64url.
export const newKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
};
