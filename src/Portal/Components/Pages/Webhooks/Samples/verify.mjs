// A receiver of webhooks. Node 18 or later, nothing to install. WEBHOOK_SECRET=whsec_… node verify.mjs
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const secret = process.env.WEBHOOK_SECRET;
const tolerance = 300; // seconds

const dojoSignature = (body) =>
  "sha256=" + createHmac("sha256", secret).update(body).digest("hex").toUpperCase().match(/../g).join("-");

const standardSignature = (id, timestamp, body) =>
  "v1," + createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64")).update(`${id}.${timestamp}.`).update(body).digest("base64");

const areEqual = (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function isVerified(headers, body) {
  const timestamp = headers["webhook-timestamp"] ?? "";
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= tolerance)) return false; // too old: perhaps somebody repeats it
  const expected = standardSignature(headers["webhook-id"] ?? "", timestamp, body);
  return (headers["webhook-signature"] ?? "").split(" ").some((sent) => areEqual(sent, expected))
    && areEqual(headers["dojo-signature"] ?? "", dojoSignature(body));
}

createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()); // the bytes as they came, not parsed
  response.writeHead(isVerified(request.headers, body) ? 204 : 401).end();
}).listen(Number(process.env.PORT ?? 3000), "127.0.0.1");
