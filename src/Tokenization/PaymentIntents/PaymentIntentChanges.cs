using System.Text.Json;
using System.Text.Json.Nodes;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

internal sealed class PaymentIntentChanges(IPaymentIntentStore store, PaymentIntentViews views, PaymentIntentIds ids, LocationDirectory locations) : IPaymentIntentChanges
{
    private static readonly Refusal.NotChangeable s_changed = new("The payment intent is being charged, or has just been changed by another request. Read it again.");

    public async Task<Result<PaymentIntent>> RenewClientSecretAsync(Tenant tenant, string id) => await RenewAsync(await views.FindAsync(tenant, id, CancellationToken.None));

    public async Task<Result<PaymentIntent>> RenewClientSecretPublicAsync(string id) => await RenewAsync(await views.FindPublicAsync(id, CancellationToken.None));

    public async Task<Result<PaymentIntent>> GetPublicAsync(string id, CancellationToken ct)
    {
        if (await views.FindPublicAsync(id, ct) is not { Status: not PaymentIntentStatus.Canceled } intent)
        {
            return PaymentIntentViews.NotFound;
        }

        var isGood = intent.Status == PaymentIntentStatus.Created && intent.ClientSecret?.ExpiresAt > await locations.NowAsync(intent.Tenant, ct);
        return (await views.ShowAsync(intent, ct)) with { ClientSecret = isGood ? ids.ClientSecretOf(intent) : null };
    }

    public Task<Result<PaymentIntent>> SetAmountAsync(Caller caller, string id, AmountRequest request) => ChangeAsync(
        caller,
        id,
        "customAmountAllowed",
        Fields.Amount,
        request.Amount,
        before => before with { Amount = request.Amount, DetailsJson = Merge(before.DetailsJson, request.LinesJson) });

    public Task<Result<PaymentIntent>> SetTipsAmountAsync(Caller caller, string id, TipsAmountRequest request) => ChangeAsync(
        caller, id, "tipsAllowed", Fields.TipsAmount, request.TipsAmount, before => before with { TipsAmount = request.TipsAmount.Value });

    public async Task<Result<PaymentIntentList>> SearchAsync(Tenant tenant, PaymentIntentSearchRequest request, CancellationToken ct)
    {
        var place = KeyCursor.Of(request.Page, "Cursor.", id => ids.RecordIdOf(tenant.Environment, id));
        if (place.Value is not { } cursor)
        {
            return place.Refusal!;
        }

        var statuses = request.Statuses is { Count: > 0 } named ? named.Select(Enum.Parse<PaymentIntentStatus>).ToArray() : Enum.GetValues<PaymentIntentStatus>();

        // One more than requested tells whether there is another page.
        var page = new PaymentIntentPage(statuses, request.From, request.To, cursor.NewerThan, cursor.OlderThan, request.Page.Limit + 1);
        var (found, before, after) = cursor.Cut(await store.SearchAsync(tenant, page, ct), intent => ids.IdOf(tenant.Environment, intent.RecordId));
        var items = new List<PaymentIntent>();
        foreach (var intent in found)
        {
            // A payment intent that expired a moment ago may no longer have a requested status.
            if (await views.BringUpToDateAsync(intent, ct) is var current && statuses.Contains(current.Status))
            {
                items.Add(await views.ShowAsync(current, ct));
            }
        }

        return new PaymentIntentList(items, before, after);
    }

    private static bool Allows(StoredPaymentIntent intent, string what)
    {
        using var details = JsonDocument.Parse(intent.DetailsJson ?? "{}");
        return details.RootElement.TryGetProperty("config", out var config)
            && config.TryGetProperty("payment", out var payment)
            && payment.TryGetProperty(what, out var allowed)
            && allowed.ValueKind == JsonValueKind.True;
    }

    // The new lines of the bill replace the existing ones.
    private static string? Merge(string? detailsJson, string? linesJson)
    {
        if (linesJson is null)
        {
            return detailsJson;
        }

        var details = JsonNode.Parse(detailsJson ?? "{}")!.AsObject();
        foreach (var (name, lines) in JsonNode.Parse(linesJson)!.AsObject())
        {
            details[name] = lines?.DeepClone();
        }

        return details.ToJsonString();
    }

    private async Task<Result<PaymentIntent>> RenewAsync(StoredPaymentIntent? intent)
    {
        if (intent is null)
        {
            return PaymentIntentViews.NotFound;
        }

        if (intent.Status != PaymentIntentStatus.Created)
        {
            return new Refusal.WrongState($"The payment intent is {intent.Status}; it no longer needs a client session secret.");
        }

        var now = await locations.NowAsync(intent.Tenant, CancellationToken.None);
        var renewed = intent with { ClientSecret = await store.RenewClientSecretAsync(intent, ClientSecrets.ExpiryFrom(now)) };
        return (await views.ShowAsync(renewed, CancellationToken.None)) with { ClientSecret = ids.ClientSecretOf(renewed) };
    }

    private async Task<Result<PaymentIntent>> ChangeAsync(
        Caller caller, string id, string permission, string field, Money sent, Func<StoredPaymentIntent, StoredPaymentIntent> change)
    {
        if (await views.FindAsync(caller.Tenant, id, CancellationToken.None) is not { } before)
        {
            return PaymentIntentViews.NotFound;
        }

        if (before.Status != PaymentIntentStatus.Created)
        {
            return new Refusal.NotChangeable($"The payment intent is {before.Status}; only the amounts of a Created one can be changed.");
        }

        if (!Allows(before, permission))
        {
            return new Refusal.NotChangeable($"The payment intent was created without config.payment.{permission}.");
        }

        if (sent.CurrencyCode != before.Amount.CurrencyCode)
        {
            return new Refusal.Invalid([new FieldError($"{field}.CurrencyCode", $"The {field}.CurrencyCode field must be that of the payment intent.")]);
        }

        var after = change(before) with { UpdatedAt = await locations.NowAsync(caller.Tenant, CancellationToken.None) };
        if (after.Total.Value > MoneyRules.LargestValue)
        {
            return new Refusal.Invalid([new FieldError(field, $"The {field} field is too large: altogether at most {MoneyRules.LargestValue} can be charged.")]);
        }

        after = after with
        {
            RequestedAmount = before.RequestedAmount ?? before.Amount.Value,
            RequestedTipsAmount = before.RequestedTipsAmount ?? before.TipsAmount,
            RequestedDetailsJson = before.RequestedDetailsJson ?? before.DetailsJson,
        };
        return await store.UpdateAsync(before, after) ? await views.ShowAsync(after, CancellationToken.None) : s_changed;
    }
}
