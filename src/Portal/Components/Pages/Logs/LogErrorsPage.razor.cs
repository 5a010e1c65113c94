using System.Globalization;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>The errors of a tenant, grouped by cause.</summary>
public sealed partial class LogErrorsPage
{
    /// <summary>Groups the errors.</summary>
    [Inject]
    public required IRequestInsight Insight { get; init; }

    /// <inheritdoc />
    protected override string Path => PortalUrls.LogErrors;

    /// <inheritdoc />
    protected override Task<Result<RequestErrors>> LoadAsync(SignedInMember who) => Insight.ListErrorsAsync(who, SelectedTenant.Of(Selected.Locations, Navigation.Uri).Tenant, From, Leaving);

    // The list finds requests that have the first refused field among others; only the first three fields are distinguished.
    private LogQuery ListOf(RequestErrorGroup group) => new()
    {
        Range = Range,
        Status = group.Cause.Status,
        Key = group.Cause.Key?.Value,
        Refusal = group.Cause.Refusal.Split(',')[0] is { Length: > 0 } first ? first : null,
    };

    private static string TrendOf(RequestErrorGroup group) => string.Create(CultureInfo.InvariantCulture, $"{group.Count:N0} in this period, at most {group.Trend.Max():N0} in one part of it");

    private async Task MarkAsync(RequestErrorGroup group)
    {
        try
        {
            var answer = await AskAsync(who => Insight.MarkSeenAsync(who, Selected.Tenant, group.Cause, From, Leaving));
            (Sum, Fault) = (answer?.Value ?? Sum, answer?.Refusal?.Message);
        }
        catch (UnavailableException fault)
        {
            Fault = fault.Message;
        }
    }
}
