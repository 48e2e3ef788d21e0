// Signed URLs, refused by a CloudFront Function (viewer request, runtime 2.0) before a plot's function is invoked.
// Its key value store holds the keys by their ids. It keeps to what that runtime has of JavaScript: no spread, no
// destructuring, no `?.`.
import cf from "cloudfront";
import crypto from "crypto";

const NAMES = ["expires", "free", "key_id", "not_before", "signature"];
const SKEW = 60; // seconds
const kvs = cf.kvs();

const hex = (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, hex);
const decode = (text) => decodeURIComponent(text.replace(/\+/g, "%20"));

function pairsOf(querystring) {
  const pairs = [];
  for (let name in querystring) {
    const values = querystring[name].multiValue || [querystring[name]];
    for (let i = 0; i < values.length; i++) pairs.push([decode(name), decode(values[i].value)]);
  }
  return pairs;
}

function areEqual(one, other) {
  let different = one.length ^ other.length;
  for (let i = 0; i < one.length; i++) different |= one.charCodeAt(i) ^ other.charCodeAt(i);
  return different === 0;
}

// What is wrong with a URL; empty where nothing is.
async function wrong(request) {
  const pairs = pairsOf(request.querystring);
  if (pairs.length === 1 && pairs[0][0] === "preset") return ""; // the plot's function knows them
  const said = (name) => pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]);
  if (said("signature").length === 0) return "This plot needs a signed URL";
  if (NAMES.some((name) => said(name).length > 1)) return "The signature is wrong";
  const free = said("free").join("").split(",").filter((name) => name !== "" && NAMES.indexOf(name) < 0);
  const locked = pairs.filter((pair) => pair[0] !== "signature" && free.indexOf(pair[0]) < 0);
  const query = locked.map((pair) => `${encode(pair[0])}=${encode(pair[1])}`).sort().join("&");
  const path = decodeURIComponent(request.uri).split("/").map(encode).join("/");
  const key = await kvs.get(said("key_id").join("")); // throws where there is none
  const right = crypto.createHmac("sha256", key).update(`${path}?${query}`).digest("base64url");
  if (!areEqual(right, said("signature")[0])) return "The signature is wrong";
  const now = Date.now() / 1000;
  if (now < Number(said("not_before").join("") || 0) - SKEW) return "The signature is not valid yet";
  if (!(now < Number(said("expires").join("")) + SKEW)) return "The signature has expired";
  return "";
}

async function handler(event) {
  let said = "The signature is wrong";
  try {
    said = await wrong(event.request);
  } catch (error) {} // no such key, or no such letters
  if (said === "") return event.request;
  const text = `<text x="32" y="80" font-family="Verdana, sans-serif" font-size="16" fill="#8a1c12">${said}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 160" width="640" height="160">${text}</svg>`;
  return {
    statusCode: 403,
    statusDescription: "Forbidden",
    headers: { "content-type": { value: "image/svg+xml" }, "cache-control": { value: "no-store" } },
    body: { encoding: "text", data: svg },
  };
}
