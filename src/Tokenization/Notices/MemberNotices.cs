using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Alarms;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Notices;

internal sealed class MemberNotices(
    NoticeBoard alarms, IApiKeyStore keys, IWebhookStore webhooks, WebhookIds webhookIds, IMemberChoiceStore choices, CardKeyPeriods cardKeys, TimeProvider clock) : IMemberNotices
{
    private const string ChoicePrefix = "notice:";

    // How long a leaked key is reported after it was found, if it was deleted, so that nothing needs to be done.
    private static readonly TimeSpan s_toldAfterwards = TimeSpan.FromDays(30);

    // How long a dismissal is kept: longer than a notice lasts whose cause has ended. If the cause still lasts then, the notice is shown again.
    private static readonly TimeSpan s_keptAway = TimeSpan.FromDays(90);

    public async Task<Result<MemberNoticeList>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct)
    {
        if (tenant.Account != who.Account)
        {
            return new Refusal.NotFound("There is no such location.");
        }

        var raised = await alarms.ListAsync(who, tenant, ct);
        if (!raised.IsSuccess)
        {
            return raised.Refusal;
        }

        var now = clock.GetUtcNow();
        IEnumerable<MemberNotice> notices =
        [
            .. raised.Value.Items.Select(OfAlarm),
            .. RoleTable.Allows(who.Role, Operation.ViewApiKeys) ? (await keys.ListAsync(tenant, ct)).SelectMany(key => OfKey(key, now)) : [],
            .. RoleTable.Allows(who.Role, Operation.ViewWebhooks) ? (await webhooks.ListAsync(tenant, ct)).Where(webhook => webhook.DisabledAt is not null).Select(OfWebhook) : [],
            .. RoleTable.Allows(who.Role, Operation.ViewSettings) ? OfCardKey(await cardKeys.FindAsync(tenant.Environment, ct), tenant.Environment, now) : [],
        ];
        var dismissed = await choices.ListAsync(who.Id, ChoicePrefix, ct);
        return new MemberNoticeList(
        [
            .. notices.Select(notice => notice with { IsDismissed = dismissed.ContainsKey(ChoicePrefix + notice.Id) })
                .OrderByDescending(notice => notice.IsUrgent).ThenByDescending(notice => notice.Since),
        ]);
    }

    public async Task<Result<MemberNoticeList>> DismissAsync(SignedInMember who, Tenant tenant, IReadOnlyCollection<string> ids)
    {
        var listed = await ListAsync(who, tenant, CancellationToken.None);
        if (listed.IsSuccess)
        {
            var now = clock.GetUtcNow();
            await choices.ForgetAsync(who.Id, ChoicePrefix, now - s_keptAway);
            foreach (var notice in listed.Value.Open.Where(notice => ids.Contains(notice.Id, StringComparer.Ordinal)))
            {
                await choices.SetAsync(who.Id, ChoicePrefix + notice.Id, "dismissed", now);
            }
        }

        return listed.IsSuccess ? await ListAsync(who, tenant, CancellationToken.None) : listed;
    }

    public async Task<Result<MemberNoticeList>> RestoreAsync(SignedInMember who, Tenant tenant, IReadOnlyCollection<string> ids)
    {
        await choices.RemoveAsync(who.Id, [.. ids.Select(id => ChoicePrefix + id)]);
        return await ListAsync(who, tenant, CancellationToken.None);
    }

    private static MemberNotice OfAlarm(Notice notice)
    {
        var alarm = notice.Alarm;
        var what = $"{alarm.Action.Name}|{alarm.Subject}|{alarm.Detail}|{alarm.Address}";
        return new MemberNotice
        {
            Id = IdOf("alarm", XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(what)), notice.Since),
            IsUrgent = true,
            Title = alarm.Action.Words,
            Detail = string.Create(
                CultureInfo.InvariantCulture,
                $"{AuditWords.Capital(alarm.Detail)}{(alarm.Address is { } address ? $", from {address}" : "")}. {notice.Times:N0} {(notice.Times == 1 ? "time" : "times")}."),
            Since = notice.Last,
            Key = alarm.Key,
        };
    }

    private static IEnumerable<MemberNotice> OfKey(ManagedApiKey key, DateTimeOffset now)
    {
        var name = $"API key {key.Key.Name}";
        if (key.LeakedAt is { } leaked && (key.DeletedAt is null || now - leaked < s_toldAfterwards))
        {
            yield return new MemberNotice
            {
                Id = IdOf("key-leaked", key.Key.Id.Value, leaked),
                IsUrgent = key.DeletedAt is null,
                Title = $"{name} was found in public",
                Detail = key.DeletedAt is null ? "It still works. Roll it, and delete it once nothing uses it any more." : "It was deleted.",
                Since = leaked,
                Key = key.Key.Id,
            };
        }

        if (key.StatusAt(now) == ApiKeyStatus.ExpiresSoon)
        {
            yield return new MemberNotice
            {
                Id = IdOf("key-expires", key.Key.Id.Value, key.Key.ExpiresAt!.Value),
                IsUrgent = false,
                Title = $"{name} expires soon",
                Detail = "From then on every request with it is refused. Roll it, or extend it.",
                Since = key.Key.ExpiresAt.Value - ManagedApiKey.Soon,
                Due = key.Key.ExpiresAt,
                Key = key.Key.Id,
            };
        }
    }

    // The key is replaced automatically with the next card. That needs the root key, which the operator may have taken offline.
    private static IEnumerable<MemberNotice> OfCardKey(CardKeyPeriod key, TenantEnvironment environment, DateTimeOffset now)
    {
        var name = $"The key that seals cards in {(environment == TenantEnvironment.Production ? "production" : "the sandbox")}";
        var tellFrom = key.EndsAt - CardKeyPeriod.Soon;
        if (now >= tellFrom)
        {
            yield return new MemberNotice
            {
                Id = IdOf("card-key-age", key.KeyId, key.CreatedAt),
                IsUrgent = false,
                Title = now < key.EndsAt ? $"{name} is nearing the end of its year" : $"{name} is past its year",
                Detail = now < key.EndsAt
                    ? "A new one is made automatically with the first card after that. The root key must be readable then."
                    : "No card has been sealed since. With the next one a new key is made automatically; the root key must be readable then.",
                Since = tellFrom,
                Due = now < key.EndsAt ? key.EndsAt : null,
            };
        }

        if (key.IsNearlyUsedUp)
        {
            yield return new MemberNotice
            {
                Id = IdOf("card-key-uses", key.KeyId, key.CreatedAt),
                IsUrgent = false,
                Title = $"{name} has sealed nearly as many cards as it may",
                Detail = string.Create(
                    CultureInfo.InvariantCulture, $"{key.Uses:N0} of {CardKeyPeriod.MostUses:N0} cards. After that a new one is made automatically; the root key must be readable."),
                Since = now,
            };
        }
    }

    private MemberNotice OfWebhook(StoredWebhook webhook) => new()
    {
        Id = IdOf("webhook-disabled", webhook.RecordId, webhook.DisabledAt!.Value),
        IsUrgent = true,
        Title = "A webhook endpoint was disabled",
        Detail = $"Nothing could be delivered to {webhook.Url} for three days. Fix the receiver, then resume the endpoint.",
        Since = webhook.DisabledAt.Value,
        Webhook = webhookIds.IdOf(webhook.Tenant.Environment, webhook.RecordId),
    };

    private static string IdOf(string kind, object of, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{kind}:{of}:{UnixTime.Of(at)}");
}
