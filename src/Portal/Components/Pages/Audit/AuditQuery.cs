using System.Globalization;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Primitives;

namespace Dojo.Pci.Portal.Components.Pages.Audit;

/// <summary>The entries of the audit trail that an address asks for. Invalid parameters are reported, never ignored.</summary>
public sealed record AuditQuery
{
    private const string TopicParameter = "topic";
    private const string MemberParameter = "member";
    private const string FromParameter = "from";
    private const string ToParameter = "to";
    private const string TextParameter = "q";

    /// <summary>What the entries are about.</summary>
    public AuditTopic? Topic { get; init; }

    /// <summary>The member who acted.</summary>
    public MemberId? Member { get; init; }

    /// <summary>The first day, in the reader's time zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in the reader's time zone.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Text that the entries contain.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether any filter is set.</summary>
    public bool IsFiltered => Topic is not null || Member is not null || From is not null || To is not null || Text.Length > 0;

    /// <summary>The query as parameters of an address; unset ones are null or empty.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters =>
    [
        (TopicParameter, AuditPageWords.InUrl(Topic)),
        (MemberParameter, Member?.Value.ToString(CultureInfo.InvariantCulture)),
        (FromParameter, AddressParameters.TextOf(From)),
        (ToParameter, AddressParameters.TextOf(To)),
        (TextParameter, Text),
    ];

    /// <summary>Reads the query from an address.</summary>
    /// <param name="parameters">The parameters of the address.</param>
    /// <returns>The query, and a fault for each invalid parameter. If there are any faults, show nothing: the list would hold more than was asked
    /// for.</returns>
    public static (AuditQuery Query, IReadOnlyList<FieldError> Faults) Read(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        var address = new AddressParameters(parameters);
        var query = new AuditQuery
        {
            Topic = address.Take(TopicParameter, AuditPageWords.Read, $"one of {string.Join(", ", AuditPageWords.Topics.Select(topic => topic.InUrl))}"),
            Member = address.Take<MemberId>(MemberParameter, word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new MemberId(id) : null, "the number of a member"),
            From = address.TakeDay(FromParameter),
            To = address.TakeDay(ToParameter),

            // An address may come from anywhere, so text that must not be searched for is not taken from it either.
            Text = address.Take(TextParameter, text => text.Length <= AuditFilter.LongestText && !CardNumberDetector.ContainsCardNumber(text) ? text : null, $"at most {AuditFilter.LongestText} characters, and not a card number") ?? "",
        };
        address.Skip(SelectedTenant.LocationParameter, SelectedTenant.EnvironmentParameter);
        return (query, address.Faults);
    }

    /// <summary>Converts the query to a filter of the audit trail. The days are those of the zone.</summary>
    public AuditFilter ToFilter(ZonedTime zone) => new()
    {
        Topic = Topic,
        Actor = Member,
        From = From is { } first ? zone.StartOf(first) : null,
        To = To is { } last ? zone.StartOf(last.AddDays(1)) : null,
        Text = Text.Length > 0 ? Text : null,
    };
}
