// Makes a Postman collection of the API's description, as Postman's own import does, and tests for Newman: first a journey whose every step must succeed, then
// each request there is, which must be answered with a status that the description has for it.
// Arguments: the description, and where to write the collection. Newman gets baseUrl, apiKey and receiver by --env-var.
import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import converter from 'openapi-to-postmanv2';

const [description, target] = process.argv.slice(2);
const options = { parametersResolution: 'Example', folderStrategy: 'Tags', enableOptionalParameters: false };
const converted = await promisify(converter.convertV2.bind(converter))({ type: 'string', data: readFileSync(description, 'utf8') }, options);
if (!converted.result) {
  throw new Error(converted.reason);
}

const collection = converted.output[0].data;
const requests = collection.item.flatMap((folder) => folder.item);
const addressOf = ({ request }) => `${request.method} /${request.url.path.join('/')}`;

// An id that an answer has goes into the address of what follows.
const ids = {
  'POST /setup-intents': 'setupIntentId',
  'POST /payment-intents': 'paymentIntentId',
  'POST /customers': 'customerId',
  'POST /webhooks': 'subscriptionId',
};

const journey = [
  ['POST /setup-intents', { cardNumber: '5200000000001005', expiryDate: '12/48', reference: 'Postman 1' }, 'pm.expect(answer.status).to.equal("Authorized");'],
  ['GET /setup-intents/:setupIntentId', null, 'pm.expect(answer.reference).to.equal("Postman 1");'],
  ['POST /payment-intents', { amount: { value: 2500, currencyCode: 'GBP' }, reference: 'Postman 2', setupIntentId: '{{setupIntentId}}' }, ''],
  ['POST /payment-intents/:paymentIntentId/charge', null, 'pm.expect(answer.status).to.equal("Successful");'],
  ['POST /payment-intents/:paymentIntentId/refunds', { amount: 1000, refundReason: 'Postman' }, ''],
  ['GET /payment-intents/:paymentIntentId', null, 'pm.expect(answer.refundedAmount).to.equal(1000);'],
  ['POST /webhooks', { events: ['payment_intent.status_updated'], url: '{{receiver}}' }, ''],
];

for (const item of requests) {
  for (const variable of item.request.url.variable ?? []) {
    variable.value = Object.values(ids).includes(variable.key) ? `{{${variable.key}}}` : variable.value;
  }
}

const steps = journey.map(([address, body, expectation]) => {
  const item = structuredClone(requests.find((request) => addressOf(request) === address));
  if (body) {
    item.request.body.raw = JSON.stringify(body);
  }

  test(item, `pm.test("${address} succeeds", () => { pm.response.to.have.status(200); const answer = pm.response.json(); ${expectation} });`);
  return item;
});

for (const item of requests) {
  const statuses = item.response.map((response) => response.code);
  test(item, `pm.test("${addressOf(item)} is answered as described", () => pm.expect(pm.response.code).to.be.oneOf(${JSON.stringify(statuses)}));`);
}

collection.item.unshift({ name: 'Journey', item: steps });
collection.variable.push(...Object.values(ids).map((key) => ({ key, value: '' })));
writeFileSync(target, JSON.stringify(collection, null, 2));

function test(item, script) {
  const id = ids[addressOf(item)];
  const keep = id ? `if (pm.response.code === 200) { pm.collectionVariables.set("${id}", pm.response.json().id); }` : '';
  item.event = [{ listen: 'test', script: { type: 'text/javascript', exec: [script, keep] } }];
}
