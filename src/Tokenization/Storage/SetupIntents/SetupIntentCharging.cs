using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Integrity;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

/// <summary>The issuer's approval of a charge.</summary>
internal readonly record struct ChargeApproval(DateTimeOffset At, string? TransactionId, string? AuthCode);

/// <summary>The end of a charge, as it concerns the setup intent.</summary>
/// <param name="Tenant">The tenant of both intents.</param>
/// <param name="SetupIntent">The setup intent that was charged.</param>
/// <param name="PaymentIntent">The payment intent that it was charged for.</param>
/// <param name="IsGenuine">Whether the setup intent was what had been sealed; if not, it was left unchanged.</param>
internal readonly record struct ChargeEnd(Tenant Tenant, long SetupIntent, long PaymentIntent, bool IsGenuine);

/// <summary>Applies a charge to the setup intent that is charged, within the transaction in which the payment intent changes.</summary>
internal sealed partial class SetupIntentCharging(IDatabase database, SealedTokens tokens, TokenFeed feed, ILogger<SetupIntentCharging> logger)
{
    /// <summary>Marks a setup intent as being charged for a payment intent, if it has the given status and a card, and no other charge is in progress.</summary>
    /// <exception cref="Results.DamagedRecordException">The row of the setup intent is not what was sealed.</exception>
    public BeginOutcome Begin(DbConnection connection, Tenant tenant, long setupIntent, SetupIntentStatus status, long paymentIntent)
    {
        if (SealedTokens.Load(connection, tenant, setupIntent) is not { } token)
        {
            return BeginOutcome.WrongState;
        }

        tokens.Genuine(token);
        if (token.Row.ChargedBy is not null)
        {
            return BeginOutcome.Busy;
        }

        if (token.Row.Status != status.ToString() || token.Row.CardRecord is null)
        {
            return BeginOutcome.WrongState;
        }

        tokens.Mark(connection, token, paymentIntent);
        return BeginOutcome.Begun;
    }

    /// <summary>
    /// Removes the mark, and completes the setup intent if the charge was approved. A setup intent that was tampered with stays marked, so it is not charged
    /// again; the result of the charge is recorded in any case.
    /// </summary>
    public ChargeEnd End(DbConnection connection, Tenant tenant, long setupIntent, long paymentIntent, ChargeApproval? approval)
    {
        var token = SealedTokens.Load(connection, tenant, setupIntent)!.Value;
        var isGenuine = tokens.IsGenuine(token);
        if (isGenuine && token.Row.ChargedBy == paymentIntent)
        {
            tokens.Mark(connection, token, chargedBy: null);
        }

        if (isGenuine && approval is { } approved)
        {
            Complete(connection, tenant, setupIntent, approved);
        }

        return new ChargeEnd(tenant, setupIntent, paymentIntent, isGenuine);
    }

    /// <summary>After the commit: notifies those who follow the setup intent, and logs an error for the operator if the setup intent is damaged.</summary>
    public void Announce(in ChargeEnd end)
    {
        feed.Publish(end.Tenant, end.SetupIntent);
        if (!end.IsGenuine)
        {
            Log.TokenDamaged(logger, end.PaymentIntent, end.SetupIntent);
        }
    }

    private void Complete(DbConnection connection, Tenant tenant, long setupIntent, ChargeApproval approval)
    {
        var token = SealedTokens.Load(connection, tenant, setupIntent)!.Value;
        if (SetupIntentLife.Move(
            token.Row.ToDomain(), SetupIntentTrigger.Charge, approval.At, Actors.Issuer, "its card was charged", approval.TransactionId, approval.AuthCode) is { } transition)
        {
            if (tokens.Apply(connection, transition)?.Card is { HoldsData: false })
            {
                database.NoteDeletion();
            }
        }
        else
        {
            // A further charge of a token that allows several: its status stays, and its history gets an event.
            tokens.Append(connection, token, new SetupIntentEvent(
                SetupIntentEventType.Completed, approval.At, Actors.Issuer, "its card was charged again", approval.TransactionId, approval.AuthCode));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1403, LogLevel.Error, "The charge of payment intent {PaymentIntent} has ended, but the row of its setup intent {SetupIntent} is not what was sealed: it stays marked as being charged.")]
        public static partial void TokenDamaged(ILogger logger, long paymentIntent, long setupIntent);
    }
}
