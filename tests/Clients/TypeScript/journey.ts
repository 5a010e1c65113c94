// With the types that openapi-typescript generates. A wrong path, property or status of an answer does not compile.
import createClient from "openapi-fetch";
import type { paths } from "./Generated/portal.js";

declare const process: { env: Record<string, string | undefined> };

const { BASE, KEY, RECEIVER } = process.env;
const version = "2026-02-27";
const client = createClient<paths>({ baseUrl: BASE!, headers: { Authorization: `Basic ${KEY}` } });

function expect(holds: boolean, what: string): asserts holds {
    if (!holds) {
        throw new Error(`It does not hold that ${what}.`);
    }
}

const token = await client.POST("/setup-intents", {
    params: { header: { version } },
    body: { cardNumber: "5200000000001005", expiryDate: "12/48", reference: "TypeScript 1" },
});
expect(token.data?.status === "Authorized" && token.data.reference === "TypeScript 1", "the token is authorized, and has its reference");

const payment = await client.POST("/payment-intents", {
    params: { header: { version } },
    body: { amount: { value: 2500, currencyCode: "GBP" }, reference: "TypeScript 2", setupIntentId: token.data.id },
});
expect(payment.data !== undefined, "the payment is prepared");
const path = { paymentIntentId: payment.data.id };

const charged = await client.POST("/payment-intents/{paymentIntentId}/charge", { params: { header: { version }, path } });
expect(charged.data?.status === "Successful", "the charge is successful");

const refund = await client.POST("/payment-intents/{paymentIntentId}/refunds", {
    params: { header: { version, idempotencyKey: crypto.randomUUID() }, path },
    body: { amount: 1000, refundReason: "TypeScript" },
});
const read = await client.GET("/payment-intents/{paymentIntentId}", { params: { header: { version }, path } });
expect(refund.data?.refundId !== undefined && read.data?.refundedAmount === 1000, "the refund is made");

const subscription = await client.POST("/webhooks", {
    params: { header: { version } },
    body: { events: ["payment_intent.status_updated"], url: `${RECEIVER}/typescript` },
});
expect(subscription.data?.url === `${RECEIVER}/typescript`, "the subscription is made");

const refused = await client.POST("/setup-intents", { params: { header: { version } }, body: { reference: "" } });
expect(refused.error?.status === 400 && refused.error.errors?.["Reference"] !== undefined, "a refusal names its field");

console.log("openapi-typescript: tokenized, charged, refunded, subscribed");
