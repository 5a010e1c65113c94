using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Faults;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>
/// The issuer of the published test cards. It decides about cards by their number alone and about orders by their amount
/// (<see cref="SandboxAmounts"/>). It stores nothing, and so gives the same answer however often an attempt is repeated. Faults
/// that are set for the sandbox take precedence.
/// </summary>
internal sealed class SandboxIssuer(ISandboxFaults faults) : IIssuer
{
    private const uint AuthCodes = 1_000_000;

    public Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct) =>
        DecideAsync(tenant, card, transactionId);

    public Task<AuthorizationOutcome> ChargeAsync(
        Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct) =>
        DecideAsync(tenant, card, transactionId);

    public Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct) =>
        Task.FromResult<AuthorizationOutcome>(new AuthorizationOutcome.NotAttempted());

    public Task<AuthorizationOutcome> HoldAsync(
        Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct) =>
        DecideAsync(tenant, card, transactionId);

    public async Task<SettlementOutcome> SettleAsync(Tenant tenant, SettlementOrder order, CancellationToken ct) => (await FaultOfAsync(tenant), order.AmountInMinorUnits) switch
    {
        (FaultKind.Declined, _) or (_, SandboxAmounts.Declined) => SettlementOutcome.Declined,
        (FaultKind.Unknown, _) => SettlementOutcome.Unknown,
        (_, SandboxAmounts.NotAttempted) => SettlementOutcome.NotAttempted,
        (_, SandboxAmounts.DoneWithoutAnswer or SandboxAmounts.NeverSeen) => SettlementOutcome.Unknown,
        _ => SettlementOutcome.Done,
    };

    // Also called after a crash of ours, which may have come before the order was sent. An order answered with NotAttempted is then given again under a new id.
    public Task<SettlementOutcome> AskAsync(Tenant tenant, SettlementOrder order, CancellationToken ct) => Task.FromResult(order.AmountInMinorUnits switch
    {
        SandboxAmounts.DoneWithoutAnswer => SettlementOutcome.Done,
        _ => SettlementOutcome.NotAttempted,
    });

    private async Task<AuthorizationOutcome> DecideAsync(Tenant tenant, CardDetails card, string transactionId) => await FaultOfAsync(tenant) switch
    {
        FaultKind.Declined => new AuthorizationOutcome.Declined(transactionId),
        FaultKind.Unknown => new AuthorizationOutcome.Unknown(transactionId),
        _ => Decide(card, transactionId),
    };

    private async ValueTask<FaultKind?> FaultOfAsync(Tenant tenant) => (await faults.DrawAsync(tenant, FaultPlace.Attempt)).Kind;

    private static AuthorizationOutcome Decide(CardDetails card, string transactionId) =>
        card.Number.IsTestCard(out var known) && known.Outcome == TestCardOutcome.Approves
            ? new AuthorizationOutcome.Approved(transactionId, AuthCodeOf(transactionId))
            : new AuthorizationOutcome.Declined(transactionId);

    private static string AuthCodeOf(string transactionId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(transactionId));
        return (BinaryPrimitives.ReadUInt32BigEndian(hash) % AuthCodes).ToString("000000", CultureInfo.InvariantCulture);
    }
}
