namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The shapes of the properties in Dojo's intents about people, places and bills, with the limits of Dojo's OpenAPI files.</summary>
internal static class PartyShapes
{
    private static readonly (string, JsonShape)[] s_customer =
        [("id", JsonShape.Text(100)), ("emailAddress", JsonShape.Text(254)), ("phoneNumber", JsonShape.Text(50, form: TextForm.PhoneNumber))];

    public static readonly JsonShape Customer = JsonShape.Object(s_customer);

    /// <summary>The customer of a payment, who may also name a saved card and a secret of the customer. Both are passed on and not kept.</summary>
    public static JsonShape PayingCustomer(Action<string> takeSecret, Action<string> takeSavedCardId) => JsonShape.Object(
        [.. s_customer, ("secret", new TakenTextShape(100, takeSecret)), ("savedCardId", new TakenTextShape(100, takeSavedCardId))]);

    public static readonly JsonShape Address = JsonShape.ObjectWith(
        ["countryCode"],
        ("address1", JsonShape.Text(100)), ("address2", JsonShape.Text(100)), ("address3", JsonShape.Text(100)), ("address4", JsonShape.Text(100)),
        ("city", JsonShape.Text(100)), ("state", JsonShape.Text(100)), ("postcode", JsonShape.Text(50)), ("countryCode", JsonShape.Text(10)),
        ("locality", JsonShape.Text(100)), ("county", JsonShape.Text(100)));

    public static readonly JsonShape ShippingDetails = JsonShape.Object(
        ("name", JsonShape.Text(100)), ("deliveryNotes", JsonShape.Text(1024)), ("address", Address));

    public static readonly JsonShape Config = JsonShape.Object(
        ("title", JsonShape.Text(100)),
        ("redirectUrl", JsonShape.Url(2048)),
        ("cancelUrl", JsonShape.Url(2048)),
        ("customerEmail", JsonShape.Object(("collectionRequired", JsonShape.Boolean()))),
        ("details", JsonShape.Object(("showTotal", JsonShape.Boolean()), ("showReference", JsonShape.Boolean()))),
        ("billingAddress", JsonShape.Object(("collectionRequired", JsonShape.Boolean()))),
        ("shippingDetails", JsonShape.Object(("collectionRequired", JsonShape.Boolean()))),
        ("payment", JsonShape.Object(("customAmountAllowed", JsonShape.Boolean()), ("tipsAllowed", JsonShape.Boolean()))));

    public static readonly JsonShape PaymentMethods = JsonShape.ListOf(JsonShape.OneOf("Card", "Wallet", "SavedCard"));

    public static readonly JsonShape CaptureMode = JsonShape.OneOf("Auto", "Manual");

    public static readonly JsonShape OrderDetails = JsonShape.Object(
        ("availabilityDate", JsonShape.Instant()), ("isUpdate", JsonShape.Boolean()), ("id", JsonShape.Text(100)), ("externalId", JsonShape.Text(100)));

    public static readonly JsonShape RequestSecurity = JsonShape.Object(
        ("userAgent", JsonShape.Text(300)), ("ipAddress", JsonShape.Text(70, form: TextForm.IpAddress)), ("device", JsonShape.Text(120)));

    public static readonly JsonShape Modifiers = JsonShape.ListOf(JsonShape.ObjectWith(
        ["name", "amountPerModifier", "quantity", "id"],
        ("name", JsonShape.Text(100)), ("amountPerModifier", MoneyRules.SignedShape), ("quantity", JsonShape.Integer()), ("id", JsonShape.Text(100))));

    // Versions from 2025-09-10 on require the amount of a line; earlier ones do not. Version 2022-04-07 calls the "name" of a line "caption".
    public static readonly JsonShape ItemLines = JsonShape.ListOf(JsonShape.Object(
        ("id", JsonShape.Text(60)), ("quantity", JsonShape.Integer()), ("name", JsonShape.Text(100)), ("caption", JsonShape.Text(100)),
        ("category", JsonShape.Text(100)), ("modifiers", Modifiers), ("amountTotal", MoneyRules.Shape), ("plu", JsonShape.Text(200))));

    public static readonly JsonShape TaxLines = JsonShape.ListOf(JsonShape.Object(
        ("id", JsonShape.Text(60)), ("caption", JsonShape.Text(100)), ("subCaption", JsonShape.Text(100)),
        ("amountTotal", MoneyRules.Shape), ("affectedPlu", JsonShape.Text(200))));

    public static readonly JsonShape ActionLink = JsonShape.ObjectWith(
        ["url", "label"],
        ("url", JsonShape.Url(2048)), ("action", JsonShape.OneOf("OpenLink", "DownloadFile")), ("label", JsonShape.Text(60, minimumLength: 1)),
        ("fileName", JsonShape.Text(256)));
}
